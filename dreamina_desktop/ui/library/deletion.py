"""Deleting with undo: hidden at once, the files go to the trash when Undo has lapsed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QFile, QObject, QStandardPaths, QTimer, Signal

from dreamina_desktop.core.errors import DiskError, DreaminaError
from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.library_events import DeletionLapsed, JobsDeleted, JobsRestored
from dreamina_desktop.ui.library.library_model import LibraryModel
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import Background, JobBin, Outcome

UNDO_SECONDS = 10
_LAPSED = timedelta(seconds=UNDO_SECONDS + 5)
"""After so long no other window can still bring a job back."""


@dataclass(slots=True)
class _Bundle:
    """What one press of Delete took away."""

    jobs: tuple[Job, ...]
    timer: QTimer
    changed: Future[_Changed] = field(default_factory=Future)
    is_committed: bool = False

    @property
    def job_ids(self) -> tuple[str, ...]:
        return tuple(job.id for job in self.jobs)


class Deletion(QObject):
    """Rows through ``rows``, files through ``files``: a slow trash holds up no commit."""

    deleted = Signal(object)
    lapsed = Signal(object)
    restored = Signal(object)
    notice_raised = Signal(object)
    error_met = Signal(object)

    def __init__(
        self,
        model: LibraryModel,
        job_bin: JobBin,
        rows: Background,
        files: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._bin = job_bin
        self._rows = rows
        self._files = files
        self._bundles: list[_Bundle] = []

    def finish_earlier(self) -> None:
        """Throw away what a crash left whose Undo was running; only for the profile's holder."""
        self._finish_earlier()
        # Undo of what was deleted a moment before the crash is given its time.
        QTimer.singleShot(_LAPSED // timedelta(milliseconds=1) + 1000, self, self._finish_earlier)

    def _finish_earlier(self) -> None:
        self._files.run(partial(_finish, self._bin), self._on_trashed)

    def delete(self, jobs: tuple[Job, ...], kept: int = 0) -> None:
        """Hide these jobs; ``kept`` others were selected too, but may not be deleted."""
        timer = QTimer(self, interval=UNDO_SECONDS * 1000, singleShot=True)
        bundle = _Bundle(jobs, timer)
        timer.timeout.connect(self._on_time_out)
        self._bundles.append(bundle)
        self._model.hide(bundle.job_ids)
        work = partial(_commit, self._bin.delete, bundle.job_ids, bundle.changed)
        self._rows.run(work, self._on_deleted)
        timer.start()
        self.deleted.emit(JobsDeleted(bundle.job_ids, self._said(len(jobs), kept)))

    def undo(self) -> None:
        """Bring back what was deleted last; nothing to bring back is fine."""
        if not self._bundles:
            return
        bundle = self._end(self._bundles[-1])
        self._rows.run(partial(_each, self._bin.undelete, bundle.job_ids), self._on_undeleted)

    def lapse_all(self) -> None:
        """Undo is over for everything: the window closes."""
        for bundle in list(self._bundles):
            self._lapse(bundle)

    def _said(self, deleted: int, kept: int) -> str:
        text = self.tr("Deleted.")
        if deleted > 1:
            text = self.tr("Deleted {count} jobs.").format(count=deleted)
        if kept:
            left = self.tr("{count} under way or in doubt stay: cancel or resolve them first.")
            text = f"{text} {left.format(count=kept)}"
        return text

    def _on_time_out(self) -> None:
        for bundle in list(self._bundles):
            # Till its row is gone, it may come to light that a job must stay.
            if bundle.is_committed and not bundle.timer.isActive():
                self._lapse(bundle)

    def _lapse(self, bundle: _Bundle) -> None:
        self._end(bundle)
        self._files.run(partial(_trash, self._bin, bundle.jobs, bundle.changed), self._on_trashed)

    def _end(self, bundle: _Bundle) -> _Bundle:
        self._bundles.remove(bundle)
        bundle.timer.stop()
        bundle.timer.deleteLater()
        self.lapsed.emit(DeletionLapsed(bundle.job_ids))
        return bundle

    def _on_deleted(self, outcome: Outcome[_Changed]) -> None:
        changed = outcome.get()
        for bundle in list(self._bundles):
            if bundle.job_ids != changed.job_ids:
                continue
            bundle.is_committed = True
            bundle.jobs = tuple(job for job in bundle.jobs if job.id not in changed.failed)
            if not bundle.jobs:
                self._end(bundle)
        # Undo may have lapsed while the disk was slow.
        self._on_time_out()
        if changed.error is not None:
            self._model.unhide(changed.failed)
            self.error_met.emit(changed.error)

    def _on_undeleted(self, outcome: Outcome[_Changed]) -> None:
        changed = outcome.get()
        self.restored.emit(JobsRestored(changed.job_ids))
        self._model.unhide(changed.job_ids)
        if changed.error is not None:
            self.error_met.emit(changed.error)

    def _on_trashed(self, outcome: Outcome[tuple[Path, ...]]) -> None:
        left = outcome.get()
        if left:
            text = self.tr("The trash did not take a file; it stays where it is.")
            details = "\n".join(str(path) for path in left)
            self.notice_raised.emit(Notice(text, NoticeTone.WARNING, details=details))


@dataclass(frozen=True, slots=True)
class _Changed:
    job_ids: tuple[str, ...]
    failed: tuple[str, ...]
    error: DreaminaError | None


def _commit(
    delete: Callable[[str], Job], job_ids: tuple[str, ...], changed: Future[_Changed]
) -> _Changed:
    try:
        changed.set_result(_each(delete, job_ids))
    except Exception as error:
        # Whoever waits for it must not wait for ever.
        changed.set_exception(error)
    return changed.result()


def _trash(job_bin: JobBin, jobs: tuple[Job, ...], changed: Future[_Changed]) -> tuple[Path, ...]:
    """No file goes before its row is known to be gone: this waits for the commit."""
    failed = changed.result().failed
    return _empty(job_bin, tuple(job for job in jobs if job.id not in failed))


def _finish(job_bin: JobBin) -> tuple[Path, ...]:
    with suppress(DiskError):
        return _empty(job_bin, job_bin.left_over(datetime.now(UTC), _LAPSED))
    return ()


def _empty(job_bin: JobBin, jobs: tuple[Job, ...]) -> tuple[Path, ...]:
    left = move_to_trash(tuple(path for job in jobs for path in _files_of(job)))
    for job in jobs:
        # Where the disk does not take even that, the next start looks again.
        with suppress(DiskError):
            job_bin.emptied(job.id)
    return left


def _files_of(job: Job) -> tuple[Path, ...]:
    return tuple(Path(clip.path) for clip in job.clips if clip.landed and clip.path is not None)


def move_to_trash(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Move files to the system's trash; those that are there still. Blocking."""
    # Qt makes the trash of a desktop that has none yet, but not the folder that it belongs into.
    data = QStandardPaths.StandardLocation.GenericDataLocation
    QDir().mkpath(QStandardPaths.writableLocation(data))
    return tuple(path for path in paths if not QFile(str(path)).moveToTrash() and path.exists())


def _each(change: Callable[[str], Job], job_ids: tuple[str, ...]) -> _Changed:
    failed, last = [], None
    for job_id in job_ids:
        try:
            change(job_id)
        except DreaminaError as error:
            failed.append(job_id)
            last = error
    return _Changed(job_ids, tuple(failed), last)
