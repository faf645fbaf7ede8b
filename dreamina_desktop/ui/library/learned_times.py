"""How long jobs of this profile took so far, for the ranges on the cards."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.estimate import (
    RECENT_JOBS,
    Estimate,
    PastJob,
    estimate,
    past_jobs,
)
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.ports import Background, JobReader, Outcome

_DONE = frozenset({JobState.DONE})
# Both lengths share what is read.
_READ = 2 * RECENT_JOBS


class LearnedTimes(QObject):
    """Reads the latest finished jobs, at the start and whenever another one is done."""

    times_learned = Signal()

    def __init__(
        self, reader: JobReader, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._background = background
        self._past: tuple[PastJob, ...] = ()
        self._estimates: dict[int, Estimate | None] = {}

    def read(self) -> None:
        """Look at the finished jobs again."""
        self._background.run(partial(_read, self._reader), self._on_read)

    def estimate(self, job: Job) -> Estimate | None:
        """The ranges for a job like this; None when too little is known."""
        if job.spec is None:
            return None
        frames = job.spec.frames
        if frames not in self._estimates:
            self._estimates[frames] = estimate(self._past, frames)
        return self._estimates[frames]

    def notice(self, seen: JobSeen) -> None:
        """A row has changed; a job that is done teaches something."""
        if seen.job is not None and seen.job.state is JobState.DONE:
            self.read()

    def _on_read(self, outcome: Outcome[tuple[PastJob, ...]]) -> None:
        self._past, self._estimates = outcome.get(), {}
        self.times_learned.emit()


def _read(reader: JobReader) -> tuple[PastJob, ...]:
    try:
        return past_jobs(reader.page(_READ, states=_DONE))
    except DiskError:
        # Without ranges the cards say less; the list itself tells of the disk.
        return ()
