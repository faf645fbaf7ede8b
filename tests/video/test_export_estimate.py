"""The size that is told beforehand holds the size that it comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.core.export_errors import ExportCancelledError, FrameMissingError
from dreamina_desktop.core.export_order import ExportKind, ExportOrder
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.video.export_clip import ClipExport
from dreamina_desktop.video.export_estimate import estimate_size
from tests.video.films import Pixels, cancelled_after, make_film, moving, noise

STILL = moving(1) * 45
FILMS: dict[str, list[Pixels]] = {
    "moving": moving(45),
    "still": STILL,
    "noise in the middle": [*STILL[:15], *noise(15), *STILL[:15]],
    "growing": [picture // (4 - number // 15) for number, picture in enumerate(moving(45))],
}


@pytest.mark.parametrize("film", FILMS)
@pytest.mark.parametrize("kind", ExportKind)
def test_the_range_holds_the_size(tmp_path: Path, film: str, kind: ExportKind) -> None:
    clip = make_film(tmp_path / "clip.mp4", FILMS[film])
    order = ExportOrder(kind, first=1, width=64)
    told = estimate_size(clip, order)
    made = ClipExport(clip, order).run(tmp_path / "made")
    assert told.low <= made.bytes <= told.high
    if film == "moving":
        assert told.high < 2 * told.low or kind is ExportKind.MP4


def test_what_is_copied_and_what_is_short_is_told_exactly(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(30))
    whole = estimate_size(clip, ExportOrder(ExportKind.MP4))
    assert (whole.low, whole.high) == (clip.stat().st_size,) * 2
    for order in (ExportOrder(ExportKind.MP4, last=9), ExportOrder(ExportKind.GIF, 3, 9)):
        told = estimate_size(clip, order)
        made = ClipExport(clip, order).run(tmp_path / f"made{order.kind.suffix}")
        assert told.low <= made.bytes <= told.high


@pytest.mark.parametrize("kind", [ExportKind.GIF, ExportKind.WEBP])
def test_it_is_stopped_while_frames_are_only_decoded(tmp_path: Path, kind: ExportKind) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(30))
    told: list[tuple[int, int]] = []
    watch = ExportWatch(lambda *at: told.append(at), cancelled_after(2))
    with pytest.raises(ExportCancelledError):
        estimate_size(clip, ExportOrder(kind), watch)
    assert not told


def test_it_can_be_stopped_and_refuses_what_the_export_refuses(tmp_path: Path) -> None:
    clip = make_film(tmp_path / "clip.mp4", moving(30))
    watch = ExportWatch(is_cancelled=cancelled_after(2))
    with pytest.raises(ExportCancelledError):
        estimate_size(clip, ExportOrder(ExportKind.GIF), watch)
    with pytest.raises(FrameMissingError):
        estimate_size(clip, ExportOrder(ExportKind.GIF, 30))
