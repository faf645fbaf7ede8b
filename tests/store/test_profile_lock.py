from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, ProfileBusyError
from dreamina_desktop.store.profile_lock import ProfileLock


def test_one_holder(profile: Path) -> None:
    first, second = ProfileLock(profile), ProfileLock(profile)
    first.acquire()
    assert first.held
    with pytest.raises(ProfileBusyError):
        second.acquire()
    assert not second.held
    first.release()
    first.release()
    with second:
        assert second.held
        with pytest.raises(ProfileBusyError):
            first.acquire()
    first.acquire()
    first.release()


def test_another_thread_may_release(profile: Path) -> None:
    lock = ProfileLock(profile)
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    with ProfileLock(profile):
        assert not lock.held


def test_a_folder_that_cannot_be_is_a_disk_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="lock"):
        ProfileLock(tmp_path / "file" / "profile").acquire()


HOLDER = """
import sys, time
from pathlib import Path
from dreamina_desktop.store.profile_lock import ProfileLock

lock = ProfileLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.readline()
"""


def test_the_lock_ends_with_its_process_however_it_ends(profile: Path) -> None:
    for end in ("killed", "done"):
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(profile)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ProfileBusyError):
            ProfileLock(profile).acquire()
        if end == "killed":
            holder.kill()
        holder.communicate("go\n" if end == "done" else None)
        with ProfileLock(profile):
            pass


def test_of_many_processes_at_once_one_holds(profile: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(profile)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    # Those that lost have ended by the error, the winner waits.
    lost = 0
    while lost < 4:
        time.sleep(0.02)
        lost = sum(racer.poll() is not None for racer in racers)
    (winner,) = (racer for racer in racers if racer.poll() is None)
    outputs = [racer.communicate("go\n" if racer is winner else None) for racer in racers]
    assert sum("held" in out for out, _ in outputs) == 1
    assert sum("ProfileBusyError" in errors for _, errors in outputs) == 4
