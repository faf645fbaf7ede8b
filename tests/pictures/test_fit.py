"""Which pictures can be cured, and a cured one as a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.verdict import Cure
from dreamina_desktop.pictures.fit import NotFittableError, cures_that_help, fitted_copy
from tests.core.specs import real_spec
from tests.pictures.limits import limited
from tests.pictures.samples import noise, picture

SPEC = real_spec()


def test_a_copy_has_the_suffix_of_its_format(tmp_path: Path) -> None:
    for name, suffix in (("a.bmp", ".png"), ("a.webp", ".jpg")):
        picture("RGB", 400, 400).save(tmp_path / name)
        assert fitted_copy(tmp_path / name, SPEC).suffix == suffix


def test_what_cannot_be_made_to_fit_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(PictureMissingError):
        fitted_copy(tmp_path / "nowhere.png", SPEC)
    path = tmp_path / "a.png"
    path.write_text("no picture")
    with pytest.raises(NotFittableError):
        fitted_copy(path, SPEC)
    noise(500, 500).save(path)
    with pytest.raises(NotFittableError):
        fitted_copy(path, limited(file_bytes=1000))


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
            (Cure.CROP, Cure.SHRINK, Cure.ENLARGE, Cure.CONVERT, Cure.RECOMPRESS),
        ),
        # One refusal that stays is one too many.
        (PictureFacts("PNG", 5000, 5000, 1000, decoded=False), ()),
        (PictureFacts("", 0, 0, 1000), ()),
        (PictureFacts("JXL", 0, 0, 1000), ()),
        (PictureFacts("BMP", 20000, 20000, 1000), ()),
    ],
)
def test_the_cures_that_help(facts: PictureFacts, cures: tuple[Cure, ...]) -> None:
    assert cures_that_help(facts, SPEC) == cures
