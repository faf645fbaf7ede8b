"""Which words ask for the window, and with which pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.app.window_arguments import COMMANDS, window_wish
from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.cli.arguments import build_parser
from dreamina_desktop.words import Phrasebook
from tests.core.specs import real_spec

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


def test_every_command_is_one_here_too() -> None:
    """One that is missing here could not be typed at all."""
    parser = build_parser(Phrasebook(), real_spec())
    (commands,) = (one.choices for one in parser._actions if isinstance(one.choices, dict))
    assert set(commands) == COMMANDS


@pytest.mark.parametrize("words", [["generat"], ["a.png", "b.png", "lots"], ["check", "a.png"]])
def test_other_words_are_for_the_commands(words: list[str]) -> None:
    assert window_wish(words) is None
