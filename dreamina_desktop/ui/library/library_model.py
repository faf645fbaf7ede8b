"""The jobs of the profile as rows, newest first, read page by page off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)

from dreamina_desktop.core.errors import DiskError, NoSuchJobError
from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.library_events import JobSeen, ReadingFailed
from dreamina_desktop.ui.library.list_filter import ListFilter
from dreamina_desktop.ui.ports import Background, JobReader, Outcome

PAGE = 200

type Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()


class LibraryRole(IntEnum):
    """What the model knows about a row besides Qt's own roles."""

    JOB = Qt.ItemDataRole.UserRole + 1
    JOB_ID = Qt.ItemDataRole.UserRole + 2


class LibraryModel(QAbstractListModel):
    """Rows come from the store alone; an event only says which one to read again."""

    list_read = Signal()
    """The first page for the present filter is there, or could not be read."""
    job_seen = Signal(object)
    reading_failed = Signal(object)

    def __init__(
        self,
        reader: JobReader,
        background: Background,
        describe: Callable[[Job], str],
        parent: QObject | None = None,
    ) -> None:
        """``describe`` puts a whole card into words, for tooltips and assistive tools."""
        super().__init__(parent)
        self._describe = describe
        self._reader = reader
        self._background = background
        self._filter = ListFilter()
        self._rows: list[Job] = []
        self._known: dict[str, Job] = {}
        self._hidden: set[str] = set()
        # Counts the lists begun, so that a page of an earlier one is thrown away.
        self._edition = 0
        self._is_reading = False
        self._is_exhausted = True
        # Where the next page begins; it need not be listed any more.
        self._last_read: Job | None = None
        self._to_read: dict[str, None] = {}
        self._is_reading_rows = False
        self._is_removing = False

    # ---- what is listed --------------------------------------------------------------------

    @property
    def list_filter(self) -> ListFilter:
        """The filter of the list that is shown, or on its way."""
        return self._filter

    def read(self, list_filter: ListFilter | None = None) -> None:
        """Read the list anew, under another filter if given; the old one stays till then."""
        if list_filter is not None and list_filter != self._filter:
            self._filter = list_filter
            # Nothing of this filter comes below what another one has listed.
            self._is_exhausted = True
        self._edition += 1
        self._read_page(None)

    def row_changed(self, job_id: str) -> None:
        """A row was written: read it again. Many events while one read is out become one read."""
        self._to_read[job_id] = None
        if not self._is_reading_rows:
            self._read_rows()

    def hide(self, job_ids: Collection[str]) -> None:
        """Take jobs out of the list at once, whatever the rows say, until ``unhide``."""
        self._hidden.update(job_ids)
        for job_id in job_ids:
            self._remove(job_id)
        self._refill()

    def unhide(self, job_ids: Collection[str]) -> None:
        """List jobs again, as their rows say."""
        self._hidden.difference_update(job_ids)
        for job_id in job_ids:
            self.row_changed(job_id)

    def is_hidden(self, job_id: str) -> bool:
        """Whether ``hide`` takes it out of the list, or has."""
        return job_id in self._hidden

    @property
    def is_removing(self) -> bool:
        """Whether a row is just being taken out, and its card is losing its selection."""
        return self._is_removing

    def job(self, job_id: str) -> Job | None:
        """The job as listed."""
        return self._known.get(job_id)

    def index_of(self, job_id: str) -> QModelIndex:
        """Where a job is listed; an invalid index when it is not."""
        job = self._known.get(job_id)
        return QModelIndex() if job is None else self.index(self._place(job))

    # ---- QAbstractListModel ----------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        job = self._rows[index.row()]
        match role:
            case LibraryRole.JOB:
                return job
            case LibraryRole.JOB_ID:
                return job.id
            case Qt.ItemDataRole.DisplayRole:
                return job.spec.prompt if job.spec is not None else job.request_id
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(job)
        return None

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802
        return not parent.isValid() and not self._is_exhausted and not self._is_reading

    def fetchMore(self, parent: Index) -> None:  # noqa: N802
        if self.canFetchMore(parent):
            self._read_page(self._last_read.id if self._last_read is not None else None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._rows[index.row()].file is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return ["text/uri-list"]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:  # noqa: N802
        """The files of the cards that are dragged out."""
        jobs = [self._rows[index.row()] for index in indexes]
        data = QMimeData()
        data.setUrls(
            [
                QUrl.fromLocalFile(clip.path)
                for job in jobs
                for clip in job.clips
                if clip.landed and clip.path is not None
            ]
        )
        return data

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.CopyAction

    # ---- answers from the background -------------------------------------------------------

    def _read_page(self, before: str | None) -> None:
        self._is_reading = True
        self._background.run(
            partial(_read_page, self._reader, self._edition, self._filter, before), self._on_page
        )

    def _refill(self) -> None:
        """A view asks for more where it shows the last card; without any, nobody asks."""
        if not self._rows:
            self.fetchMore(QModelIndex())

    def _on_page(self, outcome: Outcome[_Page]) -> None:
        page = outcome.get()
        if page.edition != self._edition:
            return
        self._is_reading = False
        if page.error is None:
            self._take_page(page)
        if page.is_first:
            self.list_read.emit()
        if page.error is not None:
            # What could not be read may be asked for again.
            self.reading_failed.emit(ReadingFailed(page.error))

    def _take_page(self, page: _Page) -> None:
        self._is_exhausted = len(page.jobs) < PAGE
        self._last_read = page.jobs[-1] if page.jobs else self._last_read
        jobs = [job for job in page.jobs if job.id not in self._hidden]
        if page.is_first:
            self.beginResetModel()
            self._rows = jobs
            self._known = {job.id: job for job in jobs}
            self.endResetModel()
        else:
            self._append([job for job in jobs if job.id not in self._known])
        self._refill()

    def _append(self, jobs: list[Job]) -> None:
        if jobs:
            count = len(self._rows)
            self.beginInsertRows(QModelIndex(), count, count + len(jobs) - 1)
            self._rows += jobs
            self._known.update((job.id, job) for job in jobs)
            self.endInsertRows()

    def _read_rows(self) -> None:
        wanted, self._to_read = tuple(self._to_read), {}
        self._is_reading_rows = True
        self._background.run(partial(_read_rows, self._reader, wanted), self._on_rows)

    def _on_rows(self, outcome: Outcome[_Rows]) -> None:
        self._is_reading_rows = False
        if self._to_read:
            self._read_rows()
        rows = outcome.get()
        for seen in rows.seen:
            self._take(seen)
            self.job_seen.emit(seen)
        self._refill()
        if rows.error is not None:
            self.reading_failed.emit(ReadingFailed(rows.error))

    def _take(self, seen: JobSeen) -> None:
        job = seen.job
        if job is None or job.id in self._hidden or not self._belongs(job):
            self._remove(seen.job_id)
        elif job.id in self._known:
            row = self._place(job)
            self._rows[row] = self._known[job.id] = job
            self.dataChanged.emit(self.index(row), self.index(row))
        else:
            self._insert(job)

    def _belongs(self, job: Job) -> bool:
        if not self._filter.group.holds(job):
            return False
        # What a search looks at never changes in a listed job, but for a request id that is added.
        return (
            job.id in self._known
            or not self._filter.search
            or self._reader.finds(job, self._filter.search)
        )

    def _insert(self, job: Job) -> None:
        last = self._last_read
        if not self._is_exhausted and last is not None and _age(job) < _age(last):
            # It comes with a later page.
            return
        row = self._place(job)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, job)
        self._known[job.id] = job
        self.endInsertRows()

    def _remove(self, job_id: str) -> None:
        job = self._known.get(job_id)
        if job is None:
            return
        row = self._place(job)
        self._is_removing = True
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        del self._known[job_id]
        self.endRemoveRows()
        self._is_removing = False

    def _place(self, job: Job) -> int:
        """The row of a job, or where it would be inserted: the store's order, newest first."""
        low, high = 0, len(self._rows)
        while low < high:
            middle = (low + high) // 2
            if _age(self._rows[middle]) > _age(job):
                low = middle + 1
            else:
                high = middle
        return low


@dataclass(frozen=True, slots=True)
class _Page:
    edition: int
    is_first: bool
    jobs: tuple[Job, ...]
    error: DiskError | None = None


@dataclass(frozen=True, slots=True)
class _Rows:
    seen: tuple[JobSeen, ...]
    error: DiskError | None = None


def _read_page(
    reader: JobReader, edition: int, list_filter: ListFilter, before: str | None
) -> _Page:
    group = list_filter.group
    try:
        jobs = reader.page(
            PAGE,
            before,
            list_filter.search or None,
            states=group.states,
            waiting=group.waiting,
            marks=group.marks,
        )
    except DiskError as error:
        return _Page(edition, before is None, (), error)
    return _Page(edition, before is None, jobs)


def _read_rows(reader: JobReader, job_ids: tuple[str, ...]) -> _Rows:
    seen = []
    for job_id in job_ids:
        try:
            job = reader.get(job_id)
        except NoSuchJobError:
            seen.append(JobSeen(job_id, None))
        except DiskError as error:
            return _Rows(tuple(seen), error)
        else:
            seen.append(JobSeen(job_id, job if job.deleted is None else None))
    return _Rows(tuple(seen))


def _age(job: Job) -> tuple[datetime, str]:
    return job.created, job.id
