"""Exports are whole or not there, never over another file, and refused with a typed error."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from dreamina_desktop.core.errors import OutputFileError
from dreamina_desktop.core.export_errors import (
    ClipUnreadableError,
    ExportCancelledError,
    ExportSizeError,
    FrameMissingError,
    OutputFullError,
    OutputTakenError,
)
from dreamina_desktop.core.export_order import ExportKind, ExportOrder
from dreamina_desktop.core.export_result import Exported
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.video.export_clip import ClipExport
from tests.video.films import (
    Film,
    cancelled_after,
    make_film,
    moving,
    noise,
)

KEYS = {"crf": "8", "preset": "veryfast", "sc_threshold": "0", "g": "6", "bf": "0"}
ALL = tuple(ExportKind)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the clips of all these tests."""
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def keyed(media: Path) -> Path:
    """24 frames, every sixth of them a key frame."""
    return make_film(media / "keyed.mp4", moving(24), Film(options=KEYS))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def export(
    clip: Path,
    target: Path,
    kind: ExportKind = ExportKind.MP4,
    first: int | None = None,
    last: int | None = None,
    width: int | None = None,
) -> Exported:
    return ClipExport(clip, ExportOrder(kind, first, last, width)).run(target)


class TestWhole:
    @pytest.mark.parametrize("kind", ALL)
    def test_never_over_another_file(self, keyed: Path, place: Path, kind: ExportKind) -> None:
        target = place / f"a{kind.suffix}"
        target.write_bytes(b"mine")
        order = ExportOrder(kind, 0, 2)
        with pytest.raises(OutputTakenError) as caught:
            ClipExport(keyed, order).run(target)
        assert caught.value.detail == str(target)
        made = [ClipExport(keyed, order).run(target, finds_name=True).path for _ in range(2)]
        assert [path.name for path in made] == [
            f"a (2){kind.suffix}",
            f"a (3){kind.suffix}",
        ]
        assert target.read_bytes() == b"mine"
        assert sorted(place.iterdir()) == sorted([target, *made])

    def test_nor_over_one_that_came_in_the_meantime(self, keyed: Path, place: Path) -> None:
        target = place / "a.mp4"

        def tell(done: int, total: int) -> None:
            target.write_bytes(b"mine")

        with pytest.raises(OutputTakenError):
            ClipExport(keyed, ExportOrder(ExportKind.MP4)).run(target, ExportWatch(tell))
        assert [path.read_bytes() for path in place.iterdir()] == [b"mine"]

    @pytest.mark.parametrize("kind", ALL)
    @pytest.mark.parametrize("steps", [0, 5])
    def test_stopped_it_leaves_nothing_behind(
        self, keyed: Path, place: Path, kind: ExportKind, steps: int
    ) -> None:
        watch = ExportWatch(is_cancelled=cancelled_after(steps))
        with pytest.raises(ExportCancelledError):
            ClipExport(keyed, ExportOrder(kind, 1)).run(place / "a", watch)
        assert not list(place.iterdir())

    @pytest.mark.parametrize(("kind", "first"), [(ExportKind.GIF, 0), (ExportKind.MP4, 5)])
    def test_stopped_before_there_is_a_frame_to_write(
        self, keyed: Path, place: Path, kind: ExportKind, first: int
    ) -> None:
        """While a palette is chosen, or on the way from the key frame to the in point."""
        told: list[tuple[int, int]] = []
        watch = ExportWatch(lambda *at: told.append(at), cancelled_after(5))
        with pytest.raises(ExportCancelledError):
            ClipExport(keyed, ExportOrder(kind, first, 9)).run(place / "a", watch)
        assert told == [(0, 10 - first)]
        assert not list(place.iterdir())

    @pytest.mark.parametrize("kind", ALL)
    def test_told_of_every_frame(self, keyed: Path, place: Path, kind: ExportKind) -> None:
        told: list[tuple[int, int]] = []
        watch = ExportWatch(lambda done, total: told.append((done, total)))
        ClipExport(keyed, ExportOrder(kind, 1, 9)).run(place / "a", watch)
        assert told[-1] == (9, 9)
        assert told == sorted(told)
        assert {total for _, total in told} == {9}
        assert len(told) >= 9

    @pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
    @pytest.mark.parametrize("kind", ALL)
    def test_a_full_disk_is_said_to_be_full(self, place: Path, kind: ExportKind) -> None:
        import resource

        clip = make_film(place / "clip.mp4", noise(8), Film(options={"crf": "20"}))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            with pytest.raises(OutputFullError):
                export(clip, place / f"a{kind.suffix}", kind, first=1)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert list(place.iterdir()) == [clip]

    def test_no_folder_and_no_leave(self, keyed: Path, place: Path) -> None:
        with pytest.raises(OutputFileError) as caught:
            export(keyed, place / "none" / "a.mp4")
        assert caught.value.detail == str(place / "none" / "a.mp4")

    @pytest.mark.parametrize("kind", ALL)
    def test_what_is_no_name(self, keyed: Path, place: Path, kind: ExportKind) -> None:
        with pytest.raises(OutputFileError) as caught:
            export(keyed, Path(place.anchor), kind)
        assert caught.value.detail == place.anchor

    def test_a_volume_without_links(
        self, keyed: Path, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
        export(keyed, place / "a.mp4")
        assert [path.name for path in place.iterdir()] == ["a.mp4"]


class TestRefused:
    @pytest.mark.parametrize(
        ("first", "last", "detail"), [(-1, None, "0"), (None, 24, "25"), (9, 3, "10–4")]
    )
    def test_frames_that_are_not_there(
        self, keyed: Path, place: Path, first: int | None, last: int | None, detail: str
    ) -> None:
        with pytest.raises(FrameMissingError) as caught:
            export(keyed, place / "a.mp4", first=first, last=last)
        assert (caught.value.detail, caught.value.count) == (detail, 24)

    @pytest.mark.parametrize("kind", ALL)
    @pytest.mark.parametrize("width", [0, -5, 8, 9000])
    def test_sizes_that_make_no_sense(
        self, keyed: Path, place: Path, kind: ExportKind, width: int
    ) -> None:
        with pytest.raises(ExportSizeError):
            export(keyed, place / "a", kind, width=width)
        assert not list(place.iterdir())

    @pytest.mark.parametrize("kind", ALL)
    def test_what_is_no_clip(self, place: Path, kind: ExportKind) -> None:
        for data in (b"", b"words", b"#EXTM3U\nclip.mp4\n"):
            clip = place / "clip.mp4"
            clip.write_bytes(data)
            with pytest.raises(ClipUnreadableError) as caught:
                export(clip, place / "a", kind)
            assert caught.value.detail == str(clip)
        with pytest.raises(ClipUnreadableError):
            export(place / "none.mp4", place / "a", kind)

    def test_damaged_clips_are_exported_or_refused_and_leave_nothing(
        self, keyed: Path, place: Path
    ) -> None:
        data = keyed.read_bytes()
        chance = np.random.default_rng(7)
        refused = 0
        clip = place / "mutated.mp4"
        for number in range(40):
            spoiled = bytearray(data)
            for spot in chance.integers(0, len(data), 30):
                spoiled[int(spot)] = int(chance.integers(0, 256))
            clip.write_bytes(spoiled)
            kind = ALL[number % len(ALL)]
            try:
                made = export(clip, place / "a", kind, first=number % 3)
            except (ClipUnreadableError, FrameMissingError, ExportSizeError, OutputFileError):
                refused += 1
                assert list(place.iterdir()) == [clip]
                continue
            assert made.frames > 0
            for path in [*made.path.iterdir()] if made.path.is_dir() else [made.path]:
                path.unlink()
            if made.path.is_dir():
                made.path.rmdir()
        assert refused
