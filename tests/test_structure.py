"""The house keeps its plan: arrows, names, sizes, resources, and nothing that belongs elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from tests.import_arrows import PACKAGE, broken_arrows

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = re.compile(r"\.git|\.venv|\..*_cache|\.hypothesis|__pycache__|build|dist|htmlcov|demo")
VAGUE = frozenset({"manager", "helper", "helpers", "util", "utils", "misc"})
LONGEST, LONG = 400, 250  # lines; at most a fifth of all files may be long

# Written so that the pattern itself names no host and no folder.
ELSEWHERE = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|crates|rubygems)\.(?:org|com|io)\b"
    r"|\b(?:deb|archive|mirror|registry|security)\.(?:debian|ubuntu|npmjs)\.(?:org|com)\b"
    r"|(?<![\w.])/(?:root|work)/\w"
)


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the checkout that is not made by a tool."""
    for path in sorted(folder.iterdir()):
        if NOT_OURS.fullmatch(path.name):
            continue
        if path.is_dir():
            yield from our_files(path)
        else:
            yield path


def our_sources() -> list[Path]:
    return [path for path in our_files() if path.suffix == ".py"]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def vague_words(name: str) -> frozenset[str]:
    return VAGUE.intersection(re.split(r"[._\W]+", name.lower()))


def too_long(lengths: dict[str, int]) -> list[str]:
    """The files beyond the longest; and, when too many are long, all that are."""
    wrong = [name for name, lines in lengths.items() if lines > LONGEST]
    long = [name for name, lines in lengths.items() if lines > LONG]
    if 5 * len(long) > len(lengths):
        return long
    return wrong


def load_resource(path: Path) -> None:
    """Read one resource to its end. Raises what its reader raises, LookupError without a reader."""
    match path.suffix:
        case ".json":
            json.loads(path.read_text(encoding="utf-8"))
        case ".png":
            with Image.open(path, formats=["PNG"]) as picture:
                picture.load()
        case ".svg":
            from PySide6.QtSvg import QSvgRenderer

            if not QSvgRenderer(str(path)).isValid():
                raise ValueError(path)
        case ".md":
            path.read_text(encoding="utf-8")
        case _:
            raise LookupError(f"no reader for {path.name}: add one here")


def test_imports_follow_the_arrows() -> None:
    sources = [path for path in our_sources() if path.is_relative_to(ROOT / PACKAGE)]
    assert sources
    wrong = [
        line
        for path in sources
        for line in broken_arrows(PurePosixPath(named(path)), path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)


def test_names_say_what_is_inside() -> None:
    assert not [named(path) for path in our_sources() if vague_words(named(path))]


def test_files_fit_in_one_sitting() -> None:
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in our_sources()
    }
    assert not too_long(lengths)


def test_nothing_names_a_registry_or_a_folder_of_one_machine() -> None:
    wrong = []
    for path in our_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or the like
        wrong += [f"{named(path)}: {found.group()}" for found in ELSEWHERE.finditer(text)]
    assert not wrong


@pytest.mark.parametrize("path", list(our_files(ROOT / "resources")), ids=named)
def test_every_resource_loads(path: Path) -> None:
    load_resource(path)


# The checks themselves, on sources made up to break them.


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/x.py", "import dreamina_desktop.api.client"),
        ("core/x.py", "from dreamina_desktop import store"),
        ("core/x.py", "import httpx"),
        ("core/x.py", "import os.path"),
        ("core/x.py", "from io import BytesIO"),
        ("core/x.py", "import urllib.request"),
        ("core/x.py", "from urllib import request"),
        ("core/x.py", "def f():\n    import sqlite3"),
        ("core/x.py", "def f(path):\n    return path.read_text()"),
        ("core/x.py", "def f(path):\n    return open(path)"),
        ("core/x.py", "import importlib\nimportlib.import_module('socket')"),
        ("core/x.py", "from importlib import import_module\nimport_module('PySide' + '6')"),
        ("core/deep/x.py", "from ...store import database"),
        ("api/x.py", "from dreamina_desktop.store import database"),
        ("api/x.py", "from ..store.database import Database"),
        ("api/x.py", "from .. import store"),
        ("store/x.py", "if TYPE_CHECKING:\n    from dreamina_desktop.jobs.engine import Engine"),
        ("store/x.py", "import dreamina_desktop"),
        ("jobs/x.py", "from dreamina_desktop.resources import resource"),
        ("jobs/x.py", "import httpx"),
        ("practice/x.py", "from dreamina_desktop.core.validation import judge"),
        ("practice/x.py", "from dreamina_desktop.core import model_spec, validation"),
        ("practice/x.py", "from dreamina_desktop.api.wire import Wire"),
        ("words/x.py", "from PySide6.QtCore import QCoreApplication"),
        ("video/x.py", "def f():\n    from PySide6 import QtGui"),
        ("cli.py", "import PySide6"),
        ("ui/x.py", "from dreamina_desktop.store.database import Database"),
        ("resources.py", "from dreamina_desktop.core.job import Job"),
        ("attic/x.py", "import json"),
    ],
)
def test_a_broken_arrow_is_found(file: str, source: str) -> None:
    assert broken_arrows(PurePosixPath(PACKAGE, file), source)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("core/x.py", "from dreamina_desktop.core.job import Job\nfrom pathlib import Path"),
        ("core/x.py", "from urllib.parse import urlsplit\nimport json\nfrom . import job"),
        ("core/deep/x.py", "from ..job import Job"),
        ("api/x.py", "import httpx\nfrom dreamina_desktop.core import errors"),
        ("api/__init__.py", "from .client import Client"),
        ("store/x.py", "import os, sqlite3\nfrom dreamina_desktop.resources import resource"),
        ("jobs/x.py", "import asyncio\nfrom dreamina_desktop.core.ports import Clock"),
        ("practice/x.py", "from dreamina_desktop.core.model_spec import ModelSpec"),
        ("practice/x.py", "from dreamina_desktop.video import clip_file"),
        ("ui/x.py", "from PySide6.QtWidgets import QWidget\nfrom dreamina_desktop.jobs import a"),
        ("cli.py", "from dreamina_desktop import __version__\nimport dreamina_desktop.store"),
        ("app.py", "import PySide6\nimport dreamina_desktop.ui.main_window"),
    ],
)
def test_a_straight_arrow_is_left_in_peace(file: str, source: str) -> None:
    assert broken_arrows(PurePosixPath(PACKAGE, file), source) == []


def test_vague_names_are_found() -> None:
    for name in ("api/utils.py", "store/file_helpers.py", "job_manager.py", "misc/x.py"):
        assert vague_words(name)
    assert not vague_words("video/utility_belt.py")


def test_long_files_are_found() -> None:
    short = {f"{number}.py": 250 for number in range(8)}
    assert too_long({**short, "a.py": 400, "b.py": 251}) == []
    assert too_long({**short, "a.py": 401}) == ["a.py"]
    assert too_long({**short, "a.py": 251, "b.py": 251, "c.py": 251}) == ["a.py", "b.py", "c.py"]


@pytest.mark.parametrize(
    "parts",
    [("https://files.python", "hosted.org/x"), ("https://py", "pi.org/simple"), (" /ro", "ot/x")],
)
def test_a_named_registry_is_found(parts: tuple[str, str]) -> None:
    assert ELSEWHERE.search("".join(parts))
    assert not ELSEWHERE.search(" ".join(parts))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b"{"), ("a.png", b"\x89PNG\r\n\x1a\n"), ("a.svg", b"<svg"), ("a.ogg", b"")],
)
def test_a_resource_that_does_not_load_is_found(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((ValueError, OSError, SyntaxError, LookupError)):
        load_resource(path)


def test_a_truncated_picture_is_found(tmp_path: Path) -> None:
    sample = ROOT / "resources" / "samples" / "coffee.png"
    path = tmp_path / "half.png"
    path.write_bytes(sample.read_bytes()[:100_000])
    with pytest.raises(OSError, match="truncated"):
        load_resource(path)
