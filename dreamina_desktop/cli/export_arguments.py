"""What may be typed about files that are made from clips."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dreamina_desktop.words import command_line_words as common_text
from dreamina_desktop.words import export_words as text

EXPORT_COMMANDS = ("frame", "export", "join")


def add_export_commands(
    command: Callable[[str, str], argparse.ArgumentParser], say: Callable[..., str]
) -> None:
    """``frame``, ``export`` and ``join``; ``command`` makes one of a name and a description."""
    frame = command("frame", text.FRAME)
    frame.add_argument("clip", metavar="CLIP", help=say(text.CLIP))
    frame.add_argument("number", type=int, metavar="N", help=say(text.FRAME_NUMBER))
    frame.add_argument(
        "--output", type=Path, required=True, metavar="FILE.png", help=say(text.FRAME_FILE)
    )

    export = command("export", text.EXPORT)
    export.add_argument("clip", metavar="CLIP", help=say(text.CLIP))
    export.add_argument("--to", required=True, metavar="FILE", help=say(text.EXPORT_TO))
    export.add_argument("--in", type=int, dest="first", metavar="N", help=say(text.EXPORT_IN))
    export.add_argument("--out", type=int, dest="last", metavar="N", help=say(text.EXPORT_OUT))
    export.add_argument("--size", type=int, dest="width", metavar="W", help=say(text.EXPORT_WIDTH))

    join = command("join", text.JOIN)
    join.add_argument("clips", nargs="+", metavar="CLIP", help=say(text.CLIP))
    join.add_argument(
        "--output", type=Path, required=True, metavar="FILE.mp4", help=say(text.JOIN_FILE)
    )
    for made in (frame, export, join):
        made.add_argument("--json", action="store_true", help=say(common_text.JSON))
