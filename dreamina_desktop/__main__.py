"""Entry point of the program: ``dreamina-desktop`` and ``python -m dreamina_desktop``."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Open the window or run the command line, and return the exit code."""
    _make_output_safe()
    # Imported late, so that neither pays for the other.
    from dreamina_desktop.app.window_arguments import open_window, window_wish

    wish = window_wish(sys.argv[1:])
    if wish is not None:
        return open_window(wish)

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
