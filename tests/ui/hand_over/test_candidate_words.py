from __future__ import annotations

import pytest

from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.candidate_words import CandidateWords
from dreamina_desktop.video.handover import RankedFrame


@pytest.mark.parametrize(
    ("sharpness", "stillness", "words"),
    [
        (1.0, 0.8, "Frame 119: sharpest of the last 12, and almost still"),
        (1.0, 0.99, "Frame 119: sharpest of the last 12, and quite still"),
        (1.0, 0.2, "Frame 119: sharpest of the last 12, but moving"),
        (0.9, 0.5, "Frame 119: almost as sharp as the sharpest, but moving a little"),
        (0.6, 0.8, "Frame 119: less sharp, but almost still"),
        (0.6, 0.5, "Frame 119: less sharp, and moving a little"),
        (0.1, 0.1, "Frame 119: blurred, and moving"),
    ],
)
def test_what_speaks_for_it_and_what_against(
    sharpness: float, stillness: float, words: str
) -> None:
    rank = RankedFrame(118, sharpness, stillness, 0.5)
    assert CandidateWords().reason(Candidate(118, rank=rank), 12) == words


def test_the_frame_on_the_stage() -> None:
    words = CandidateWords()
    assert words.reason(Candidate(0, is_seen=True), 12) == "Frame 1, the frame you see"
    rank = RankedFrame(4, 0.1, 1.0, 0.1)
    told = words.reason(Candidate(4, rank=rank, is_seen=True), 5)
    assert told == "Frame 5, the frame you see: blurred, but quite still"
