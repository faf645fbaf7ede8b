"""What a change of state costs until it is on disk, against SQLite's bare commit.

    python -m benchmarks.commit_cost [--jobs N] [--folder DIR]

Each job goes the way of a paid one: clicked, begun, accepted, running, its result saved, fetched,
done. Every arrow is a commit; those that must outlive the database write a receipt before. The
folder has to be on the disk that is meant: a file system in memory knows no waiting.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.figures import load, ms, share, verdict, where
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.system_clock import SystemClock

JOBS = 100
MOST = 0.002


class Stopwatch:
    """Seconds of each call, by the name of what it did."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    def time[T](self, what: str, call: Callable[[], T]) -> T:
        began = time.perf_counter()
        value = call()
        self.taken.setdefault(what, []).append(time.perf_counter() - began)
        return value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--folder", type=Path, help="on the disk that is meant; default: here")
    parsed = parser.parse_args()
    print(where())
    with tempfile.TemporaryDirectory(dir=parsed.folder or Path.cwd()) as name:
        folder = Path(name)
        bare, synced = Stopwatch(), Stopwatch()
        measured = Stopwatch()
        # In turn, so that all meet the same disk.
        with closing(bare_database(folder / "bare.sqlite")) as connection:
            repository, _ = open_jobs(folder / "profile", SystemClock(), holder=True)
            for number in range(parsed.jobs):
                live(repository, number, measured)
                commit(connection, number, bare)
                sync(folder / "lines", synced)
            repository.close()
    tell(measured, median(bare.taken["commit"]), median(synced.taken["line"]))


def tell(measured: Stopwatch, bare: float, synced: float) -> None:
    every = [seconds for taken in measured.taken.values() for seconds in taken]
    print(f"a change of state until it is on disk, {len(every)} changes; {load()}")
    print(f"  bare SQLite commit, TRUNCATE and EXTRA: {ms(bare)}")
    print(f"  bare line at the end of a file, synced: {ms(synced)}")
    for what, taken in measured.taken.items():
        print(f"  {what}: median {ms(median(taken))}, p95 {ms(share(taken, 95))}")
    figure = median(every)
    print(f"  all: median {ms(figure)}, p95 {ms(share(every, 95))}, {figure / bare:.1f} times")
    print(f"  the bare commit; goal {ms(MOST)} in the median: {verdict(figure, MOST)}")


def live(repository: SqliteJobRepository, number: int, watch: Stopwatch) -> None:
    """One job from the click to its clip."""
    job = a_job(number)
    watch.time("clicked", lambda: repository.add(job))
    sent = watch.time("begun, with a receipt", lambda: repository.begin_attempt(job))
    accepted = replace(sent, state=JobState.QUEUED, request_id=f"request-{number}")
    job = watch.time(
        "accepted, with a receipt",
        lambda: repository.end_attempt(sent, accepted, SubmitClass.ACCEPTED),
    )
    result = '{"output": {"video": "https://results.example/clip.mp4"}}'
    clip = Clip(0, ClipKind.VIDEO, "https://results.example/clip.mp4?signature=" + "x" * 300)
    job = change(repository, job, replace(job, state=JobState.RUNNING), "running", watch)
    saved = replace(job, state=JobState.RESULT_SAVED, result=result, clips=(clip,))
    job = change(repository, job, saved, "result saved", watch)
    job = change(repository, job, replace(job, state=JobState.DOWNLOADING), "fetching", watch)
    landed = replace(clip, path=f"/clips/{number}.mp4", size=1, sha256="ab" * 32, landed=True)
    done = replace(job, state=JobState.DONE, clips=(landed,))
    change(repository, job, done, "done, with a receipt", watch)


def change(
    repository: SqliteJobRepository, before: Job, after: Job, what: str, watch: Stopwatch
) -> Job:
    return watch.time(what, lambda: repository.change(before, after))


def a_job(number: int) -> Job:
    now = SystemClock().now()
    picture = SentPicture("/pictures/coffee.png", "ab" * 32, "image/png")
    spec = JobSpec("maker/model", "Steam rises slowly. " * 20, 121, number, picture)
    return Job(f"job-{number:06}", JobState.PREPARED, "runcomfy", now, now, spec=spec)


def bare_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = TRUNCATE").fetchall()
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, state TEXT)")
    return connection


def commit(connection: sqlite3.Connection, number: int, watch: Stopwatch) -> None:
    def one() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows VALUES (?, 'prepared')", (number,))
        connection.execute("COMMIT")

    watch.time("commit", one)


def sync(path: Path, watch: Stopwatch) -> None:
    def one() -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, b"x" * 800 + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    watch.time("line", one)


if __name__ == "__main__":
    main()
