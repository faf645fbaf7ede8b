"""How long the window's event loop is ever held up: drop, submit, download, playback.

    python -m benchmarks.event_loop_gap

A timer of 1 ms runs in the GUI thread of the real window in practice mode; a gap is the time
between two of its calls. The floor is the same timer in an application without a window.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.drop_verdict import drop
from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, rest, settle, until
from benchmarks.sample_rows import SAMPLE
from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.library.library_events import JobSeen

P99, LONGEST = 0.016, 0.050
PLAYED = 6.0


class Phase(StrEnum):
    """What goes on in the window; the goals are for all but the first two."""

    FLOOR = "no window (floor)"
    IDLE = "window at rest"
    DROP = "drop"
    SUBMIT = "submit"
    WAITING = "queue and render"
    DOWNLOAD = "download"
    PLAYBACK = "playback"


class GapMeter(QObject):
    """Collects gaps, in seconds, under the phase in which they ended."""

    def __init__(self) -> None:
        super().__init__()
        self.phase = Phase.FLOOR
        self.gaps: defaultdict[Phase, list[float]] = defaultdict(list)
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def start(self, phase: Phase) -> None:
        self.phase = phase
        self._last = time.perf_counter()
        self._timer.start(1)

    def stop(self) -> None:
        self._timer.stop()

    def on_job_seen(self, seen: JobSeen) -> None:
        """The phase follows the job's row."""
        match seen.job.state if seen.job is not None else None:
            case JobState.QUEUED | JobState.RUNNING:
                self.phase = Phase.WAITING
            case JobState.RESULT_SAVED | JobState.DOWNLOADING:
                self.phase = Phase.DOWNLOAD
            case JobState.DONE:
                self.phase = Phase.PLAYBACK
            case _:
                pass

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.gaps[self.phase].append(now - self._last)
        self._last = now


def main() -> None:
    print(where())
    application = new_application()
    meter = GapMeter()
    meter.start(Phase.FLOOR)
    rest(2.0)
    meter.stop()
    with (
        tempfile.TemporaryDirectory() as folder,
        real_window(application, Path(folder)) as window,
    ):
        settle()
        size = go_through(window, meter)
    print(f"gaps of the GUI event loop, a timer of 1 ms; clip {size}; {load()}")
    floor = share(meter.gaps[Phase.FLOOR], 99)
    for phase in Phase:
        gaps = meter.gaps[phase]
        if len(gaps) < 2:
            print(f"  {phase}: too short to tell ({len(gaps)} gaps)")
            continue
        p99, longest = share(gaps, 99), max(gaps)
        line = f"  {phase}: p99 {ms(p99)}, longest {ms(longest)} of {len(gaps)}"
        if phase not in (Phase.FLOOR, Phase.IDLE):
            line += f"; p99 {p99 / floor:.1f} x floor: {verdict(p99, P99)}, "
            line += f"longest: {verdict(longest, LONGEST)}"
        print(line)
    print(f"  goals: p99 at most {ms(P99)}, longest at most {ms(LONGEST)}")


def go_through(window: RealWindow, meter: GapMeter) -> str:
    """One job from the drop to the clip that plays; the clip's size."""
    furniture = window.furniture
    draft, watch = furniture.draft, furniture.watch
    furniture.library.job_seen.connect(meter.on_job_seen)
    meter.start(Phase.IDLE)
    rest(2.0)
    meter.phase = Phase.DROP
    drop(window, SAMPLE)
    until(lambda: draft.picture.prepared is not None and draft.preview is not None)
    rest(0.5)
    draft.set_prompt("Steam rises slowly from the espresso.")
    rest(0.2)
    meter.phase = Phase.SUBMIT
    furniture.compose.generate()
    until(lambda: meter.phase is Phase.PLAYBACK)
    until(lambda: watch.playback.position.is_playing)
    rest(PLAYED)
    meter.stop()
    job = furniture.profile.repository.page(1)[0]
    clip = job.clips[0]
    return f"{clip.width}x{clip.height}x{clip.frames}"


if __name__ == "__main__":
    main()
