"""Nine takes of full size on a wall as large as a screen: filling, and 20 s of playing in step.

    python -m benchmarks.wall

Nine practice clips of 5 s, each file by itself. The wall is the program's own, on the platform
that Qt is told of (``QT_QPA_PLATFORM``); the clock is the real one. The share of a core is this
process's while it plays. That tiles never differ by a frame is proved by the tests.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import av
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.event_loop_gap import LONGEST, P99
from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.real_window import new_application, rest, settle, until
from benchmarks.sample_rows import FRAMES, make_clips
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import DARK
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.watch.canvas import FramePainted
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.words import Phrasebook

TAKES = 9
SECONDS = 20.0
SIZE = 1440, 1080
BUDGET = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds, bytes, and frame numbers as they were painted."""

    first: float
    filled: float
    painted: tuple[int, ...]
    due: int
    gaps: tuple[float, ...]
    busy: float
    before: int
    after: int
    peak: int


class GapMeter(QObject):
    """A timer of 1 ms in the GUI thread; gaps between two of its calls, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        self.gaps.clear()
        self._last = time.perf_counter()
        self._timer.start(1)

    def stop(self) -> None:
        self._timer.stop()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


class PaintedFrames(QObject):
    """Every frame number that came to the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []

    def on_painted(self, painted: FramePainted) -> None:
        self.numbers.append(painted.index)


def main() -> None:
    print(where())
    application = new_application()
    meter = GapMeter()
    meter.start()
    rest(2.0)
    meter.stop()
    floor = share(meter.gaps, 99)
    with tempfile.TemporaryDirectory() as name:
        clips = make_clips(Path(name) / "files", TAKES, 1.0)
        with av.open(str(clips[0])) as container:
            stream = container.streams.video[0]
            size = stream.width, stream.height
        figures = measure(application, clips, size, meter)
    tell(figures, size, floor)


def measure(
    application: QApplication, clips: Sequence[Path], size: tuple[int, int], meter: GapMeter
) -> Figures:
    """Open a wall of all clips, let it fill, and play it."""
    frames, background = FrameSource(BUDGET), BackgroundThread()
    frames.warm_up()
    playback, painted = Playback(), PaintedFrames()
    wall = Wall(frames, background, playback, Phrasebook(), DARK, Icons(DARK), autoplay=False)
    wall.measured.connect(lambda: playback.measure(wall.count, wall.frames_per_second))
    wall.frame_painted.connect(painted.on_painted)
    # Not under the mouse, where a tile would be enlarged.
    wall.move(100, 100)
    wall.resize(*SIZE)
    wall.show()
    settle()
    before = resident()
    began = time.perf_counter()
    playback.load(FRAMES, 0.0)
    wall.set_takes(tuple(job(number, clip, size) for number, clip in enumerate(clips)))
    until(lambda: bool(painted.numbers))
    first = time.perf_counter() - began
    until(lambda: not playback.is_held)
    filled = time.perf_counter() - began
    settle()
    after = resident()
    painted.numbers.clear()
    cpu, wall_clock = time.process_time(), time.perf_counter()
    playback.play()
    meter.start()
    rest(SECONDS)
    meter.stop()
    playback.pause()
    passed = time.perf_counter() - wall_clock
    busy = (time.process_time() - cpu) / passed
    rest(0.1)
    figures = Figures(
        first,
        filled,
        tuple(painted.numbers),
        round(passed * playback.position.frames_per_second),
        tuple(meter.gaps),
        busy,
        before,
        after,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )
    wall.clear()
    wall.close()
    frames.close()
    background.close()
    application.processEvents()
    return figures


def tell(figures: Figures, size: tuple[int, int], floor: float) -> None:
    shown = f"{TAKES} clips of {size[0]}x{size[1]}x{FRAMES} on {SIZE[0]}x{SIZE[1]}"
    print(f"{shown}; {load()}")
    print(f"  first frame of all: {ms(figures.first)}; filled after {ms(figures.filled)}")
    dropped = dropped_of(figures.painted)
    print(
        f"  {SECONDS:.0f} s at 24/s: {len(figures.painted)} frames painted of {figures.due} due, "
        f"{dropped} dropped; goal 0: {verdict(dropped, 0)}"
    )
    p99, longest = share(figures.gaps, 99), max(figures.gaps)
    print(f"  GUI gap p99 {ms(p99)} ({p99 / floor:.1f} x floor): {verdict(p99, P99)}")
    print(f"  GUI gap longest {ms(longest)}: {verdict(longest, LONGEST)}")
    print(f"  share of a core while playing: {100 * figures.busy:.0f} %")
    print(
        f"  memory: {mib(figures.before)} before, {mib(figures.after)} filled, "
        f"{mib(figures.after - figures.before)} for nine; peak {mib(figures.peak)}"
    )


def dropped_of(painted: Sequence[int]) -> int:
    """Frames between two painted ones, round and round."""
    return sum((after - before) % FRAMES - 1 for before, after in pairwise(painted))


def resident() -> int:
    """This process's memory in bytes; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return 0
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def mib(size: int) -> str:
    return f"{size / 2**20:.0f} MiB"


def job(number: int, clip: Path, size: tuple[int, int]) -> Job:
    """A finished take with that clip."""
    now = datetime.now(UTC)
    picture = SentPicture("cup.png", "b" * 64, "image/png")
    landed = Clip(
        ordinal=0,
        kind=ClipKind.VIDEO,
        address=f"https://results.example/{number}.mp4",
        path=str(clip),
        size=clip.stat().st_size,
        sha256=f"{number:064x}",
        width=size[0],
        height=size[1],
        frames=FRAMES,
        landed=True,
    )
    return Job(
        id=f"take-{number}",
        state=JobState.DONE,
        realm="practice",
        created=now,
        changed=now,
        spec=JobSpec("model", "steam rises", FRAMES, number, picture),
        clips=(landed,),
    )


if __name__ == "__main__":
    main()
