"""The lock files hold names, versions, markers and hashes of everything, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.packaging.scripts import ROOT

RUNTIME = ROOT / "packaging" / "requirements.txt"
DEVELOPMENT = ROOT / "packaging" / "requirements-dev.txt"
LOCKED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; (?P<marker>[^\\]+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
REASON = re.compile(
    r"# via|# (via |  )([\w.-]+( \(pyproject\.toml(:\w+)?\))?|-c packaging/requirements\.txt)"
)
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


def read(text: str) -> dict[str, tuple[Requirement, int]]:
    """Each locked requirement with the number of its hashes. Raises ValueError for other lines."""
    found: dict[str, tuple[Requirement, int]] = {}
    name = ""
    for line in text.splitlines():
        words = line.removesuffix("\\").strip()
        if LOCKED.fullmatch(words):
            requirement = Requirement(words)
            name = canonicalize_name(requirement.name)
            found[name] = (requirement, 0)
        elif HASH.fullmatch(words):
            requirement, hashes = found[name]
            found[name] = (requirement, hashes + 1)
        elif not REASON.fullmatch(words):
            raise ValueError(line)
    return found


def environments() -> Iterator[dict[str, str]]:
    """What markers are judged by on each supported system and Python."""
    for platform, system in SYSTEMS.items():
        for version in ("3.12", "3.13", "3.14"):
            yield {
                "sys_platform": platform,
                "platform_system": system,
                "os_name": "nt" if platform == "win32" else "posix",
                "python_version": version,
                "python_full_version": f"{version}.0",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }


def wanted(*groups: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [project["project"]["dependencies"]] if "runtime" in groups else []
    lists += [project["dependency-groups"][group] for group in groups if group != "runtime"]
    return [Requirement(line) for lines in lists for line in lines]


@pytest.mark.parametrize("path", [RUNTIME, DEVELOPMENT], ids=lambda path: path.name)
def test_all_is_pinned_with_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    locked = read(text)
    assert len(locked) > 20
    assert not [name for name, (_, hashes) in locked.items() if hashes == 0]


@pytest.mark.parametrize(
    ("path", "groups"),
    [(RUNTIME, ("runtime", "build")), (DEVELOPMENT, ("runtime", "build", "dev"))],
    ids=["runtime", "dev"],
)
@pytest.mark.parametrize(
    "environment", list(environments()), ids=lambda e: f"{e['sys_platform']}-{e['python_version']}"
)
def test_what_the_project_asks_for_is_locked_everywhere(
    path: Path, groups: tuple[str, ...], environment: dict[str, str]
) -> None:
    locked = read(path.read_text(encoding="utf-8"))
    for requirement in wanted(*groups):
        if requirement.marker is not None and not requirement.marker.evaluate(environment):
            continue
        found, _ = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(next(iter(found.specifier)).version), requirement
        assert found.marker is None or found.marker.evaluate(environment), requirement


def test_both_files_hold_the_same_versions() -> None:
    runtime, development = (read(path.read_text("utf-8")) for path in (RUNTIME, DEVELOPMENT))
    assert {name: str(found.specifier) for name, (found, _) in runtime.items()} == {
        name: str(development[name][0].specifier) for name in runtime
    }


@pytest.mark.parametrize(
    "line",
    ["--find-links somewhere", "-e .", "httpx>=1", "httpx @ file:x", "# from http://host/simple"],
)
def test_anything_else_in_a_lock_file_is_found(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        read(f"h11==0.16.0 \\\n    --hash=sha256:{'0' * 64}\n{line}\n")
