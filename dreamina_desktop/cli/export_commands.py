"""``frame``, ``export`` and ``join``: files made from clips, without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dreamina_desktop.cli.chosen_clips import OpenProfile, chosen_clips
from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.export_json import print_export, print_frame, print_join
from dreamina_desktop.cli.interrupts import Interrupts
from dreamina_desktop.core.export_errors import OutputKindError
from dreamina_desktop.core.export_order import ExportKind, ExportOrder, kind_of
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.video.export_clip import ClipExport
from dreamina_desktop.video.joining import Joining
from dreamina_desktop.video.still_file import save_still
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as common_text
from dreamina_desktop.words import export_words as text

_CLEAR = "\r\x1b[K"


class ExportCommands:
    """Each raises ExportError, OutputFileError and their kinds, and as ``open_profile``."""

    def __init__(self, open_profile: OpenProfile, words: Phrasebook, *, as_json: bool) -> None:
        self._open_profile = open_profile
        self._words = words
        self._as_json = as_json

    def run(self, parsed: argparse.Namespace) -> ExitCode:
        """The command that was typed."""
        match parsed.command:
            case "frame":
                self.frame(parsed.clip, parsed.number, parsed.output)
            case "export":
                self.export(parsed.clip, parsed.to, parsed.first, parsed.last, parsed.width)
            case _:
                self.join(tuple(parsed.clips), parsed.output)
        return ExitCode.DONE

    def frame(self, name: str, number: int, output: Path) -> None:
        """Frame ``number`` is counted from 1."""
        if output.suffix.lower() != ".png":
            raise OutputKindError(str(output))
        (clip,) = chosen_clips((name,), self._open_profile)
        made = save_still(clip.path, number - 1, output)
        if self._as_json:
            print_frame(clip, number, made)
        else:
            self._say(made.path, text.STILL, made.width, made.height, made.bytes)

    def export(
        self, name: str, to: str, first: int | None, last: int | None, width: int | None
    ) -> None:
        """The in and the out point are counted from 1; ``width`` in pixels."""
        order = ExportOrder(kind_of(to), _from_0(first), _from_0(last), width)
        (clip,) = chosen_clips((name,), self._open_profile)
        with _watched(self._words) as watch:
            made = ClipExport(clip.path, order).run(Path(to), watch)
        if self._as_json:
            print_export(clip, made)
            return
        self._say(made.path, text.EXPORTED, made.frames, made.width, made.height, made.bytes)
        if made.copied:
            sys.stdout.write(self._words.say(text.COPIED) + "\n")

    def join(self, names: tuple[str, ...], output: Path) -> None:
        """In the order in which they were typed."""
        if output.suffix.lower() != ExportKind.MP4.suffix:
            raise OutputKindError(str(output))
        clips = chosen_clips(names, self._open_profile)
        with _watched(self._words) as watch:
            made = Joining(clips).run(output, watch)
        if self._as_json:
            print_join(clips, made)
            return
        self._say(made.path, text.EXPORTED, made.frames, made.width, made.height, made.bytes)
        sys.stdout.write(self._words.say(text.LEFT_OUT, made.left_out) + "\n")

    def _say(self, path: Path, facts: str, *fields: object) -> None:
        written = self._words.say(common_text.WRITTEN, path)
        sys.stdout.write(f"{written}\n{self._words.say(facts, *fields)}\n")


@contextmanager
def _watched(words: Phrasebook) -> Iterator[ExportWatch]:
    """Ctrl+C stops it, and leaves nothing behind; on a terminal a live line tells how far it is."""
    stream: TextIO = sys.stderr
    is_live = stream.isatty()

    def tell(done: int, total: int) -> None:
        if is_live:
            stream.write(_CLEAR + words.say(text.FRAMES_DONE, done, total))
            stream.flush()

    with Interrupts() as interrupts:
        try:
            yield ExportWatch(tell, lambda: interrupts.count > 0)
        finally:
            if is_live:
                stream.write(_CLEAR)
                stream.flush()


def _from_0(number: int | None) -> int | None:
    return None if number is None else number - 1
