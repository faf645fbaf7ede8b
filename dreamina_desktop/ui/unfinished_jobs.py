"""Which jobs are under way, and which have just ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.jobs.lifecycle import is_waiting
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.ports import Background, JobReader, Outcome

_LIVE = frozenset(JobState) - FINAL
_MOST = 500


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job that was under way has its clip now."""

    job: Job


class UnfinishedJobs(QObject):
    """Kept in step by ``notice``; read once with ``read`` before the engine begins."""

    unfinished_changed = Signal()
    job_done = Signal(object)

    def __init__(
        self, reader: JobReader, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._background = background
        self._jobs: dict[str, Job] = {}

    @property
    def waiting(self) -> tuple[Job, ...]:
        """Those that wait for a person, oldest first."""
        return self._those(is_waiting)

    @property
    def running(self) -> tuple[Job, ...]:
        """Those that go on by themselves, oldest first."""
        return self._those(lambda job: not is_waiting(job))

    def read(self) -> None:
        """Look at the rows."""
        self._background.run(partial(_read, self._reader), self._on_read)

    def notice(self, seen: JobSeen) -> None:
        """A changed row was read again."""
        before = self._jobs.pop(seen.job_id, None)
        job = seen.job
        if job is not None and job.state not in FINAL:
            self._jobs[job.id] = job
        if before != self._jobs.get(seen.job_id):
            self.unfinished_changed.emit()
        if before is not None and job is not None and job.state is JobState.DONE:
            self.job_done.emit(JobDone(job))

    def _those(self, wanted: Callable[[Job], bool]) -> tuple[Job, ...]:
        found = [job for job in self._jobs.values() if wanted(job)]
        return tuple(sorted(found, key=lambda job: (job.created, job.id)))

    def _on_read(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        for job in outcome.get():
            # What an event has told meanwhile is newer.
            self._jobs.setdefault(job.id, job)
        self.unfinished_changed.emit()


def _read(reader: JobReader) -> tuple[Job, ...]:
    try:
        return reader.page(_MOST, states=_LIVE)
    except DiskError:
        # The library reads the same rows and says so.
        return ()
