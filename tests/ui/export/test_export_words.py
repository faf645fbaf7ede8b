"""What exports say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.core.errors import OutputFileError
from dreamina_desktop.core.export_order import Cut, ExportKind
from dreamina_desktop.core.export_result import Exported, Joined, SizeRange
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.words import Phrasebook


@pytest.fixture
def said(application: object) -> ExportWords:
    return ExportWords(Phrasebook())


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (20, 20, "About 0.1 kB"),
        (8_123, 8_149, "About 8.1 kB"),
        (8_100, 21_400, "About 8.1 to 21 kB"),
        (990_000, 1_210_000, "About 990 kB to 1.2 MB"),
        (41_000_000, 52_300_000, "About 41 to 52 MB"),
        (999_700, 1_500_000_000, "About 1.0 MB to 1.5 GB"),
    ],
)
def test_sizes_are_as_exact_as_they_are_known(
    said: ExportWords, low: int, high: int, text: str
) -> None:
    assert said.expected(SizeRange(low, high)) == text


@pytest.mark.parametrize(
    ("left_out", "text"),
    [
        (0, "No frame stood twice at a joint."),
        (1, "One frame that stood twice at a joint was left out."),
        (2, "2 frames that stood twice at joints were left out."),
    ],
)
def test_frames_left_out_are_counted(said: ExportWords, left_out: int, text: str) -> None:
    made = Joined(Path("film.mp4"), 361, left_out, 1280, 720, 9_000_000)
    assert said.made(made) == f"film.mp4 is there: 361 frames, 9.0 MB. {text}"


def test_a_long_name_does_not_widen_the_dialog(said: ExportWords, tmp_path: Path) -> None:
    error = OutputFileError(str(tmp_path / ("b" * 150 + ".mp4")))
    assert len(said.error(error)) < 130
    assert str(tmp_path) not in said.error(error)
    path = Path("a" * 100 + "z.gif")
    made = Exported(path, ExportKind.GIF, Cut(0, 9), 10, 320, 180, 120_000)
    text = said.made(made)
    assert text.startswith("aaaa")
    assert "…" in text
    assert "z.gif is there: 10 frames, 320 × 180 pixels, 120 kB." in text
    assert len(text) < 110
