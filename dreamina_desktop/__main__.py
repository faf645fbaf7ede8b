"""Entry point of the program: ``dreamina-desktop`` and ``python -m dreamina_desktop``."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line (or the window) and return the exit code."""
    # Imported late, so that `--version` and the practice server's start stay quick.
    from dreamina_desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
