"""Clips for which the memory does not suffice: in half size while they move, exact at rest."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamina_desktop.video.frame import Frame
from tests.video.clips import make_clip
from tests.video.viewer import FRAME_BYTES, LARGE, SECONDS, SIZE, Viewer, shown_number


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    made = Viewer()
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(scope="module")
def clip(folder: Path) -> Path:
    return make_clip(folder / "one-key.mp4", 121)


class TestTooLargeToMove:
    """Above the budget: half size while it moves, exact at rest."""

    HALF = (SIZE[0] // 2, SIZE[1] // 2)

    def shown(self, viewer: Viewer, clip: Path, index: int, *, moving: bool) -> Frame:
        found = viewer.store.frame(clip, index, SIZE, moving=moving)
        while found is None:
            assert viewer.ready.get(timeout=SECONDS)[2] == SIZE
            found = viewer.store.frame(clip, index, SIZE, moving=moving)
        assert found.index == shown_number(found) == index
        return found

    def test_half_while_it_moves_exact_at_rest(self, clip: Path) -> None:
        viewer = Viewer(50 * FRAME_BYTES)
        for index in (*range(121), *range(60)):
            self.shown(viewer, clip, index, moving=True)
            assert viewer.store.used <= 50 * FRAME_BYTES
        assert (self.shown(viewer, clip, 60, moving=True).width) == self.HALF[0]
        for index in (60, 61, 62, 10):
            assert self.shown(viewer, clip, index, moving=False).width == SIZE[0]
        # Every frame of half the size has stayed: it goes on at once wherever it moves next.
        for index in range(0, 121, 5):
            assert viewer.store.frame(clip, index, SIZE, moving=True) is not None
        assert viewer.store.used <= 50 * FRAME_BYTES
        viewer.store.close()

    def test_whole_size_where_there_is_room(self, clip: Path) -> None:
        viewer = Viewer(130 * FRAME_BYTES)
        for index in (*range(121), *range(121)):
            assert self.shown(viewer, clip, index, moving=True).width == SIZE[0]
        assert viewer.store.used == 121 * FRAME_BYTES
        assert viewer.store.is_filled(clip, SIZE)
        viewer.store.close()

    def test_whole_size_again_when_the_others_have_gone(self, clip: Path, folder: Path) -> None:
        others = [make_clip(folder / f"beside-{number}.mp4", 60) for number in range(3)]
        viewer = Viewer(150 * FRAME_BYTES)
        for index in range(60):
            frames = [self.shown(viewer, path, index, moving=True) for path in (clip, *others)]
        assert {frame.width for frame in frames} == {self.HALF[0]}
        for index in range(65):
            self.shown(viewer, clip, index, moving=True)
        while not viewer.store.is_filled(clip, SIZE):
            viewer.store.frame(clip, 0, SIZE, moving=True)
            with contextlib.suppress(queue.Empty):
                viewer.ready.get(timeout=0.02)
        for index in range(121):
            assert self.shown(viewer, clip, index, moving=True).width == SIZE[0]
        viewer.store.close()

    @pytest.mark.parametrize("budget", [LARGE, 350 * FRAME_BYTES, 20 * FRAME_BYTES])
    def test_nine_tiles_in_step(self, clip: Path, folder: Path, budget: int) -> None:
        clips = [folder / f"tile-{number}.mp4" for number in range(9)]
        for path in clips:
            path.write_bytes(clip.read_bytes())
        viewer = Viewer(budget)
        assert not any(viewer.store.is_filled(path, SIZE) for path in clips)
        for path in clips:
            viewer.store.frame(path, 0, SIZE, moving=True)
        while not all(viewer.store.is_filled(path, SIZE) for path in clips):
            for path in clips:
                viewer.store.frame(path, 0, SIZE, moving=True)
            with contextlib.suppress(queue.Empty):
                viewer.ready.get(timeout=0.02)
        assert viewer.store.used <= max(budget, 9 * FRAME_BYTES)
        tiles = 121 if budget > 20 * FRAME_BYTES else 2
        for index in range(tiles):
            found = [viewer.store.frame(path, index, SIZE, moving=True) for path in clips]
            if budget > 20 * FRAME_BYTES:
                assert [shown_number(frame) for frame in found if frame] == 9 * [index]
            else:
                for path in clips:
                    self.shown(viewer, path, index, moving=True)
        viewer.store.close()

    def test_a_broken_one_holds_nobody_up(self, viewer: Viewer, folder: Path) -> None:
        path = folder / "broken-tile.mp4"
        path.write_bytes(b"<html>")
        viewer.store.frame(path, 0, SIZE, moving=True)
        viewer.broken.get(timeout=SECONDS)
        assert viewer.store.is_filled(path, SIZE)

    def test_thumbnails_are_no_looking_away(self, clip: Path) -> None:
        viewer = Viewer(121 * FRAME_BYTES + 200 * 16 * 16 * 2)
        viewer.await_whole(clip, 121)
        for index in range(100):
            viewer.await_frame(clip, index, (16, 10), ahead=False)
        assert all(viewer.store.frame(clip, index, SIZE) for index in range(121))
        viewer.store.close()
