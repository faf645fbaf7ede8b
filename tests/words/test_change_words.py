"""Every step that can be done to a picture is told in words."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.words import Phrasebook


def test_every_kind_has_words() -> None:
    for kind in ChangeKind:
        said = Phrasebook().change(Change(kind, "was", "is"))
        assert said
        assert "{" not in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            Change(ChangeKind.SHRUNK, "8000x6000", "4096x3072"),
            "Scaled down: 8000\u00a0×\u00a06000 to 4096\u00a0×\u00a03072",
        ),
        (
            Change(ChangeKind.RECOMPRESSED, 21_400_000, 987_654),
            "Fewer bytes: 21.4\u00a0MB to 0.99\u00a0MB",
        ),
        (Change(ChangeKind.FLATTENED, None, "#ffffff"), "Transparency laid on white"),
        (Change(ChangeKind.FLATTENED, None, "#123456"), "Transparency laid on #123456"),
        (Change(ChangeKind.BITS_REDUCED, 16, 8), "Reduced from 16 to 8 bits a colour"),
        (
            Change(ChangeKind.COLOUR_CONVERTED, "Display P3", "sRGB"),
            "Colours converted: Display P3 to sRGB",
        ),
        (Change(ChangeKind.QUALITY, None, 88), "JPEG quality 88"),
    ],
)
def test_what_is_said(change: Change, said: str) -> None:
    assert Phrasebook().change(change) == said


def test_colours_are_translated_too() -> None:
    def german(_: str, text: str) -> str:
        return {"Transparency laid on {1}": "Auf {1} gelegt", "white": "Weiß"}.get(text, text)

    flattened = Change(ChangeKind.FLATTENED, None, "#ffffff")
    assert Phrasebook(german).change(flattened) == "Auf Weiß gelegt"
