"""What one job costs: requests, CPU seconds, memory, and waiting that nobody asked for.

    python -m benchmarks.job_cost [--jobs N]

Runs the engine with its real rules of politeness (at most two requests a second in all), so that
100 jobs at once take some minutes. Every figure stands beside its floor, measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from dreamina_desktop.practice.child_command import child_environment
from dreamina_desktop.practice.process import PracticeProcess

# Clips of a tenth of each side, no queue: the server shall not be what is measured.
SERVER = {"queue_seconds": 0, "clip_scale": 0.1, "record": True, "balance": "1000000"}
IDLE_SECONDS = 10.0
BARE_JOBS = 10
TRANSFERS = 20
FEWEST_REQUESTS = 4  # a submit, a status, a result, a file

type Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ways:
    """Seconds from the poll that read ``completed``: to each next request, and to the file."""

    to_result: float
    to_download: float
    to_file: float

    @property
    def whole(self) -> float:
        return self.to_result + self.to_download + self.to_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=100, help="jobs at once (default 100)")
    count = parser.parse_args().jobs
    where = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{where}; load {_load()}")
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder) / "idle") as server:
        idle = _client(server, Path(folder) / "idle", "engine", 0, "--idle", str(IDLE_SECONDS))
        bare = _client(server, Path(folder) / "bare", "bare", BARE_JOBS)
    _tell_floors(idle, bare)
    for jobs in dict.fromkeys((1, count)):
        with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as server:
            began = time.monotonic()
            told = _client(server, Path(folder), "engine", jobs)
            _tell(jobs, told, _requests(Path(folder)), _transfer(told), idle, bare)
            print(f"  run time {time.monotonic() - began:.0f} s; load {_load()}")


def _tell_floors(idle: Told, bare: Told) -> None:
    print("floors")
    print(f"  idle process: {_mb(idle['peak_bytes'])} MB at most, {idle['cpu']:.2f} s of CPU to")
    print(f"    start and then {1000 * _idle_rate(idle):.1f} ms of CPU a second")
    print(f"  bare requests: {1000 * bare['working_cpu'] / BARE_JOBS:.0f} ms of CPU a job")


def _tell(
    jobs: int, told: Told, requests: list[Told], transfer: float, idle: Told, bare: Told
) -> None:
    ways = [_ways(job, requests) for job in told["jobs"]]
    cpu = (told["working_cpu"] - _idle_rate(idle) * told["seconds"]) / jobs
    floor = bare["working_cpu"] / BARE_JOBS
    print(f"{jobs} job{'s at once' if jobs > 1 else ''}: {told['seconds']:.1f} s")
    print(
        f"  requests a job: {len(requests) / jobs:.2f}"
        f" (floor {FEWEST_REQUESTS}; × {len(requests) / jobs / FEWEST_REQUESTS:.2f})"
    )
    print(f"  shortest time in which three of them arrived: {_three_within(requests):.2f} s")
    print(
        f"  CPU a job: {1000 * cpu:.0f} ms above idling"
        f" (floor {1000 * floor:.0f} ms; × {cpu / floor:.1f});"
        f" whole process {told['cpu']:.2f} s"
    )
    print(
        f"  memory at most: {_mb(told['peak_bytes'])} MB"
        f" ({_mb_above(told['peak_bytes'], idle['peak_bytes'])} MB above an idle process)"
    )
    print(
        f"  from the poll that read `completed` to the whole file, minus {transfer:.3f} s of bare"
    )
    print(f"    transfer: {_spread([way.whole - transfer for way in ways])}")
    print(f"    to the request for the result {_spread([way.to_result for way in ways])}")
    print(f"    from there to the download    {_spread([way.to_download for way in ways])}")
    print(f"    from there to DONE on disk    {_spread([way.to_file for way in ways])}")


def _ways(job: Told, requests: Sequence[Told]) -> Ways:
    """All times are those of arrival at the server; both processes read the same clock."""
    own = [request for request in requests if job["request_id"] in request["path"]]
    result = next(request for request in own if request["path"].endswith("/result"))
    poll = [request for request in own if request["path"].endswith("/status")][-1]
    download = next(request for request in own if request["path"].endswith(".mp4"))
    return Ways(
        to_result=result["time"] - poll["time"],
        to_download=download["time"] - result["time"],
        to_file=job["done"] - download["time"],
    )


def _transfer(told: Told) -> float:
    """Seconds in which a plain client brings one of the same files to the disk."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder, httpx.Client(trust_env=False) as client:
        for number in range(TRANSFERS):
            job = told["jobs"][number % len(told["jobs"])]
            began = time.monotonic()
            answer = client.get(job["address"], headers={"Connection": "close"})
            answer.raise_for_status()
            with (Path(folder) / str(number)).open("wb") as file:
                file.write(answer.content)
                file.flush()
                os.fsync(file.fileno())
            seconds.append(time.monotonic() - began)
    return median(seconds)


def _client(server: PracticeProcess, folder: Path, what: str, jobs: int, *more: str) -> Told:
    most = 120 + 10 * jobs
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.job_client", what, "--folder", str(folder)),
            *("--api-url", server.url, "--jobs", str(jobs), "--most", str(most), *more),
        ],
        env=child_environment() | {"RUNCOMFY_API_TOKEN": server.key},
        stdout=subprocess.PIPE,
        check=True,
        timeout=most + 60,
    )
    told: Told = json.loads(ended.stdout)
    return told


@contextmanager
def _server(folder: Path) -> Iterator[PracticeProcess]:
    folder.mkdir(exist_ok=True)
    trouble = folder / "trouble.json"
    trouble.write_text(json.dumps(SERVER), "utf-8")
    with PracticeProcess(folder / "provider", trouble=trouble) as server:
        yield server


def _requests(folder: Path) -> list[Told]:
    text = (folder / "provider" / "requests.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _three_within(requests: Sequence[Told]) -> float:
    """At least a second, if at most two a second leave."""
    times = sorted(request["time"] for request in requests)
    return float(min(third - first for first, third in zip(times, times[2:], strict=False)))


def _idle_rate(idle: Told) -> float:
    """CPU seconds a second of an engine without jobs."""
    rate: float = idle["working_cpu"] / idle["seconds"]
    return rate


def _spread(seconds: Sequence[float]) -> str:
    if len(seconds) == 1:
        return f"{seconds[0]:.2f} s"
    return f"median {median(seconds):.2f} s, most {max(seconds):.2f} s"


def _mb(size: int | None) -> str:
    return "?" if size is None else f"{size / 1e6:.0f}"


def _mb_above(size: int | None, floor: int | None) -> str:
    return "?" if size is None or floor is None else f"{(size - floor) / 1e6:.0f}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    main()
