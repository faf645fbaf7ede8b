"""Forked processes that fight for one profile, and are killed while they hold it.

Run as a process of its own, which has no threads: PROFILE TRIALS SEED. Prints one JSON document:
how often two held at once, and the seconds from each kill to the next holder.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from dreamina_desktop.core.errors import ProfileBusyError
from dreamina_desktop.store.opening import make_ready
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.system_clock import SystemClock

RACERS = 3
_PAUSE = 0.002


def main() -> None:
    profile, trials, seed = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    chance = random.Random(seed)
    events = profile.with_name("events")
    for _ in range(trials):
        children = [_fork(profile, events, chance.random()) for _ in range(RACERS)]
        for child in children:
            os.waitpid(child, 0)
        _note(events, "over")
    print(json.dumps(_judged(events)))


def _fork(profile: Path, events: Path, dice: float) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _hold_once(profile, events, dice)
    finally:
        os._exit(0)


def _hold_once(profile: Path, events: Path, dice: float) -> None:
    while True:
        try:
            with ProfileLock(profile):
                make_ready(profile, SystemClock(), holder=True)
                _note(events, "in")
                time.sleep(0.05 * dice)
                if dice < 0.6:
                    _note(events, "killed")
                    os.kill(os.getpid(), signal.SIGKILL)
                _note(events, "out")
                return
        except ProfileBusyError:
            time.sleep(_PAUSE)


def _note(events: Path, what: str) -> None:
    # One short write to the end: whole, and in its place, whoever else writes.
    descriptor = os.open(events, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, f"{time.monotonic()} {os.getpid()} {what}\n".encode())
    os.close(descriptor)


def _judged(events: Path) -> dict[str, object]:
    inside, killed_at, twice, entered = "", 0.0, 0, 0
    gaps: list[float] = []
    for line in events.read_text("ascii").splitlines():
        at, pid, what = line.split()
        match what:
            case "in":
                twice += bool(inside)
                entered += 1
                if killed_at:
                    gaps.append(float(at) - killed_at)
                inside, killed_at = pid, 0.0
            case "killed" | "out":
                inside, killed_at = "", float(at) if what == "killed" else 0.0
            case _:
                killed_at = 0.0
    return {"two at once": twice, "held": entered, "gaps": gaps}


if __name__ == "__main__":
    main()
