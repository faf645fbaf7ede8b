"""Each thing that can go wrong with an export is said, with what it is about."""

from __future__ import annotations

import pytest

from dreamina_desktop.core import export_errors
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.export_errors import FrameMissingError
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.error_words import ERROR_WORDS
from dreamina_desktop.words.export_words import EXPORT_WORDS

KINDS = [
    kind
    for kind in vars(export_errors).values()
    if isinstance(kind, type)
    and issubclass(kind, DreaminaError)
    and kind.__module__ == export_errors.__name__
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_has_a_sentence_and_an_action(kind: type[DreaminaError]) -> None:
    error = FrameMissingError("7", 5) if kind is FrameMissingError else kind("cup.mp4")
    said = Phrasebook().error(error)
    assert said.text
    assert said.action
    assert "{0}" not in said.text
    if "{0}" in EXPORT_WORDS[kind.code][0]:
        assert error.detail in said.text


def test_no_code_has_two_sentences() -> None:
    assert EXPORT_WORDS.keys() == {kind.code for kind in KINDS}
    assert not EXPORT_WORDS.keys() & ERROR_WORDS.keys()


def test_the_frames_there_are_is_told() -> None:
    said = Phrasebook().error(FrameMissingError("122", 121)).text
    assert said == "The clip has no frames 122: they are counted from 1 to 121."
