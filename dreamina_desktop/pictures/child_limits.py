"""What the picture process may not do, whatever a file makes of its decoders.

On Linux the kernel limits memory, processor time, files and core dumps. macOS takes the same
limits but does not hold to the one on memory. Windows has none of them without job objects: there
the caps on pixels and bytes and the parent's patience have to do. What Python code may not begin
is refused everywhere.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST_MEMORY = 4 * 2**30
"""Bytes of address space; the costliest picture of 119 megapixels was seen to take 2.8 GiB."""

MOST_PROCESSOR_SECONDS = 40
"""For one order. The parent's patience is longer: a hang costs no more than this."""

_MOST_OPEN_FILES = 64
_NICENESS = 5
_FIRST_TO_GO = "1000"
_REFUSED = ("subprocess.", "socket.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


def limit_this_process() -> None:
    """For good. To be called once, when all that every picture needs has been imported."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)
    if sys.platform == "win32":
        _show_no_crash_dialog()
        return
    # The window comes first where there are few cores, and stays where memory runs out.
    os.nice(_NICENESS)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, "ascii")
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
        # Pipes are no files: only they can be written to.
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS knows some of these by name only.
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def limit_next_order(most_seconds: int = MOST_PROCESSOR_SECONDS) -> None:
    """From now on the process has so much more processor time; the kernel ends it after that."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + most_seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or soft <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    """An audit hook (PEP 578): no programs are begun (Pillow would, for EPS), nothing is sent."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)


def _show_no_crash_dialog() -> None:
    if sys.platform == "win32":
        import ctypes

        # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX
        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)
