"""Makes and renews ``.venv``: the locked dependencies and the project itself.

Run through ``setup.sh``, which finds the Python that runs this file. Nothing is asked of the
network, and pip is not even started, while the stamp in ``.venv`` says that all is there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "setup.json"
LOCK = VENV / "setup.lock"
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}

# Settings of the caller's shell that would make pip install elsewhere than into .venv.
LEADS_ASTRAY = ("PIP_PREFIX", "PIP_REQUIRE_HASHES", "PIP_ROOT", "PIP_TARGET", "PYTHONHOME",
                "PYTHONPATH", "VIRTUAL_ENV")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stamp:
    """What ``.venv`` holds. ``level`` is None while something is being installed."""

    checkout: str
    python: str
    inputs: str
    level: str | None


def inputs() -> str:
    """A hash of every file that decides what is installed."""
    digest = hashlib.sha256()
    locks = (f"packaging/{name}" for name in LOCKS.values())
    for path in (*locks, "pyproject.toml", "dreamina_desktop/__init__.py"):
        digest.update((CHECKOUT / path).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def read_stamp() -> Stamp | None:
    """The stamp of a former run; None where there is none that can be read."""
    try:
        return Stamp(**json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_stamp(stamp: Stamp) -> None:
    """Replace the stamp in one step, so that it is never read half-written."""
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    new.replace(STAMP)


def can_be_kept(stamp: Stamp | None, wanted: Stamp) -> bool:
    """Whether ``.venv`` can be built upon: right place, right Python, not left half-made.

    One that somebody made by hand has no stamp; it is judged by its Python alone.
    """
    if stamp is not None:
        if stamp.level is None:
            return False
        if (stamp.checkout, stamp.python) != (wanted.checkout, wanted.python):
            return False
    question = "import sys, pip; print(sys.version, sys.base_prefix)"
    try:
        answer = subprocess.run(
            [PYTHON, "-I", "-c", question], capture_output=True, encoding="utf-8", check=False
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == wanted.python


@contextmanager
def alone() -> Iterator[None]:
    """Hold off a second set-up of this checkout until this one is over."""
    with LOCK.open("a", encoding="utf-8") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            # Left open to pip, which holds the lock on when it outlives this process.
            fcntl.fcntl(file, fcntl.F_SETFD, 0)
        yield


def empty() -> None:
    """Remove all of ``.venv`` but its lock and the stamp, which says that it is unfinished."""
    for path in VENV.iterdir():
        if path in (STAMP, LOCK):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def run(python: str | Path, *arguments: str) -> None:
    """Run a module of ``python``. Raises CalledProcessError when it fails."""
    surroundings = {name: value for name, value in os.environ.items() if name not in LEADS_ASTRAY}
    surroundings |= {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "1"}
    command = [python, "-I", "-m", *arguments]
    subprocess.run(command, cwd=CHECKOUT, env=surroundings, close_fds=False, check=True)


def pip_install(*arguments: str) -> None:
    """Let pip install into ``.venv``. Raises CalledProcessError when it fails."""
    quiet = () if sys.stderr.isatty() else ("--quiet",)
    run(PYTHON, "pip", "install", "--disable-pip-version-check", "--no-input", *quiet, *arguments)


def install(level: str) -> None:
    """Install what is locked for ``level``. Raises CalledProcessError when that fails."""
    print("Installing the locked dependencies (some 100 MB the first time)...", flush=True)
    # Wheels only: building from source would fetch build tools that no hash is known of.
    pip_install("--require-hashes", "--only-binary", ":all:", "-r", f"packaging/{LOCKS[level]}")
    pip_install("--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")


def prepare(level: str) -> None:
    """Bring ``.venv`` to ``level``. Raises CalledProcessError when a step of it fails."""
    wanted = Stamp(str(CHECKOUT), f"{sys.version} {sys.base_prefix}", inputs(), level)
    stamp = read_stamp()
    keep = can_be_kept(stamp, wanted)
    if keep and stamp and stamp.inputs == wanted.inputs and stamp.level in (level, "dev"):
        return
    write_stamp(Stamp(wanted.checkout, wanted.python, wanted.inputs, None))
    if not keep:
        print(f"Making .venv with Python {sys.version.split()[0]}...", flush=True)
        empty()
        run(sys.executable, "venv", str(VENV))
    try:
        install(level)
    except subprocess.CalledProcessError:
        # Without a network nothing was changed: what could be kept still can.
        if keep and stamp:
            write_stamp(stamp)
        raise
    write_stamp(wanted)


def main() -> int:
    """Prepare the environment, then Qt's shared libraries; 0 when the target can go on."""
    parser = argparse.ArgumentParser(prog="packaging/setup.sh")
    parser.add_argument("level", choices=LOCKS)
    parser.add_argument("qt", choices=["want", "need"])
    asked = parser.parse_args()
    VENV.mkdir(exist_ok=True)
    try:
        with alone():
            prepare(asked.level)
    except subprocess.CalledProcessError as error:
        print("The set-up failed; the lines above say why.", file=sys.stderr)
        return error.returncode
    if sys.platform != "linux":
        return 0  # Qt's wheels for macOS and Windows bring all they need
    libraries = Path(__file__).with_name("qt_libraries.py")
    return subprocess.run([PYTHON, "-I", libraries, asked.qt], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
