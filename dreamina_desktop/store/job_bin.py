"""Deleting with undo, so that a crash in between leaves no file behind whose job is hidden."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.job import Job
from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.durable_files import make_private_folder, write_new
from dreamina_desktop.store.job_repository import SqliteJobRepository

_ROLE = "bin"


class JobBin:
    """Hides rows, and keeps a note of each until its files have been thrown away too.

    The note is on disk before the row is hidden. A file that a person took back out of the trash
    later is therefore left alone: its job has no note any more. All calls raise DiskError.
    """

    def __init__(self, repository: SqliteJobRepository, profile: Path) -> None:
        self._repository = repository
        self._notes = profile / "bin"

    def delete(self, job_id: str) -> Job:
        """Hide a job. Raises NoSuchJobError, and StateChangedError for one that is live."""
        with disk(_ROLE, self._notes.parent):
            make_private_folder(self._notes)
            note = self._note(job_id)
            if not note.exists():
                write_new(note, b"")
        return self._repository.delete(job_id)

    def undelete(self, job_id: str) -> Job:
        """Take a ``delete`` back. Raises NoSuchJobError."""
        job = self._repository.undelete(job_id)
        self.emptied(job_id)
        return job

    def emptied(self, job_id: str) -> None:
        """Its files are in the trash, or the trash did not take them: that is all."""
        with disk(_ROLE, self._notes.parent):
            self._note(job_id).unlink(missing_ok=True)

    def left_over(self, now: datetime, undo: timedelta) -> tuple[Job, ...]:
        """Hidden jobs whose Undo, which lasts so long, was cut off before their files went.

        Notes of jobs that are not hidden are removed: their ``delete`` never came to be.
        """
        with disk(_ROLE, self._notes.parent):
            noted = [path.name for path in self._notes.iterdir()] if self._notes.exists() else []
        found = []
        for job_id in noted:
            try:
                job = self._repository.get(job_id)
            except NoSuchJobError:
                self.emptied(job_id)
                continue
            if job.deleted is None:
                self.emptied(job_id)
            elif job.deleted + undo <= now:
                found.append(job)
        return tuple(found)

    def _note(self, job_id: str) -> Path:
        return self._notes / job_id
