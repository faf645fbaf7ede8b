"""A window with 500 jobs at the provider: gaps, requests a second, memory, and how it ends.

    python -m benchmarks.many_jobs [--jobs N] [--seconds S]

The floor is the same window, in the same process, in a profile without a job.
"""

from __future__ import annotations

import argparse
import base64
import json
import resource as limits
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.figures import load, ms, share, verdict, where
from benchmarks.real_window import RealWindow, new_application, real_window, rest, settle, until
from benchmarks.sample_rows import FRAMES, SAMPLE
from dreamina_desktop.composition import Options, open_profile
from dreamina_desktop.core.job import Job, JobSpec, JobState, SentPicture
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.practice.process import PracticeProcess
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_table import add_job

P99, LONGEST = 0.016, 0.050
MOST_A_SECOND = 2
GROWTH_MB = 60.0
GONE = 1.0

# Nothing is rendered: whoever is asked in the first 100 polls is said to be made, the rest waits.
SERVER = {
    "queue_seconds": 86_400,
    "balance": "1000000",
    "record": True,
    "rules": [{"on": "status", "times": 100, "do": {"word": "in_progress"}}],
}


class GapMeter(QObject):
    """Collects the gaps, in seconds, between the calls of a timer of 1 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def measure(self, seconds: float) -> list[float]:
        self.gaps, self._last = [], time.perf_counter()
        self._timer.start(1)
        rest(seconds)
        self._timer.stop()
        return self.gaps

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60.0)
    chosen = parser.parse_args()
    print(where())
    application, meter = new_application(), GapMeter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trouble = folder / "trouble.json"
        trouble.write_text(json.dumps(SERVER), "utf-8")
        with PracticeProcess(folder / "provider", trouble=trouble) as server:
            with real_window(application, folder / "empty", server):
                settle()
                floor, before = meter.measure(10.0), memory_mb()
                tell_gaps("no job (floor)", floor)
            requests = submit(server, chosen.jobs)
            fill(folder / "full", server, requests)
            began = time.time()
            with real_window(application, folder / "full", server) as window:
                settle()
                gaps, grown = meter.measure(chosen.seconds), memory_mb() - before
                tell_gaps(f"{chosen.jobs} jobs", gaps)
                seconds = close(window)
        busiest = most_a_second(folder / "provider", began)
    p99, longest = share(gaps, 99), max(gaps)
    print(f"  p99 at most {ms(P99)}: {verdict(p99, P99)}; ", end="")
    print(f"longest at most {ms(LONGEST)}: {verdict(longest, LONGEST)}; {load()}")
    print(f"  most requests in any second: {busiest}: {verdict(busiest, MOST_A_SECOND)}")
    print(f"  memory: {grown:.0f} MB more: {verdict(grown, GROWTH_MB)}, at most {GROWTH_MB:.0f} MB")
    print(f"  window gone after {seconds:.2f} s: {verdict(seconds, GONE)}, at most {GONE:.0f} s")


def submit(server: PracticeProcess, count: int) -> list[str]:
    """So many requests that the provider takes; their ids."""
    image = f"data:image/png;base64,{base64.b64encode(SAMPLE.read_bytes()).decode('ascii')}"
    model = f"{server.url}/v1/models/bytedance/dreamina-3-0/pro/image-to-video"
    key = {"Authorization": f"Bearer {server.key}"}
    ids = []
    with httpx.Client(trust_env=False, timeout=60, headers=key) as client:
        for number in range(count):
            body = {"prompt": f"take {number}", "image_urls": [image], "frames": FRAMES}
            answer = client.post(model, json=body | {"seed": number})
            ids.append(answer.raise_for_status().json()["request_id"])
    return ids


def fill(folder: Path, server: PracticeProcess, requests: list[str]) -> None:
    """A profile that follows them all."""
    with open_profile(Options(folder, server.url), {}) as profile:
        picture = PillowPreparer(profile.spec).prepare(SAMPLE)
        profile.media.keep_picture(picture)
        sent = SentPicture(str(SAMPLE), picture.sha256, "image/png")
        began = datetime.now(UTC) - timedelta(minutes=30)
        database = Database(profile.folder / "dreamina.sqlite")
        with database.writing() as connection:
            for number, request_id in enumerate(requests):
                created = began + timedelta(seconds=number)
                prompt = f"Take {number}: steam rises slowly while the camera glides to the cup."
                add_job(
                    connection,
                    Job(
                        id=f"job-{number:06}",
                        state=JobState.QUEUED,
                        realm=profile.realm,
                        created=created,
                        changed=created,
                        request_id=request_id,
                        submitted=created,
                        attempts=1,
                        spec=JobSpec(profile.spec.model_id, prompt, FRAMES, number, sent),
                    ),
                )
        database.close()


def close(window: RealWindow) -> float:
    """Seconds from the wish to quit until no window is to be seen."""
    began = time.perf_counter()
    window.session.close()
    until(lambda: not window.session.window.isVisible())
    return time.perf_counter() - began


def most_a_second(provider: Path, began: float) -> int:
    """By the provider's record: the most requests that came within any second."""
    lines = (provider / "requests.jsonl").read_text("utf-8").splitlines()
    times = sorted(float(one["time"]) for one in map(json.loads, lines) if one["time"] >= began)
    print(f"  {len(times)} requests in {times[-1] - times[0]:.0f} s, ", end="")
    print(f"smallest pause {min(late - early for early, late in pairwise(times)):.3f} s")
    return max(sum(first <= moment < first + 1 for moment in times) for first in times)


def memory_mb() -> float:
    """Of this process now; where that is not told, the most it ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text("ascii").splitlines() if "VmRSS" in row)
        return int(line.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return limits.getrusage(limits.RUSAGE_SELF).ru_maxrss * unit / 1e6


def tell_gaps(what: str, gaps: list[float]) -> None:
    print(f"  {what}: gaps p99 {ms(share(gaps, 99))}, longest {ms(max(gaps))} of {len(gaps)}")


if __name__ == "__main__":
    main()
