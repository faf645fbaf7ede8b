from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dreamina_desktop.core.job import JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.receipts import Receipts
from tests.store.rows import attempts
from tests.store.sample_jobs import (
    prepared,
)

RACE = """
import sys, time
from dataclasses import replace
from pathlib import Path
from dreamina_desktop.core.errors import StateChangedError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.store.opening import open_jobs
from tests.store.sample_jobs import HandClock

profile, count = Path(sys.argv[1]), int(sys.argv[2])
repository, _ = open_jobs(profile, HandClock(), holder=False)
rows = [repository.get(f"job-{number}") for number in range(count)]
print("ready", flush=True)
sys.stdin.readline()
for row in rows:
    try:
        if sys.argv[3] == "send":
            repository.begin_attempt(row)
        else:
            repository.change(row, replace(row, state=JobState.CANCELLED))
        print(row.id, flush=True)
    except StateChangedError:
        pass
repository.close()
"""


def test_two_processes_never_win_the_same_row(
    repository: SqliteJobRepository, profile: Path
) -> None:
    count = 40
    for number in range(count):
        repository.add(prepared(f"job-{number}"))
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(profile), str(count), role],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for role in ("send", "send", "cancel")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [racer.communicate()[0].split() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    every = [job_id for ids in won for job_id in ids]
    assert sorted(every) == sorted(f"job-{number}" for number in range(count))
    for job_id in won[2]:
        assert repository.get(job_id).state is JobState.CANCELLED
    assert len(attempts(profile)) == len(won[0]) + len(won[1])
    sent = [receipt for receipt in Receipts(profile).read() if receipt.kind == "attempt"]
    assert len(sent) == len(won[0]) + len(won[1])
