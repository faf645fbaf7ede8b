"""Entry point of the program: ``dreamina-desktop`` and ``python -m dreamina_desktop``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Run the command line (or the window) and return the exit code."""
    _make_output_safe()
    # Imported late, so that `--version` and the practice server's start stay quick.
    from dreamina_desktop.cli import run

    return run(sys.argv[1:])


def _make_output_safe() -> None:
    """A terminal that cannot show a character, or is not there, must not end a paid job."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            sink = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, sink)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
