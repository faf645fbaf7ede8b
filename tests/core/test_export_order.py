from __future__ import annotations

import pytest

from dreamina_desktop.core.export_errors import (
    ExportCancelledError,
    ExportSizeError,
    FrameMissingError,
    OutputKindError,
)
from dreamina_desktop.core.export_order import Cut, ExportKind, ExportOrder, kind_of
from dreamina_desktop.core.export_purpose import PRESETS, Purpose
from dreamina_desktop.core.export_result import Loop
from dreamina_desktop.core.export_watch import UNWATCHED, ExportWatch


@pytest.mark.parametrize(
    ("first", "last", "cut"),
    [(None, None, (0, 120)), (3, None, (3, 120)), (None, 7, (0, 7)), (5, 5, (5, 5))],
)
def test_the_frames_wanted(first: int | None, last: int | None, cut: tuple[int, int]) -> None:
    found = ExportOrder(ExportKind.GIF, first, last).cut(121)
    assert found == Cut(*cut)
    assert found.count == cut[1] - cut[0] + 1


@pytest.mark.parametrize(
    ("first", "last", "detail"),
    [(-1, None, "0"), (121, None, "122"), (None, 121, "122"), (None, -1, "0"), (5, 4, "6–5")],
)
def test_frames_that_are_not_there(first: int | None, last: int | None, detail: str) -> None:
    with pytest.raises(FrameMissingError) as caught:
        ExportOrder(ExportKind.GIF, first, last).cut(121)
    assert (caught.value.detail, caught.value.count) == (detail, 121)


@pytest.mark.parametrize(
    ("kind", "width", "of", "size"),
    [
        (ExportKind.GIF, None, (161, 97), (161, 97)),
        (ExportKind.MP4, None, (161, 97), (160, 96)),
        (ExportKind.MP4, 481, (1920, 1080), (480, 270)),
        (ExportKind.WEBP, 480, (1920, 1088), (480, 272)),
        (ExportKind.PNG_SEQUENCE, None, (2, 2), (2, 2)),
        (ExportKind.GIF, 16, (100, 100), (16, 16)),
    ],
)
def test_the_size_that_is_made(
    kind: ExportKind, width: int | None, of: tuple[int, int], size: tuple[int, int]
) -> None:
    assert ExportOrder(kind, width=width).size(*of) == size


@pytest.mark.parametrize(
    ("kind", "width", "of"),
    [
        (ExportKind.GIF, 15, (100, 100)),
        (ExportKind.GIF, 8193, (100, 10)),
        (ExportKind.GIF, 100, (10, 10_000)),
        (ExportKind.GIF, 100, (10_000, 10)),
        (ExportKind.GIF, None, (8193, 10)),
        (ExportKind.MP4, None, (1, 40)),
    ],
)
def test_sizes_that_make_no_sense(kind: ExportKind, width: int | None, of: tuple[int, int]) -> None:
    with pytest.raises(ExportSizeError):
        ExportOrder(kind, width=width).size(*of)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp4", ExportKind.MP4),
        ("some/where.else/A.GIF", ExportKind.GIF),
        ("C:\\clips\\a.b.webp", ExportKind.WEBP),
        ("folder/", ExportKind.PNG_SEQUENCE),
        ("folder.mp4/", ExportKind.PNG_SEQUENCE),
        ("some.where/folder", ExportKind.PNG_SEQUENCE),
        (".hidden", ExportKind.PNG_SEQUENCE),
    ],
)
def test_the_name_says_the_kind(name: str, kind: ExportKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize("name", ["a.avi", "a.png", "a.mp4.part", "a."])
def test_names_that_do_not(name: str) -> None:
    with pytest.raises(OutputKindError) as caught:
        kind_of(name)
    assert caught.value.detail == name


def test_every_kind_is_named_as_it_is_read() -> None:
    assert {kind_of(f"a{kind.suffix}") for kind in ExportKind} == set(ExportKind)


def test_every_purpose_has_its_preset() -> None:
    assert set(PRESETS) == set(Purpose)
    for preset in PRESETS.values():
        ExportOrder(preset.kind, width=preset.width).size(1920, 1088)


def test_work_is_told_of_until_it_is_stopped() -> None:
    told: list[tuple[int, int]] = []
    watch = ExportWatch(lambda *at: told.append(at), lambda: len(told) == 2)
    watch.step(0, 3)
    watch.step(1, 3)
    with pytest.raises(ExportCancelledError):
        watch.step(2, 3)
    assert told == [(0, 3), (1, 3)]
    UNWATCHED.step(1, 1)


@pytest.mark.parametrize(
    ("seam", "usual", "seamless"), [(0.4, 0, True), (3, 5, True), (4, 5, False)]
)
def test_when_a_loop_is_seamless(seam: float, usual: float, seamless: bool) -> None:
    assert Loop(0, 9, seam, usual).is_seamless is seamless
