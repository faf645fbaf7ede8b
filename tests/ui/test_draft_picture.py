"""What is concluded from the little that is known of a picture."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.verdict import Cure
from dreamina_desktop.ui.draft_picture import DraftPicture
from tests.core.specs import real_spec


@pytest.mark.parametrize(
    ("facts", "cures"),
    [
        (PictureFacts("PNG", 400, 400, 1000), ()),
        (PictureFacts("WEBP", 400, 400, 1000), (Cure.CONVERT,)),
        (PictureFacts("PNG", 5000, 5000, 1000), (Cure.SHRINK,)),
        (PictureFacts("PNG", 320, 400, 1000), (Cure.ENLARGE,)),
        (PictureFacts("PNG", 400, 400, 4_700_000), (Cure.RECOMPRESS,)),
        (PictureFacts("PNG", 1200, 400, 1000), (Cure.CROP,)),
        (
            PictureFacts("BMP", 9000, 100, 9_000_000),
            (Cure.CONVERT, Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.RECOMPRESS),
        ),
        # One refusal that stays is one too many.
        (PictureFacts("PNG", 5000, 5000, 1000, decoded=False), ()),
        (PictureFacts("", 0, 0, 1000), ()),
        (PictureFacts("JXL", 0, 0, 1000), ()),
        (PictureFacts("BMP", 20000, 20000, 1000), ()),
    ],
)
def test_the_cures_that_help(facts: PictureFacts, cures: tuple[Cure, ...]) -> None:
    assert DraftPicture("/a", facts=facts).cures(real_spec()) == cures
