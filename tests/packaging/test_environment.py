"""``.venv`` is made once, renewed when something changed, and never trusted half-made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.packaging.scripts import load_script


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, at work on a checkout of its own with one input file of each kind."""
    module = load_script("environment")
    checkout = tmp_path / "my checkout"
    for name in (*(f"packaging/{lock}" for lock in module.LOCKS.values()),
                 "pyproject.toml", "dreamina_desktop/__init__.py"):  # fmt: skip
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(name, encoding="utf-8")
    venv = checkout / ".venv"
    venv.mkdir()
    monkeypatch.setattr(module, "CHECKOUT", checkout)
    monkeypatch.setattr(module, "VENV", venv)
    monkeypatch.setattr(
        module, "PYTHON", venv / module.PYTHON.relative_to(module.PYTHON.parents[1])
    )
    monkeypatch.setattr(module, "STAMP", venv / "setup.json")
    monkeypatch.setattr(module, "LOCK", venv / "setup.lock")
    return module


@pytest.fixture
def installed(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Real environments, but pip's work is only noted down: ``made`` or the level asked for."""
    done: list[str] = []
    run = environment.run

    def noted_run(python: Any, *arguments: str) -> None:
        done.append("made")
        run(python, *arguments, "--without-pip")
        site = subprocess.run(
            [environment.PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            stdout=subprocess.PIPE, text=True, check=True,
        ).stdout.strip()  # fmt: skip
        (Path(site) / "pip.py").touch()

    def noted_install(level: str) -> None:
        assert environment.read_stamp().level is None, "the stamp must say: unfinished"
        done.append(level)

    monkeypatch.setattr(environment, "run", noted_run)
    monkeypatch.setattr(environment, "install", noted_install)
    return done


def test_a_second_run_does_nothing(environment: ModuleType, installed: list[str]) -> None:
    environment.prepare("runtime")
    environment.prepare("runtime")
    assert installed == ["made", "runtime"]


def test_tools_are_added_once_and_include_the_program(
    environment: ModuleType, installed: list[str]
) -> None:
    for level in ("runtime", "dev", "runtime", "dev"):
        environment.prepare(level)
    assert installed == ["made", "runtime", "dev"]


@pytest.mark.parametrize(
    "name",
    ["packaging/requirements.txt", "packaging/requirements-dev.txt", "pyproject.toml",
     "dreamina_desktop/__init__.py"],
)  # fmt: skip
def test_a_changed_input_installs_again(
    environment: ModuleType, installed: list[str], name: str
) -> None:
    environment.prepare("dev")
    (environment.CHECKOUT / name).write_text("changed", encoding="utf-8")
    environment.prepare("dev")
    assert installed == ["made", "dev", "dev"]


def leave_unfinished(environment: ModuleType) -> None:
    environment.write_stamp(replace(environment.read_stamp(), level=None))


def move(environment: ModuleType) -> None:
    environment.write_stamp(replace(environment.read_stamp(), checkout="elsewhere"))


def come_from_another_python(environment: ModuleType) -> None:
    environment.write_stamp(replace(environment.read_stamp(), python="3.12.0 elsewhere"))


def lose_pip(environment: ModuleType) -> None:
    (found,) = environment.VENV.rglob("pip.py")
    found.unlink()


def lose_python(environment: ModuleType) -> None:
    environment.PYTHON.unlink()


def lose_stamp_and_python(environment: ModuleType) -> None:
    environment.STAMP.write_text("{", encoding="utf-8")
    environment.PYTHON.unlink()


@pytest.mark.parametrize(
    "harm",
    [leave_unfinished, move, come_from_another_python, lose_pip, lose_python,
     lose_stamp_and_python],
)  # fmt: skip
def test_what_cannot_be_trusted_is_made_anew(
    environment: ModuleType, installed: list[str], harm: Callable[[ModuleType], None]
) -> None:
    environment.prepare("dev")
    stray = environment.VENV / "stray" / "file"
    stray.parent.mkdir()
    stray.touch()
    harm(environment)
    environment.prepare("dev")
    assert installed == ["made", "dev", "made", "dev"]
    assert not stray.parent.exists()


def test_one_made_by_hand_is_built_upon(environment: ModuleType, installed: list[str]) -> None:
    environment.prepare("dev")
    environment.STAMP.unlink()
    environment.prepare("dev")
    assert installed == ["made", "dev", "dev"]


def test_a_failed_update_leaves_what_was_there(
    environment: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare("dev")
    before = environment.read_stamp()
    (environment.CHECKOUT / "pyproject.toml").write_text("changed", encoding="utf-8")

    def without_network(level: str) -> None:
        raise subprocess.CalledProcessError(1, ["pip"])

    with monkeypatch.context() as offline:
        offline.setattr(environment, "install", without_network)
        with pytest.raises(subprocess.CalledProcessError):
            environment.prepare("dev")
    assert environment.read_stamp() == before
    environment.prepare("dev")
    assert installed == ["made", "dev", "dev"]


def test_a_second_set_up_waits_for_the_first(environment: ModuleType) -> None:
    waits = (
        "import fcntl, sys\n"
        "with open(sys.argv[1], 'a') as file:\n"
        "    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)"
    )
    if sys.platform == "win32":
        waits = (
            "import msvcrt, sys\n"
            "with open(sys.argv[1], 'a') as file:\n"
            "    msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)"
        )
    command = [sys.executable, "-I", "-c", waits, environment.LOCK]
    with environment.alone():
        assert subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0
    assert subprocess.run(command, check=False).returncode == 0


def test_nothing_of_the_caller_leads_pip_astray(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in environment.LEADS_ASTRAY:
        monkeypatch.setenv(name, str(tmp_path / "astray"))
    monkeypatch.setenv("PIP_USER", "1")
    probe = tmp_path / "probe.json"
    seen: list[dict[str, str]] = []

    def note(command: list[Any], env: dict[str, str], **_: Any) -> None:
        seen.append(env)

    monkeypatch.setattr(environment.subprocess, "run", note)
    environment.run(sys.executable, "pip", "install", str(probe))
    assert not seen[0].keys() & set(environment.LEADS_ASTRAY)
    assert (seen[0]["PIP_USER"], seen[0]["PIP_REQUIRE_VIRTUALENV"]) == ("0", "1")
