"""Opens copies of an old profile in forked processes, each killed one step later than the last.

Run as a process of its own, which has no threads: DATABASE FOLDER. The copies are FOLDER/1, …; it
prints how many processes were killed before one came to its end.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dreamina_desktop.store.opening import open_jobs
from tests.store.sample_jobs import HandClock

FILE_CALLS = ("open", "write", "fsync", "replace", "rename", "link")


def main() -> None:
    database, folder = Path(sys.argv[1]), Path(sys.argv[2])
    moment, status = 0, -1
    while status != 0:
        moment += 1
        profile = folder / str(moment)
        profile.mkdir(parents=True)
        shutil.copyfile(database, profile / "dreamina.sqlite")
        child = os.fork()
        if not child:
            _open(profile, moment)
        status = os.waitpid(child, 0)[1]
        assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, status
    print(moment - 1)


def _open(profile: Path, moment: int) -> None:
    left = moment

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            step()
            return real(*arguments, **named)

        return call

    connect = sqlite3.connect

    def connect_traced(database: Any, *arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(database, *arguments, **named)
        if database != ":memory:":
            # A small cache makes SQLite write into the file before the commit.
            connection.execute("PRAGMA cache_size = 1")
            connection.set_trace_callback(step)
        return connection

    setattr(sqlite3, "connect", connect_traced)  # noqa: B010 - the checker knows better
    for name in FILE_CALLS:
        setattr(os, name, before(getattr(os, name)))
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.close()
    os._exit(0)


if __name__ == "__main__":
    main()
