"""Any frame of any clip: the right one, within the memory, and nobody waits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import av
import pytest
from av.video.frame import PictureType

from dreamina_desktop.video import frame_store
from dreamina_desktop.video.decoder import Decoder
from dreamina_desktop.video.frame import Rgb32Converter
from dreamina_desktop.video.frame_store import Size
from tests.video.clips import make_clip
from tests.video.viewer import FRAME_BYTES, SECONDS, SIZE, Viewer, shown_number


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
    """121 frames with B-frames and a single key frame."""
    path = make_clip(folder / "one-key.mp4", 121)
    with av.open(str(path)) as container:
        kinds = [
            (PictureType(frame.pict_type), frame.key_frame) for frame in container.decode(video=0)
        ]
    assert [key for _, key in kinds].count(True) == 1
    assert [kind for kind, _ in kinds].count(PictureType.B) > 50
    return path


class TestExactness:
    def test_every_frame_in_order_and_back(self, viewer: Viewer, clip: Path) -> None:
        for index in (*range(121), *range(120, -1, -1)):
            assert shown_number(viewer.await_frame(clip, index)) == index
        assert viewer.store.frames(clip) == 121
        assert viewer.store.frames_per_second(clip) == 24
        assert viewer.store.frames_per_second(clip.with_name("unseen.mp4")) is None

    @pytest.mark.parametrize("budget", [1, 5 * FRAME_BYTES, 40 * FRAME_BYTES])
    def test_any_order_in_little_memory(self, clip: Path, budget: int) -> None:
        viewer = Viewer(budget)
        for index in (60, 3, 120, 0, 119, 61, 62, 63, 64, 65, 64, 63, 62, 30, 29, 28):
            assert shown_number(viewer.await_frame(clip, index)) == index
            assert viewer.store.used <= max(budget, FRAME_BYTES)
        viewer.store.close()

    @pytest.mark.parametrize(
        ("name", "codec", "options"),
        [
            ("open.mp4", "libx264", {"bf": "3", "x264-params": "open-gop=1:keyint=16:b-adapt=0"}),
            ("closed.mp4", "libx264", {"bf": "2", "g": "10", "sc_threshold": "0"}),
            ("keys.mp4", "libx264", {"g": "1"}),
            ("hevc.mp4", "libx265", {"x264-params": "", "x265-params": "log-level=none"}),
            ("a.webm", "libvpx-vp9", {"cpu-used": "8", "deadline": "realtime"}),
            ("a.mkv", "libx264", {"bf": "3"}),
            ("mpeg2.mkv", "mpeg2video", {"bf": "2", "g": "10"}),
            ("a.avi", "mpeg4", {}),
        ],
    )
    def test_other_ways_to_store_frames(
        self, folder: Path, name: str, codec: str, options: dict[str, str]
    ) -> None:
        path = make_clip(folder / name, 50, codec=codec, options=options)
        viewer = Viewer(12 * FRAME_BYTES)
        for index in (0, 49, 17, 15, 16, 31, 33, 32, 1, 48):
            assert shown_number(viewer.await_frame(path, index)) == index
        viewer.store.close()

    def test_clip_that_does_not_begin_at_zero(self, viewer: Viewer, clip: Path) -> None:
        path = clip.with_name("late.mp4")
        with av.open(str(clip)) as source, av.open(str(path), "w") as target:
            stream = target.add_stream_from_template(source.streams.video[0])
            for packet in source.demux(source.streams.video[0]):
                if packet.dts is not None and packet.pts is not None:
                    packet.dts += 5120
                    packet.pts += 5120
                    packet.stream = stream
                    target.mux(packet)
        for index in (0, 77, 120):
            assert shown_number(viewer.await_frame(path, index)) == index

    @pytest.mark.parametrize("size", [(160, 96), (97, 63), (1, 1), (333, 201)])
    def test_every_size(self, viewer: Viewer, clip: Path, size: Size) -> None:
        pixels = Rgb32Converter().convert(viewer.await_frame(clip, 5, size))
        assert (pixels.width, pixels.height) == size
        assert pixels.stride >= 4 * size[0]
        assert len(pixels.data) >= pixels.stride * size[1]


class TestAhead:
    def test_whole_clip_is_decoded_without_being_asked(self, viewer: Viewer, clip: Path) -> None:
        viewer.await_frame(clip, 0)
        # Nothing but the last frame is asked for: when it is there, so are all before it.
        viewer.await_frame(clip, 120)
        for index in range(121):
            assert viewer.store.frame(clip, index, SIZE) is not None
        assert viewer.store.used == 121 * FRAME_BYTES
        assert viewer.ready.empty()

    def test_told_once_for_each_frame_that_was_asked_for(self, viewer: Viewer, clip: Path) -> None:
        for _ in range(3):
            viewer.store.frame(clip, 100, SIZE)
            viewer.store.frame(clip, 20, SIZE)
        told = sorted(viewer.ready.get(timeout=SECONDS) for _ in range(2))
        assert told == [(clip, 20, SIZE), (clip, 100, SIZE)]
        viewer.await_whole(clip, 121)
        assert all(event[1] not in (20, 100) for event in list(viewer.ready.queue))

    def test_still_brings_nothing_else(self, viewer: Viewer, clip: Path) -> None:
        for index in (30, 0, 120):
            assert shown_number(viewer.await_frame(clip, index, ahead=False)) == index
        assert viewer.store.used == 3 * FRAME_BYTES

    def test_beyond_the_end_never_comes(self, viewer: Viewer, clip: Path) -> None:
        assert viewer.store.frame(clip, 121, SIZE) is None
        viewer.await_whole(clip, 121)
        assert viewer.store.frame(clip, 121, SIZE) is None
        assert viewer.broken.empty()

    @pytest.mark.parametrize(("index", "size"), [(-1, SIZE), (0, (0, 5)), (0, (5, -1))])
    def test_no_such_request(self, viewer: Viewer, clip: Path, index: int, size: Size) -> None:
        with pytest.raises(ValueError, match=r"\("):
            viewer.store.frame(clip, index, size)


class TestMemory:
    def test_playing_on_and_on_in_a_window(self, clip: Path) -> None:
        viewer = Viewer(20 * FRAME_BYTES)
        for index in (*range(121), *range(121), *range(120, 60, -1)):
            assert shown_number(viewer.await_frame(clip, index)) == index
            assert viewer.store.used <= 20 * FRAME_BYTES
        viewer.store.close()

    def test_several_clips_share(self, clip: Path, folder: Path) -> None:
        clips = [clip, *(make_clip(folder / f"{name}.mp4", 60) for name in "abc")]
        viewer = Viewer(80 * FRAME_BYTES)
        for index in range(60):
            for path in clips:
                assert shown_number(viewer.await_frame(path, index)) == index
                assert viewer.store.used <= 80 * FRAME_BYTES
        viewer.store.close()

    def test_clip_looked_at_before_stays_while_there_is_room(
        self, clip: Path, folder: Path
    ) -> None:
        other = make_clip(folder / "other.mp4", 100)
        viewer = Viewer(230 * FRAME_BYTES)
        viewer.await_whole(clip, 121)
        viewer.await_whole(other, 100)
        assert viewer.store.used == 221 * FRAME_BYTES
        third = make_clip(folder / "third.mp4", 50)
        viewer.await_whole(third, 50)
        # The one that was not looked at for longest gave way, and only as far as needed.
        assert viewer.store.used == 230 * FRAME_BYTES
        for index in range(100):
            assert viewer.store.frame(other, index, SIZE) is not None
        viewer.store.close()

    def test_clips_nobody_looks_at_vanish_wholly(self, clip: Path, folder: Path) -> None:
        viewer = Viewer(100 * FRAME_BYTES)
        short = make_clip(folder / "short.mp4", 8)
        viewer.await_whole(short, 8)
        for _ in range(2):
            viewer.await_whole(clip, 121)
        assert viewer.store.used == 100 * FRAME_BYTES
        assert viewer.store.frames(short) is None
        viewer.store.close()

    def test_resizing_does_not_decode_every_size_it_went_through(
        self, viewer: Viewer, clip: Path
    ) -> None:
        for width in range(40, 60):
            viewer.store.frame(clip, 0, (width, 40))
        viewer.await_whole(clip, 121, (59, 40))
        whole = 2 * 121 * (59 * 40 + 2 * 30 * 20)
        assert viewer.store.used < whole + 20 * 16 * 60 * 40 * 2


class TestBroken:
    @pytest.mark.parametrize("data", [b"", b"<html>", bytes(4096)])
    def test_no_clip(self, viewer: Viewer, folder: Path, data: bytes) -> None:
        path = folder / "no-clip.mp4"
        path.write_bytes(data)
        assert viewer.store.frame(path, 0, SIZE) is None
        told, size, error = viewer.broken.get(timeout=SECONDS)
        assert (told, size, error.detail) == (path, SIZE, "no clip")
        assert viewer.store.frame(path, 0, SIZE) is None
        assert viewer.store.frames(path) is None

    def test_damaged_in_the_middle(self, viewer: Viewer, clip: Path) -> None:
        data = bytearray(clip.read_bytes())
        start = data.index(b"mdat") + 4
        length = int.from_bytes(data[start - 8 : start - 4], "big") - 8
        data[start + length // 2 : start + length] = bytes(length - length // 2)
        path = clip.with_name("half.mp4")
        path.write_bytes(data)
        assert shown_number(viewer.await_frame(path, 0)) == 0
        assert viewer.broken.get(timeout=SECONDS)[0] == path
        # What was decoded before the damage is still there, and other clips are not concerned.
        assert shown_number(viewer.await_frame(path, 10)) == 10
        assert shown_number(viewer.await_frame(clip, 100)) == 100

    def test_a_bug_is_told_and_costs_only_the_clip_that_it_met(
        self, clip: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = clip.with_name("other.mp4")
        other.write_bytes(clip.read_bytes())
        usual, told = Decoder, queue.Queue[type[BaseException]]()

        def decoder(path: Path, size: Size) -> Decoder:
            if path == other:
                raise TypeError("half made")
            return usual(path, size)

        monkeypatch.setattr(frame_store, "Decoder", decoder)
        monkeypatch.setattr(threading, "excepthook", lambda hook: told.put(hook.exc_type))
        viewer = Viewer(workers=1)
        assert viewer.store.frame(other, 0, SIZE) is None
        assert viewer.broken.get(timeout=SECONDS)[0] == other
        assert told.get(timeout=SECONDS) is TypeError
        assert shown_number(viewer.await_frame(clip, 7)) == 7
        viewer.store.close()

    def test_mended(self, viewer: Viewer, clip: Path) -> None:
        path = clip.with_name("mended.mp4")
        viewer.store.frame(path, 0, SIZE)
        viewer.broken.get(timeout=SECONDS)
        path.write_bytes(clip.read_bytes())
        viewer.store.forget(path)
        assert shown_number(viewer.await_frame(path, 3)) == 3


class TestEnd:
    def test_forgotten_in_the_middle(self, viewer: Viewer, clip: Path) -> None:
        for _ in range(20):
            viewer.await_frame(clip, 0)
            viewer.store.frame(clip, 0, (50, 50))
            viewer.store.forget(clip)
            assert viewer.store.used == 0
        viewer.store.forget(clip)
        assert shown_number(viewer.await_frame(clip, 5)) == 5

    def test_closed_at_any_moment(self, clip: Path) -> None:
        for index in (0, 0, 40, 120):
            viewer = Viewer(20 * FRAME_BYTES)
            viewer.store.frame(clip, index, SIZE)
            if index:
                viewer.await_frame(clip, index)
            viewer.store.close()
            assert viewer.store.used == 0
            assert viewer.store.frame(clip, index, SIZE) is None
        assert not [one for one in threading.enumerate() if one.name.startswith("frames-")]

    def test_frames_outlive_the_store(self, clip: Path) -> None:
        viewer = Viewer()
        frames = [viewer.await_frame(clip, index) for index in range(0, 121, 10)]
        viewer.store.close()
        numbers = [shown_number(frame) for frame in frames]
        assert all(after - before == 10 for before, after in pairwise(numbers))


class TestColour:
    @pytest.mark.parametrize(
        ("size", "tag", "expected"),
        [
            # Y 81, Cb 90, Cr 240 is red by BT.601, and lighter than that by BT.709.
            ((320, 240), None, (0, 0, 254)),
            ((1280, 720), None, (0, 26, 255)),
            ((320, 720), None, (0, 26, 255)),
            ((320, 240), "bt709", (0, 26, 255)),
            ((1280, 720), "smpte170m", (0, 0, 254)),
        ],
    )
    def test_matrix(
        self,
        viewer: Viewer,
        tmp_path: Path,
        size: Size,
        tag: str | None,
        expected: tuple[int, int, int],
    ) -> None:
        path = tmp_path / "red.mp4"
        options = {"qp": "1", **({"x264-params": f"colormatrix={tag}"} if tag else {})}
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libx264", rate=24, options=options)
            stream.width, stream.height = size
            frame = av.VideoFrame(*size, "yuv420p")
            for plane, value in zip(frame.planes, (81, 90, 240), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            container.mux(stream.encode(frame))
            container.mux(stream.encode())
        for shown in (size, (64, 64)):
            pixels = Rgb32Converter().convert(viewer.await_frame(path, 0, shown))
            got = bytes(pixels.data[pixels.stride * 20 + 80 :][:4])
            assert got[3] == 255
            assert max(abs(a - b) for a, b in zip(got[:3], expected, strict=True)) <= 3
