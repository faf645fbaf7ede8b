"""The frame that is shown is the one that was asked for, always.

Every frame of these clips carries its number in its pixels. Ten thousand random steps, seeks and
changes of direction and rate go through all kinds of clips; the number that is seen must be the
one that was asked for. (``tests/ui/watch/test_exact_images.py`` looks at what is painted.)
"""

from __future__ import annotations

import queue
from contextlib import closing
from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from pathlib import Path
from random import Random

import av
import pytest
from av.video.frame import PictureType

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.decoder import Decoder
from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.frame_store import FrameStore, Size
from tests.video.clips import make_clip, number_in
from tests.video.steps import steps

FRAMES = 48
STEPS = 10_000
SECONDS = 30
WHOLE = 999
# Odd at both sides, where the codec can do it in the usual 4:2:0 or in 4:4:4.
ODD = (97, 63)


@dataclass(frozen=True)
class Kind:
    """How a clip is stored; ``key`` is the distance between key frames."""

    name: str
    codec: str
    key: int
    options: dict[str, str] = field(default_factory=dict)
    size: Size = (96, 64)
    pixels: str = "yuv420p"
    varies: bool = False
    has_b: bool = False

    def make(self, folder: Path) -> Path:
        usual = {
            "libx264": {"preset": "veryfast", "sc_threshold": "0", "x264-params": "b-adapt=0"},
            "libx265": {"preset": "ultrafast"},
            "libvpx-vp9": {"cpu-used": "8", "deadline": "realtime"},
            "libsvtav1": {"preset": "13", "svtav1-params": "lp=1"},
        }[self.codec]
        least = str(min(self.key, 12))
        options = {"g": str(self.key), "keyint_min": least, **usual, **self.options}
        if self.codec == "libx265":
            bframes = 3 if self.has_b else 0
            options["x265-params"] = (
                f"log-level=none:pools=1:frame-threads=1:scenecut=0:b-adapt=0:keyint={self.key}"
                f":min-keyint={least}:bframes={bframes}" + self.options.get("x265-params", "")
            )
        elif self.codec == "libx264":
            options["bf"] = "3" if self.has_b else "0"
        gaps = Random(self.name).choices((13, 25, 25, 60, 200), k=FRAMES)
        return make_clip(
            folder / self.name,
            FRAMES,
            width=self.size[0],
            height=self.size[1],
            codec=self.codec,
            options=options,
            pixels=self.pixels,
            times=list(accumulate(gaps)) if self.varies else None,
        )


KINDS = (
    Kind("h264-1.mp4", "libx264", 1),
    Kind("h264-4-b.mp4", "libx264", 4, has_b=True),
    Kind("h264-12.mkv", "libx264", 12, size=ODD, pixels="yuv444p"),
    Kind("h264-12-b.mp4", "libx264", 12, varies=True, has_b=True),
    Kind("h264-open.mp4", "libx264", 12, {"x264-params": "open-gop=1:b-adapt=0"}, has_b=True),
    Kind("h264-whole.mp4", "libx264", WHOLE, size=ODD, pixels="yuv444p", varies=True),
    Kind("h264-whole-b.mp4", "libx264", WHOLE, has_b=True),
    Kind("h264-12-b.ts", "libx264", 12, has_b=True),
    Kind("hevc-1.mp4", "libx265", 1, varies=True),
    Kind("hevc-12.mp4", "libx265", 12, size=ODD, pixels="yuv444p"),
    Kind("hevc-12-b.mkv", "libx265", 12, varies=True, has_b=True),
    Kind("hevc-12-b.ts", "libx265", 12, has_b=True),
    Kind("hevc-whole-b.mp4", "libx265", WHOLE, has_b=True),
    Kind("vp9-1.webm", "libvpx-vp9", 1),
    Kind("vp9-12.mp4", "libvpx-vp9", 12, size=ODD, varies=True),
    Kind(
        "vp9-whole.webm",
        "libvpx-vp9",
        WHOLE,
        {"deadline": "good", "auto-alt-ref": "1", "lag-in-frames": "16"},
        size=ODD,
    ),
    Kind("av1-1.mp4", "libsvtav1", 1, varies=True),
    Kind("av1-12.mkv", "libsvtav1", 12, size=ODD, varies=True),
    Kind("av1-whole.mp4", "libsvtav1", WHOLE, size=ODD),
)
A_CLIP = -(-STEPS // len(KINDS))


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exact")
    return {kind.name: kind.make(folder) for kind in KINDS}


class Viewer:
    """Waits for what it asks for, and counts."""

    def __init__(self, clip: Path, size: Size, frames: int) -> None:
        self.clip, self.size, self.seen = clip, size, 0
        self._told: queue.Queue[ClipBrokenError | None] = queue.Queue()
        bytes_each = size[0] * size[1] * 2
        self.store = FrameStore(
            frames * bytes_each, lambda *_: self._told.put(None), lambda *e: self._told.put(e[2])
        )

    def see(self, index: int, *, moving: bool = False) -> None:
        while (frame := self.store.frame(self.clip, index, self.size, moving=moving)) is None:
            error = self._told.get(timeout=SECONDS)
            assert error is None, (index, error)
        assert number(frame) == frame.index == index
        if not moving:
            assert (frame.width, frame.height) == self.size
        self.seen += 1


def number(frame: Frame) -> int:
    plane = frame.picture.planes[0]
    return number_in(bytes(plane), plane.line_size, frame.width, frame.height)


def test_kinds_are_what_they_say(clips: dict[str, Path]) -> None:
    for kind in KINDS:
        with av.open(str(clips[kind.name])) as container:
            frames = list(container.decode(video=0))
        assert len(frames) == FRAMES
        keys = sum(frame.key_frame for frame in frames)
        # Of open groups FFmpeg counts the first one alone as a key where it need not seek.
        assert keys == -(-FRAMES // kind.key) or "open" in kind.name, kind
        has_b = any(PictureType(frame.pict_type) is PictureType.B for frame in frames)
        assert has_b == kind.has_b, kind
        assert (frames[0].width, frames[0].height) == kind.size
        times = [frame.pts for frame in frames if frame.pts is not None]
        gaps = {after - before for before, after in pairwise(times)}
        assert (max(gaps) > 2 * min(gaps)) == kind.varies, kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_shown_number_is_the_asked_one(kind: Kind, clips: dict[str, Path]) -> None:
    clip = clips[kind.name]
    script = steps(FRAMES, Random(kind.name))
    seen = 0
    # Room for all; for a window, so that it is decoded anew all the time; for next to nothing.
    for room, share in ((3 * FRAMES, 2), (14, 5), (2, 10)):
        viewer = Viewer(clip, kind.size, room)
        try:
            for index, moving in islice(script, A_CLIP // share):
                viewer.see(index, moving=moving)
        finally:
            viewer.store.close()
        seen += viewer.seen
    with closing(Decoder(clip, kind.size)) as decoder:
        for index, _ in islice(script, A_CLIP - seen):
            while decoder.step_towards(index) != index:
                pass
            assert number(decoder.frame()) == index
            seen += 1
    assert seen * len(KINDS) >= STEPS
