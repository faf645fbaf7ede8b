"""Runs all tests side by side; the few that fail there are tried once more, alone.

Many at once keep both cores busy, and what waits for a window, a server and a disk at the same
time may wait too long. A fault fails twice. What failed at first is printed either way.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_FAILED = Path(".pytest_cache", "v", "cache", "lastfailed")
_SOME_FAILED = 1
MOST_TRIED_AGAIN = 3
"""More than these are no accident."""

_SIDE_BY_SIDE = ("-n", "auto", "--dist", "worksteal")
_COVERAGE = ("--cov", "--cov-report=json:build/coverage.json")
_MORE_COVERAGE = ("--cov-append",)


def main(arguments: list[str], folder: Path = _ROOT) -> int:
    """``arguments`` are handed to pytest; its exit code."""
    code = _pytest(folder, *_SIDE_BY_SIDE, *_COVERAGE, *arguments)
    failed = _failed(folder) if code == _SOME_FAILED else ()
    if not 0 < len(failed) <= MOST_TRIED_AGAIN:
        return code
    print("Failed beside others, tried again alone:", *failed, sep="\n  ", flush=True)
    return _pytest(folder, "--last-failed", *_COVERAGE, *_MORE_COVERAGE, *arguments)


def _pytest(folder: Path, *arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=folder, check=False).returncode


def _failed(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(json.loads((folder / _FAILED).read_text("utf-8")))
    except OSError:
        return ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
