"""``python -m dreamina_desktop.practice``: how the program starts its own practice server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dreamina_desktop.practice import command


def main(arguments: list[str]) -> int:
    """As ``dreamina-desktop practice``, without reading what the other commands need."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path)
    command.add_arguments(parser)
    return command.run(parser.parse_args(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
