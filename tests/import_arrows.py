"""Reads the imports of a module and says which of them break the arrows of the architecture."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

PACKAGE = "dreamina_desktop"

# Room (folder, or module beside them): what it may import of the others. A room knows itself.
ARROWS: dict[str, frozenset[str]] = {
    "__init__": frozenset(),
    "crash_log": frozenset(),
    "redacted_output": frozenset({"core"}),
    "resources": frozenset(),
    "system_clock": frozenset(),
    "core": frozenset(),
    "api": frozenset({"core", "resources"}),
    "hosting": frozenset({"core", "resources"}),
    "pictures": frozenset({"core", "resources"}),
    "video": frozenset({"core", "resources"}),
    "store": frozenset({"core", "resources"}),
    "jobs": frozenset({"core"}),
    "practice": frozenset({"core.model_spec", "video", "resources"}),
    "words": frozenset({"core"}),
    "ui": frozenset({"core", "words", "pictures", "video", "jobs", "resources", "redacted_output"}),
}
KNOW_ALL = frozenset({"app", "cli", "composition", "diagnostics", "engine_assembly", "__main__"})
MAY_KNOW_QT = frozenset({"ui", "app", "__main__"})
QT = frozenset({"PySide6", "shiboken6"})
STANDARD_LIBRARY_ONLY = frozenset({"core", "jobs"})

# Ways of core's standard library to the world outside. pathlib stays for its types alone.
OUTSIDE = frozenset({
    "asyncio", "ctypes", "fcntl", "glob", "http", "io", "locale", "logging", "mmap", "msvcrt",
    "multiprocessing", "os", "platform", "select", "selectors", "shelve", "shutil", "signal",
    "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "sys", "tempfile",
    "threading", "urllib.request", "webbrowser", "winreg",
})  # fmt: skip
OUTSIDE_CALLS = frozenset({
    "chmod", "exists", "glob", "hardlink_to", "is_dir", "is_file", "iterdir", "lstat", "mkdir",
    "open", "print", "read_bytes", "read_text", "rename", "rglob", "rmdir", "samefile", "stat",
    "symlink_to", "touch", "unlink", "write_bytes", "write_text",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, absolute and as long as it is written: ``a.b.name``."""

    line: int
    name: str

    def within(self, prefix: str) -> bool:
        """Whether it is ``prefix`` or something in it."""
        return self.name == prefix or self.name.startswith(f"{prefix}.")


def room_of(path: PurePosixPath) -> str:
    """The room of a file, e.g. ``core`` of ``dreamina_desktop/core/job.py``."""
    return path.parts[1].removesuffix(".py")


def imports_of(path: PurePosixPath, source: str) -> Iterator[Import]:
    """Every import of ``source``, wherever it stands: in functions and for types only too."""
    folder = path.parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else ()
            start = ".".join((*above, *filter(None, [node.module])))
            yield from (Import(node.lineno, f"{start}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield Import(node.lineno, name)
                case _:
                    yield Import(node.lineno, "<computed>")


def broken_arrows(path: PurePosixPath, source: str) -> list[str]:
    """What is wrong with the imports of one module; ``path`` begins with the package's name."""
    room = room_of(path)
    if room not in ARROWS and room not in KNOW_ALL:
        return [f"{path}: the room {room} has no rule"]
    wrong = [
        f"{path}:{found.line}: {room} must not import {found.name}"
        for found in imports_of(path, source)
        if not _allowed(room, found)
    ]
    if room == "core":
        wrong += [f"{path}:{line}: core must not call {name}" for line, name in _reaches(source)]
    return wrong


def _allowed(room: str, found: Import) -> bool:
    if found.within(PACKAGE):
        inner = found.name.removeprefix(PACKAGE).removeprefix(".")
        if room in KNOW_ALL:
            return True
        allowed = ARROWS[room] | {room, "__version__"}
        return any(Import(found.line, inner).within(prefix) for prefix in allowed)
    top = found.name.partition(".")[0]
    if top in QT:
        return room in MAY_KNOW_QT
    if room in STANDARD_LIBRARY_ONLY and top not in sys.stdlib_module_names:
        return False
    return room != "core" or not any(found.within(name) for name in OUTSIDE)


def _reaches(source: str) -> Iterator[tuple[int, str]]:
    """The calls by which a rule would touch a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in OUTSIDE_CALLS:
            yield node.lineno, _called(node)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
