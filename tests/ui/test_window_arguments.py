"""Which words ask for the window, and with which pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.app.window_arguments import window_wish
from dreamina_desktop.app.window_wish import WindowWish

ADDRESS = "https://example.org/a.png"


def test_no_words_ask_for_the_window_alone() -> None:
    assert window_wish([]) == WindowWish()
    assert window_wish(["--practice"]) == WindowWish(practice=True)


def test_pictures_become_whole_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert window_wish(["a.png"]) == WindowWish(picture=str(tmp_path / "a.png"))
    assert window_wish([ADDRESS]) == WindowWish(picture=ADDRESS)
    several = window_wish(["b.png", "folder", "--prompt", "Steam rises.", "./a.png"])
    assert several == WindowWish(
        picture=str(tmp_path / "b.png"),
        prompt="Steam rises.",
        more=(str(tmp_path / "folder"), str(tmp_path / "a.png")),
    )


@pytest.mark.parametrize("words", [["generat"], ["a.png", "b.png", "lots"], ["check", "a.png"]])
def test_other_words_are_for_the_commands(words: list[str]) -> None:
    assert window_wish(words) is None
