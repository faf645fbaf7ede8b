"""Writes the lock files anew: every dependency of every supported platform, with its hashes.

Versions that still fit are kept; ``--upgrade`` takes the newest. Needs the network.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
RUNTIME = "packaging/requirements.txt"
DEVELOPMENT = "packaging/requirements-dev.txt"


def compile_lock(uv: Path, target: str, *options: str) -> None:
    """Resolve pyproject.toml into ``target``. Raises CalledProcessError when that fails.

    Neither the header nor any option of the caller's package index is written: the files are to
    hold names, versions, markers and hashes alone.
    """
    subprocess.run(
        [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.12",
         "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links",
         "--quiet", "--output-file", target, *options],
        cwd=CHECKOUT, check=True,
    )  # fmt: skip


def main(options: list[str]) -> int:
    """Make a throw-away environment for the resolver, so that .venv holds only what is locked."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-I", "-m", "venv", folder], check=True)
        programs = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        pip = [str(programs / "python"), "-I", "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "--quiet", "install", "uv"], check=True)
        compile_lock(programs / "uv", RUNTIME, "--group", "build", *options)
        # Tools may need what the program needs: one version of each in both files.
        both = ("--group", "build", "--group", "dev", "--constraint", RUNTIME)
        compile_lock(programs / "uv", DEVELOPMENT, *both, *options)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
