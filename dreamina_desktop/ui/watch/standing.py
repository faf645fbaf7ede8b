"""Keeps what the stage says of a job without a clip true while its time runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.whole_second import WholeSecond
from dreamina_desktop.ui.watch.stage_message import StageMessage
from dreamina_desktop.ui.watch.stage_words import StageWords, is_timed


class Standing(QObject):
    """Says how a job stands; its running time anew each second. ``now`` is the wall's clock."""

    def __init__(
        self,
        message: StageMessage,
        words: StageWords,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._message = message
        self._words = words
        self._now = now
        self._job: Job | None = None
        self._second = WholeSecond(self)
        self._second.passed.connect(self._on_second)

    @property
    def is_ticking(self) -> bool:
        """Whether a running time is said anew each second."""
        return self._second.is_active

    def tell(self, job: Job) -> None:
        """Say how this job stands, until ``stop``."""
        self._job = job
        self._say(job)
        if is_timed(job):
            self._second.start()
        else:
            self._second.stop()

    def stop(self) -> None:
        """The stage is for something else now."""
        self._job = None
        self._second.stop()

    def _say(self, job: Job) -> None:
        self._message.show_text(self._words.standing(job, self._now()))
        self._message.show()

    def _on_second(self) -> None:
        if self._job is not None:
            self._say(self._job)
