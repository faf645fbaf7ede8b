"""The processes of this machine, as Linux shows them in its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """``arguments`` and ``environment`` as they were when it began, ended by zero bytes."""

    pid: int
    arguments: bytes
    environment: bytes


def can_be_seen() -> bool:
    """Whether this machine shows them."""
    return (PROC / "self" / "environ").exists()


def below(pid: int) -> list[Process]:
    """The children of a process, their children, and so on."""
    parents = _parents()
    family, found = {pid}, []
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
        found += [process for child in sorted(more) if (process := _read(child)) is not None]
    return found


def exists(pid: int) -> bool:
    """Whether it has not ended yet."""
    return (PROC / str(pid)).exists()


def _parents() -> dict[int, int]:
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            # The name in brackets may hold anything, also brackets.
            rest = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(folder.name)] = int(rest[1])
    return parents


def _read(pid: int) -> Process | None:
    folder = PROC / str(pid)
    try:
        return Process(pid, (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes())
    except OSError:
        return None
