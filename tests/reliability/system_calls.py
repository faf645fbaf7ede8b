"""What strace wrote down: which files and folders were changed, synced, and when bytes left."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_SYNCS = ("fsync", "fdatasync")
_WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate")
_NAMES = ("open", "openat", "creat", "rename", "renameat", "renameat2", "link", "linkat",
          "unlink", "unlinkat", "mkdir", "mkdirat")  # fmt: skip
_SENDS = ("sendto", "sendmsg")
_TRACED = ",".join((*_SYNCS, *_WRITES, *_NAMES, *_SENDS))

_LINE = re.compile(r"(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)")
_ENDED = re.compile(r"\) += (-?\d+)")
_DESCRIPTOR = re.compile(r"\d+<(.*?)>")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def tracer(report: Path) -> list[str]:
    """What to put before a command to have its calls written to ``report``."""
    return [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-s",
        "100",
        "-o",
        str(report),
        "-e",
        f"trace={_TRACED}",
    ]


def can_trace(folder: Path) -> bool:
    """Whether strace is here and may look at a process."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        [*tracer(folder / "tried.strace"), "true"], capture_output=True, check=False, timeout=30
    )
    return tried.returncode == 0


@dataclass(frozen=True, slots=True)
class Change:
    """Something under a path that a power cut may take back."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Sync:
    """All changes of the path are on disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The beginning of what was written to a connection."""

    text: str


type Event = Change | Sync | Sent


def events(lines: Iterable[str]) -> Iterator[Event]:
    """The calls in their order: what changes or leaves when it begins, a sync when it is over.

    A new, other or removed name changes its folder.
    """
    begun: dict[tuple[str, str], str] = {}
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        thread, resumed, called, rest = found.groups()
        name = resumed or called
        if resumed is None:
            yield from _begins(name, rest)
        if rest.endswith("<unfinished ...>"):
            begun[thread, name] = rest
            continue
        ended = _ENDED.search(rest)
        if name in _SYNCS and ended is not None and ended[1] == "0":
            at_beginning = begun.pop((thread, name), rest)
            yield Sync(_descriptor(at_beginning))


def unsynced_at(post: str, trace: Iterable[Event], folder: Path) -> list[frozenset[Change]]:
    """For each request that begins with ``post``: what was not on disk when it left.

    Looks at ``folder`` and all below it.
    """
    root = folder.as_posix()
    open_changes: list[Change] = []
    found = []
    for event in trace:
        match event:
            case Change(path) if path == root or path.startswith(root + "/"):
                open_changes.append(event)
            case Sync(path):
                open_changes = [change for change in open_changes if change.path != path]
            case Sent(text) if text.startswith(post):
                found.append(frozenset(open_changes))
    return found


def _begins(name: str, rest: str) -> Iterator[Event]:
    if name in _WRITES:
        text = _TEXT.search(rest)
        yield Change(_descriptor(rest), text[1].replace('\\"', '"') if text else name)
    elif name in _SENDS:
        text = _TEXT.search(rest)
        yield Sent(text[1] if text else "")
    elif name in _NAMES and (not name.startswith(("open", "creat")) or "O_CREAT" in rest):
        for path in _TEXT.findall(rest):
            yield Change(str(PurePosixPath(path).parent), f"{name} {PurePosixPath(path).name}")


def _descriptor(rest: str) -> str:
    found = _DESCRIPTOR.search(rest)
    return found[1] if found else ""
