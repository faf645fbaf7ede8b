"""The player: first frame, steps and seeks, dragging, playing; with mpv as peer in the same run.

    python -m benchmarks.playback
    python -m benchmarks.playback --steps 20 --seconds 2 --clips 3    # a quick look

A clip of 1280 x 720 with B-frames and one key frame, under several names so that each selection
is the first. Times are those from the call to the painted frame. mpv is measured on the same file
over its JSON IPC, painting nothing; without it, its figures are left out.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

import av
from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, QTimer

from benchmarks.event_loop_gap import GapMeter, Phase
from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.mpv_peer import NoPeerError, running_mpv
from benchmarks.real_window import (
    PATIENCE,
    RealWindow,
    WindowStuckError,
    new_application,
    real_window,
    rest,
    settle,
)
from benchmarks.sample_rows import FRAMES, SAMPLE, fill
from dreamina_desktop.ui.watch.canvas import Canvas, FramePainted
from dreamina_desktop.ui.watch.playback import Playback

SIZE = 1280, 720
RATE = 24
WINDOW = 2400, 1500
"""Large enough to show the clip in its own size."""
DRAG_MILLISECONDS = 8

MOST_TO_FIRST = 0.100
MOST_AT_ONCE = 0.050
MOST_MEDIAN, MOST_P95 = 0.005, 0.016
LEAST_A_SECOND = 30.0
MOST_GAP, LONGEST_GAP = 0.016, 0.050


@dataclass(frozen=True)
class Counts:
    """How much is measured."""

    clips: int
    steps: int
    seconds: float


class Eye(QObject):
    """Sees what is painted, and when."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.seen: list[int] = []
        self._wanted = -1
        self._at = 0.0
        self._loop = QEventLoop()
        canvas.frame_painted.connect(self._on_painted)

    def after(self, deed: Callable[[], None], index: int) -> float:
        """Seconds from the beginning of a deed until frame ``index`` is painted."""
        self._wanted, self._at = index, 0.0
        timer = QTimer(singleShot=True, interval=int(1000 * PATIENCE))
        timer.timeout.connect(self._loop.quit)
        timer.start()
        began = time.perf_counter()
        deed()
        if not self._at:
            self._loop.exec()
        if not self._at:
            raise WindowStuckError(f"frame {index}")
        return self._at - began

    def _on_painted(self, painted: FramePainted) -> None:
        self.seen.append(painted.index)
        if painted.index == self._wanted:
            self._at, self._wanted = time.perf_counter(), -1
            self._loop.quit()


def main() -> None:
    counts = asked()
    print(where())
    application = new_application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = make_clips(folder / "files", counts.clips)
        ids = fill(folder, counts.clips, clips, SIZE)
        with real_window(application, folder) as window:
            window.session.window.resize(*WINDOW)
            canvas = window.part(Canvas, "player")
            eye = Eye(canvas)
            measure_opening(window, eye, clips, ids)
            canvas_size = f"{canvas.width()}x{canvas.height()}"
            print(f"all decoded, on a stage of {canvas_size}; {load()}")
            playback = window.furniture.watch.playback
            measure_steps(playback, eye, counts.steps)
            measure_dragging(playback, eye, counts.seconds)
            measure_playing(playback, eye, counts.seconds)
        measure_peer(folder, clips[0], counts.steps)


def asked() -> Counts:
    parser = argparse.ArgumentParser(description="the player's figures")
    parser.add_argument("--clips", type=int, default=8)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10.0)
    found = parser.parse_args()
    return Counts(max(3, found.clips), found.steps, found.seconds)


def make_clips(folder: Path, count: int) -> list[Path]:
    """So many files of one clip: the sample picture, panned and zoomed, with one key frame."""
    folder.mkdir(parents=True)
    first = folder / "clip-0.mp4"
    options = {"g": "999", "bf": "3", "preset": "veryfast", "crf": "18"}
    with Image.open(SAMPLE) as picture, av.open(str(first), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(FRAMES):
            side = min(picture.width, picture.height * 16 / 9) * (1 - number / (3 * FRAMES))
            view = (number / 4, number / 8, number / 4 + side, number / 8 + side * 9 / 16)
            shown = picture.convert("RGB").resize(SIZE, Image.Resampling.BILINEAR, view)
            container.mux(stream.encode(av.VideoFrame.from_image(shown)))  # type: ignore[no-untyped-call]
        container.mux(stream.encode())
    clips = [folder / f"clip-{number}.mp4" for number in range(count)]
    for clip in clips[1:]:
        shutil.copyfile(first, clip)
    return clips


def measure_opening(window: RealWindow, eye: Eye, clips: list[Path], ids: list[str]) -> None:
    """The first frame of a clip, and the ten after it before the clip can be decoded."""
    watch, library = window.furniture.watch, window.furniture.library
    watch.set_autoplay(autoplay=False)
    firsts, at_once, bare = [], [], []
    for job_id, clip in zip(ids, clips, strict=True):
        watch.show_nothing()
        settle()
        firsts.append(eye.after(lambda job_id=job_id: library.choose(job_id), 0))  # type: ignore[misc]
        at_once += [eye.after(watch.playback.step_forward, step) for step in range(1, 11)]
        settle()
        bare.append(decode_one(clip))
    # The first selection also loads what is loaded late.
    first, floor = median(firsts[1:]), median(bare[1:])
    print(f"a card selected to its first painted frame, median of {len(firsts) - 1}; {load()}")
    print(f"  PyAV opens the file and decodes one frame: {ms(floor)}")
    print(f"  the window: {ms(first)}, longest {ms(max(firsts[1:]))}; ratio {first / floor:.1f}")
    print(f"  goal {ms(MOST_TO_FIRST)}: {verdict(first, MOST_TO_FIRST)}")
    after = at_once[10:]
    print(f"one step forward at once after that, {len(after)} of them; {load()}")
    print(f"  median {ms(median(after))}, longest {ms(max(after))}")
    print(f"  goal longest {ms(MOST_AT_ONCE)}: {verdict(max(after), MOST_AT_ONCE)}")


def decode_one(clip: Path) -> float:
    """Seconds for one frame without any window."""
    began = time.perf_counter()
    with av.open(str(clip)) as container:
        next(container.decode(video=0)).reformat(format="bgra")
    return time.perf_counter() - began


def measure_steps(playback: Playback, eye: Eye, count: int) -> None:
    """Steps both ways and random seeks."""
    random = Random(6)
    playback.pause()
    eye.after(playback.go_to_end, playback.position.count - 1)
    forward, back, seeks = [], [], []
    for number in range(count):
        index = playback.position.index
        targets = [other for other in range(playback.position.count) if other != index]
        target = random.choice(targets)
        seeks.append(eye.after(lambda target=target: playback.seek(target), target))  # type: ignore[misc]
        if target and (number % 2 or target == playback.position.count - 1):
            back.append(eye.after(playback.step_back, target - 1))
        else:
            forward.append(eye.after(playback.step_forward, target + 1))
    for name, times in (("step forward", forward), ("step back", back), ("seek", seeks)):
        p50, p95 = median(times), share(times, 95)
        print(f"  {name}, {len(times)}: p50 {ms(p50)}, p95 {ms(p95)}, longest {ms(max(times))}")
        kept = f"{verdict(p50, MOST_MEDIAN)}, {verdict(p95, MOST_P95)}"
        print(f"    goals {ms(MOST_MEDIAN)}, {ms(MOST_P95)}: {kept}")


def measure_dragging(playback: Playback, eye: Eye, seconds: float) -> None:
    """Somebody drags here and there over the timeline, as fast as a mouse tells it."""
    random = Random(6)
    count = playback.position.count
    timer = QTimer(interval=DRAG_MILLISECONDS)
    timer.timeout.connect(lambda: playback.seek(random.randrange(count)))
    playback.begin_scrub()
    eye.seen.clear()
    timer.start()
    began = time.perf_counter()
    rest(seconds)
    timer.stop()
    rate = len(eye.seen) / (time.perf_counter() - began)
    playback.end_scrub()
    print(f"  dragging: {rate:.0f} frames a second are seen of {1000 / DRAG_MILLISECONDS:.0f}")
    kept = "kept" if rate >= LEAST_A_SECOND else "MISSED"
    print(f"    goal at least {LEAST_A_SECOND:.0f}: {kept}")


def measure_playing(playback: Playback, eye: Eye, seconds: float) -> None:
    """Played round and round: frames left out, and how long the window is held up."""
    meter = GapMeter()
    playback.play()
    rest(0.5)
    eye.seen.clear()
    meter.start(Phase.PLAYBACK)
    rest(seconds)
    meter.stop()
    playback.pause()
    count = playback.position.count
    dropped = sum((after - before) % count - 1 for before, after in pairwise(eye.seen))
    print(
        f"  playing for {seconds:.0f} s: {len(eye.seen)} frames seen, {dropped} dropped; {load()}"
    )
    print(f"    goal 0: {verdict(dropped, 0)}")
    gaps = meter.gaps[Phase.PLAYBACK]
    p99, longest = share(gaps, 99), max(gaps)
    print(f"    gaps of the event loop: p99 {ms(p99)}, longest {ms(longest)}")
    kept = f"{verdict(p99, MOST_GAP)}, {verdict(longest, LONGEST_GAP)}"
    print(f"    goals {ms(MOST_GAP)}, {ms(LONGEST_GAP)}: {kept}")


def measure_peer(folder: Path, clip: Path, count: int) -> None:
    """The same deeds by mpv."""
    random = Random(6)
    try:
        with running_mpv(folder) as mpv:
            opened = median(mpv.open(clip) for _ in range(5))
            mpv.seek(0.5)
            forward = [mpv.step_forward() for _ in range(min(count, FRAMES // 2))]
            back = [mpv.step_back() for _ in range(min(count, FRAMES // 2))]
            seeks = [mpv.seek(random.randrange(FRAMES) / RATE) for _ in range(count)]
    except NoPeerError as error:
        print(f"no peer: {error}")
        return
    print(f"mpv on the same clip, painting nothing; {load()}")
    print(f"  opened to first frame: {ms(opened)}")
    for name, times in (("step forward", forward), ("step back", back), ("seek", seeks)):
        print(f"  {name}, {len(times)}: p50 {ms(median(times))}, p95 {ms(share(times, 95))}")


if __name__ == "__main__":
    main()
