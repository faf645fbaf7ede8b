"""Runs all tests side by side; the few that fail there are tried once more, alone.

Many at once keep all cores busy, and what waits for a window, a server and a disk at the same
time may wait too long. A fault fails twice. What failed at first is printed either way.

Their files lie in memory where the system has a place for that: most of what the tests write is
to be on a disk before they go on, of which none outlives them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_FAILED = Path(".pytest_cache", "v", "cache", "lastfailed")
_SOME_FAILED = 1
MOST_TRIED_AGAIN = 3
"""More than these are no accident."""

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
LEAST_MEMORY = 4 * 2**30
"""Bytes that have to be free there: four times what the tests have been seen to write."""

_SIDE_BY_SIDE = ("-n", "auto", "--dist", "worksteal")
_COVERAGE = ("--cov", "--cov-report=json:build/coverage.json")
_MORE_COVERAGE = ("--cov-append",)


def main(arguments: list[str], folder: Path = _ROOT) -> int:
    """``arguments`` are handed to pytest; its exit code."""
    with _environment() as environment:
        code = _pytest(folder, environment, *_SIDE_BY_SIDE, *_COVERAGE, *arguments)
        failed = _failed(folder) if code == _SOME_FAILED else ()
        if not 0 < len(failed) <= MOST_TRIED_AGAIN:
            return code
        print("Failed beside others, tried again alone:", *failed, sep="\n  ", flush=True)
        again = ("--last-failed", *_COVERAGE, *_MORE_COVERAGE, *arguments)
        return _pytest(folder, environment, *again)


@contextmanager
def _environment() -> Iterator[dict[str, str]]:
    is_there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if not is_there or shutil.disk_usage(MEMORY).free < LEAST_MEMORY:
        yield dict(os.environ)
        return
    # Something that a test left behind may still be closing its files.
    with tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        yield {**os.environ, "TMPDIR": folder}


def _pytest(folder: Path, environment: dict[str, str], *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def _failed(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(json.loads((folder / _FAILED).read_text("utf-8")))
    except OSError:
        return ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
