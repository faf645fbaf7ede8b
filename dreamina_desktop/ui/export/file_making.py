"""A file made in the background, as the foot of a dialog tells of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.export_errors import ExportCancelledError
from dreamina_desktop.core.export_result import Exported, Joined
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.export.watched_work import WatchedWork
from dreamina_desktop.ui.export.work_foot import WorkFoot
from dreamina_desktop.ui.ports import Background, FolderOpener, Outcome
from dreamina_desktop.ui.settings.answer_line import AnswerTone


class FileMaking(QObject):
    """Whatever goes wrong is said, and it can be tried again."""

    busy_changed = Signal()

    def __init__(
        self, foot: WorkFoot, background: Background, words: ExportWords, opener: FolderOpener
    ) -> None:
        super().__init__(foot)
        self._foot = foot
        self._words = words
        self._opener = opener
        self._work = WatchedWork(background, self)
        self._made: Path | None = None
        self._work.stepped.connect(foot.show_step)
        foot.stop_wanted.connect(self._on_stop_wanted)
        foot.reveal_wanted.connect(self._on_reveal_wanted)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._work.is_busy

    def make(self, work: Callable[[ExportWatch], Exported | Joined]) -> None:
        """Begin."""
        self._foot.show_busy()
        self._work.run(work, self._on_made)
        self.busy_changed.emit()

    def abandon(self) -> None:
        """Stop, and say nothing any more."""
        self._work.abandon()

    def _on_made(self, outcome: Outcome[Exported | Joined]) -> None:
        self._foot.show_ready()
        self.busy_changed.emit()
        try:
            made = outcome.get()
        except ExportCancelledError as error:
            self._foot.say(self._words.error(error), AnswerTone.WARNING)
        except DreaminaError as error:
            self._foot.say(self._words.error(error), AnswerTone.BAD)
        else:
            self._made = made.path
            self._foot.say(self._words.made(made), AnswerTone.GOOD, is_there=True)

    def _on_stop_wanted(self) -> None:
        self._work.cancel()
        self._foot.show_stopping()

    def _on_reveal_wanted(self) -> None:
        if self._made is not None:
            self._opener.reveal(self._made)
