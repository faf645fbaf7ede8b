"""Keeps what the stage says of a job without a clip true while its time runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.watch.stage_message import StageMessage
from dreamina_desktop.ui.watch.stage_words import StageWords, is_timed

_SECOND = 1000


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
        # A coarse timer now and then leaves out a second, which is seen.
        self._second = QTimer(self, interval=_SECOND, timerType=Qt.TimerType.PreciseTimer)
        self._second.timeout.connect(self._on_second)

    @property
    def is_ticking(self) -> bool:
        """Whether a running time is said anew each second."""
        return self._second.isActive()

    def tell(self, job: Job) -> None:
        """Say how this job stands, until ``stop``."""
        self._job = job
        self._say(job)
        if not is_timed(job):
            self._second.stop()
        elif not self._second.isActive():
            self._second.start()

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
