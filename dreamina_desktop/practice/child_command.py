"""How this program starts itself again as another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_KEY_VARIABLES = ("RUNCOMFY_API_TOKEN", "YOUR_API_TOKEN")


# A process started by the window must not open a console of its own on Windows.
CHILD_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def child_command(*arguments: str) -> list[str]:
    """The command line of ``dreamina-desktop ARGUMENTS``, from a checkout, wheel or bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "dreamina_desktop", *arguments]


def practice_command(*arguments: str) -> list[str]:
    """The same of ``dreamina-desktop practice ARGUMENTS``, in half the time: without the rest."""
    if getattr(sys, "frozen", False):
        return child_command("practice", *arguments)
    return [sys.executable, "-m", "dreamina_desktop.practice", *arguments]


def child_environment() -> dict[str, str]:
    """This process's environment without any API key, and so that the child finds the package."""
    environment = {name: value for name, value in os.environ.items() if name not in _KEY_VARIABLES}
    if not getattr(sys, "frozen", False):
        source = str(Path(__file__).resolve().parents[2])
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = source if known is None else os.pathsep.join((source, known))
    # Lines between the processes are UTF-8 whatever the desktop's language is.
    environment["PYTHONUTF8"] = "1"
    return environment
