"""Sentences put together from verdicts."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.errors import InputRefusedError, PictureMissingError
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.validation import judge_missing, judge_picture, judge_seed
from dreamina_desktop.words import Phrasebook
from tests.core.specs import real_spec


def test_a_sentence_about_both_sides_is_said_once() -> None:
    verdicts = judge_picture(PictureFacts("WEBP", 100, 90, 1000), real_spec())
    assert len(verdicts) == 3
    said = Phrasebook().error(InputRefusedError(verdicts)).text
    assert said == "Upload JPEG or PNG only. The shortest side must be at least 320 pixels."


@pytest.mark.parametrize("trouble", PictureTrouble)
def test_a_picture_that_cannot_be_opened_is_told_with_its_reason(trouble: PictureTrouble) -> None:
    said = Phrasebook().error(PictureMissingError("/a/b.png", trouble))
    (verdict,) = judge_missing(trouble)
    assert (said.text, said.action) == (Phrasebook().verdict(verdict), "Choose the picture again.")


def test_a_seed_outside_the_range_names_its_end() -> None:
    (verdict,) = judge_seed(2**31, real_spec())
    assert Phrasebook().verdict(verdict) == (
        "Seed 2147483648 is outside the range known for this model, which ends at 2147483647."
    )
