"""Start to first painted window: the real program against a bare PySide6 window.

    python -m benchmarks.window_start

Fresh processes, in turn; from before the process begins until the first painting is on the screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.figures import load, ms, verdict, where

ROUNDS = 7
MOST = 1.5


def main() -> None:
    print(where())
    times: dict[str, list[float]] = {"bare": [], "real": []}
    for number in range(ROUNDS + 1):
        for what, found in times.items():
            with tempfile.TemporaryDirectory() as folder:
                seconds = start(what, Path(folder))
            # The first round writes byte code and fills the disk's cache.
            if number:
                found.append(seconds)
    bare, real = median(times["bare"]), median(times["real"])
    print(f"start to first painted window, median of {ROUNDS}, in turn; {load()}")
    print(f"  bare PySide6 window: {ms(bare)}")
    print(f"  the program: {ms(real)}")
    print(f"  ratio {real / bare:.2f}, goal at most {MOST}: {verdict(real / bare, MOST)}")


def start(what: str, folder: Path) -> float:
    """Seconds until the window is painted."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    command = [sys.executable, "-m", "benchmarks.window_client", what, str(folder)]
    began = time.monotonic()
    # The clock is the machine's, the same in every process.
    told = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return float(told.stdout) - began


if __name__ == "__main__":
    main()
