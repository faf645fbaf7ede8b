"""Whether the words typed ask for the window, and with what. Light: it runs before every paint."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dreamina_desktop.app.window_wish import WindowWish

COMMANDS = frozenset({
    "generate", "check", "prepare", "jobs", "resume", "adopt", "resubmit", "cancel", "frame",
    "export", "join", "key", "diagnostics", "practice",
})  # fmt: skip
_ASIDE = frozenset({"-h", "--help", "--version"})
_WRONG_INPUT = 2


def window_wish(arguments: Sequence[str]) -> WindowWish | None:
    """The window that is asked for; None where the words are a command's, or ask for help.

    Ends the program, as argparse does, over options that make no sense.
    """
    rest = _common().parse_known_args(list(arguments))[1]
    if _ASIDE.intersection(rest) or (rest and rest[0] in COMMANDS):
        return None
    # Without help texts: ``--help`` is for the parser that knows the commands too.
    parser = argparse.ArgumentParser(prog="dreamina-desktop", parents=[_common()])
    parser.add_argument("pictures", nargs="*", metavar="PICTURE")
    parser.add_argument("--prompt", default="", metavar="TEXT")
    parsed = parser.parse_intermixed_args(list(arguments))
    if not all(map(_may_be_picture, parsed.pictures)):
        # A command mistyped: whoever knows the commands says so.
        return None
    picture, *more = [_whole(word) for word in parsed.pictures] or [""]
    return WindowWish(
        parsed.data_dir, parsed.api_url, parsed.practice, picture, parsed.prompt, tuple(more)
    )


def open_window(wish: WindowWish) -> int:
    """Open it; the exit code. Where no window can be shown, a sentence says so."""
    from dreamina_desktop.app.display import can_show_windows

    if not can_show_windows(os.environ):
        from dreamina_desktop.words import Phrasebook
        from dreamina_desktop.words.command_line_words import NO_WINDOW

        sys.stderr.write(Phrasebook().say(NO_WINDOW) + "\n")
        return _WRONG_INPUT
    from dreamina_desktop.app.window_program import run_window

    return run_window(wish)


def _whole(word: str) -> str:
    is_path = word and not word.startswith("https://")
    return str(Path(word).absolute()) if is_path else word


def _may_be_picture(word: str) -> bool:
    if not word or word.startswith("https://"):
        return True
    path = Path(word)
    return bool(path.suffix) or len(path.parts) > 1 or path.exists()


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    common.add_argument("--data-dir", type=Path, metavar="DIR")
    common.add_argument("--api-url", metavar="URL")
    common.add_argument("--practice", action="store_true")
    return common
