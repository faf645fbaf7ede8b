"""Finds, and where it may installs, the shared libraries that Qt expects of a Linux system.

Run with the Python of ``.venv``. ``want``: try once, else say what to run, and go on. ``need``:
fail while something is missing. Qt itself is asked first; the table only says what to install.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

# What Qt's Core, Gui, Widgets, DBus and the xcb and offscreen plugins link to outside their
# wheel: library, package of Debian and Ubuntu, package of Arch. Fedora and openSUSE need no names.
LIBRARIES = (
    ("libEGL.so.1", "libegl1", "libglvnd"),
    ("libGL.so.1", "libgl1", "libglvnd"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    ("libX11.so.6", "libx11-6", "libx11"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype2"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-glx.so.0", "libxcb-glx0", "libxcb"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libxcb.so.1", "libxcb1", "libxcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libz.so.1", "zlib1g", "zlib"),
    ("libzstd.so.1", "libzstd1", "zstd"),
)

# Loads what a window loads, without opening one.
TRIAL = """
import ctypes, pathlib, PySide6.QtWidgets, PySide6.QtDBus
plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins"
for name in ("platforms/libqxcb.so", "platforms/libqoffscreen.so",
             "xcbglintegrations/libqxcb-glx-integration.so"):
    ctypes.CDLL(str(plugins / name))
"""

TRIED = Path(sys.prefix) / "qt-libraries-tried"


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that may ask nothing, and hold its output back."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def complaint() -> str:
    """What Qt's libraries complain about when they are loaded; empty when all is well."""
    trial = run([sys.executable, "-I", "-c", TRIAL])
    return trial.stdout.strip().rpartition("\n")[2] if trial.returncode else ""


def missing_libraries() -> list[str]:
    """The libraries of the table that the loader does not find."""
    missing = []
    for library, *_ in LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(library)
    return missing


def installation(manager: str, missing: Iterable[str]) -> list[str]:
    """The command by which ``manager`` installs the packages that hold ``missing``."""
    rows = [row for row in LIBRARIES if row[0] in set(missing)]
    debian, arch = (sorted({row[column] for row in rows}) for column in (1, 2))
    # RPM packages are found by the library that they provide.
    capabilities = [f"{row[0]}()(64bit)" for row in rows]
    commands = {
        "apt-get": ["apt-get", "install", "-y", "--no-install-recommends", *debian],
        "dnf": ["dnf", "install", "-y", *capabilities],
        "zypper": ["zypper", "--non-interactive", "install", *capabilities],
        "pacman": ["pacman", "-S", "--needed", "--noconfirm", *arch],
    }  # fmt: skip
    return commands[manager]


def rights() -> list[str] | None:
    """What to put before a command to run it as root; None where that needs a password."""
    if os.geteuid() == 0:
        return []
    without_password = ["sudo", "-n"]
    if shutil.which("sudo") and run([*without_password, "true"]).returncode == 0:
        return without_password
    return None


def install(command: list[str], as_root: list[str]) -> None:
    """Run the installation; on Debian and Ubuntu once more with fresh package lists."""
    unattended = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    done = run([*unattended, *command])
    if done.returncode and command[0] == "apt-get":
        # A list that cannot be fetched need not be the one that matters: the second try decides.
        run([*unattended, "apt-get", "update", "-o", "Acquire::Retries=1"])
        done = run([*unattended, *command])
    if done.returncode:
        sys.stderr.write("".join(done.stdout.splitlines(keepends=True)[-6:]))


def main(mode: str) -> int:
    """Install what is missing if that can be done; 1 only in mode ``need`` while it is not."""
    if not complaint():
        TRIED.unlink(missing_ok=True)
        return 0
    missing = missing_libraries()
    manager = next(filter(shutil.which, ("apt-get", "dnf", "zypper", "pacman")), None)
    command = installation(manager, missing) if manager and missing else []
    # What was tried in vain is not tried at every run: an unreachable mirror costs minutes.
    tried = TRIED.is_file() and TRIED.read_text(encoding="utf-8").split() == missing
    as_root = rights() if command and (mode == "need" or not tried) else None
    if as_root is not None:
        print("Installing the shared libraries that Qt needs...", flush=True)
        install(command, as_root)
        if not complaint():
            return 0
        TRIED.write_text(" ".join(missing), encoding="utf-8")
    names = " ".join(missing_libraries()) or complaint()
    print(f"Shared libraries that Qt's windows need are missing: {names}", file=sys.stderr)
    if command:
        print(f"To install them, run:  sudo {shlex.join(command)}", file=sys.stderr)
    return 1 if mode == "need" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
