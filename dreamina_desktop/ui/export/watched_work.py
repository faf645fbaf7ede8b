"""One piece of long work at a time beside the GUI thread: how far it is, and an end to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.ui.ports import Background, Outcome

_HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class WorkStep:
    """So many steps are done, of so many."""

    done: int
    total: int


@dataclass(slots=True, eq=False)
class _Course:
    """One run. ``lock`` keeps its owner alive while the worker tells it something."""

    done: Callable[[Outcome[Any]], None]
    lock: threading.Lock = field(default_factory=threading.Lock)
    is_cancelled: bool = False
    is_abandoned: bool = False
    hundredths: int = -1


@dataclass(frozen=True, slots=True)
class _Stepped:
    course: _Course
    step: WorkStep


@dataclass(frozen=True, slots=True)
class _Ended:
    course: _Course
    outcome: Outcome[Any]


class WatchedWork(QObject):
    """Belongs to the GUI thread. Whoever closes while it works calls ``abandon``."""

    stepped = Signal(object)
    """Carries a ``WorkStep``; at most a hundred times in a run."""
    _told = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """``background`` runs pieces beside each other: this may take minutes."""
        super().__init__(parent)
        self._background = background
        self._course: _Course | None = None
        self._told.connect(self._on_told)

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._course is not None

    def run[T](self, work: Callable[[ExportWatch], T], done: Callable[[Outcome[T]], None]) -> None:
        """Have ``work`` done and ``done`` called here; what is under way is abandoned."""
        self.abandon()
        course = self._course = _Course(done)
        watch = ExportWatch(partial(self._tell, course), partial(_is_cancelled, course))
        self._background.run(partial(_carry_out, course, work, watch), self._on_ended)

    def cancel(self) -> None:
        """Have it end soon; ``done`` gets an ExportCancelledError, or what was made already."""
        if self._course is not None:
            self._course.is_cancelled = True

    def abandon(self) -> None:
        """Have it end soon, and hear nothing of it any more."""
        course = self._course
        if course is not None:
            with course.lock:
                course.is_cancelled = course.is_abandoned = True
            self._course = None

    def _tell(self, course: _Course, done: int, total: int) -> None:
        # In the worker's thread, for every frame.
        hundredths = done * _HUNDREDTHS // max(1, total)
        if hundredths == course.hundredths:
            return
        course.hundredths = hundredths
        with course.lock:
            if not course.is_abandoned and isValid(self):
                self._told.emit(_Stepped(course, WorkStep(done, total)))

    def _on_told(self, stepped: _Stepped) -> None:
        if stepped.course is self._course and not stepped.course.is_cancelled:
            self.stepped.emit(stepped.step)

    def _on_ended(self, outcome: Outcome[_Ended]) -> None:
        ended = outcome.get()
        if ended.course is self._course:
            self._course = None
            ended.course.done(ended.outcome)


def _is_cancelled(course: _Course) -> bool:
    return course.is_cancelled


def _carry_out(course: _Course, work: Callable[[ExportWatch], Any], watch: ExportWatch) -> _Ended:
    try:
        return _Ended(course, Outcome(work(watch)))
    except Exception as error:
        # Whoever asked for the work gets it, bugs too: see Outcome.get.
        return _Ended(course, Outcome(error=error))
