"""The list: pages, changes of single rows, filters, and rows that vanish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import QModelIndex, Qt

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.library.library_events import JobSeen, ReadingFailed
from dreamina_desktop.ui.library.library_model import PAGE, LibraryModel, LibraryRole
from dreamina_desktop.ui.library.list_filter import JobGroup, ListFilter
from dreamina_desktop.ui.ports import Outcome
from tests.ui.conftest import Until
from tests.ui.library.listed_jobs import ListedJobs
from tests.ui.library.rows import Rows, a_job, done, many


def described(job: Job) -> str:
    return f"card of {job.id}"


@dataclass(slots=True)
class Heard:
    """What the model told."""

    lists: int = 0
    seen: list[JobSeen] = field(default_factory=list)
    failed: list[ReadingFailed] = field(default_factory=list)

    def listen(self, model: LibraryModel) -> None:
        model.list_read.connect(self._on_list_read)
        model.job_seen.connect(self.seen.append)
        model.reading_failed.connect(self.failed.append)

    def _on_list_read(self) -> None:
        self.lists += 1


@dataclass(slots=True)
class ByHand:
    """A background whose pieces a test carries out when it likes."""

    pieces: list[tuple[Callable[[], object], Callable[[Outcome[object]], None]]] = field(
        default_factory=list
    )

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None:
        self.pieces.append((work, done))  # type: ignore[arg-type]

    def carry_out(self, place: int = 0) -> None:
        work, done = self.pieces.pop(place)
        done(Outcome(work()))

    def carry_out_all(self) -> None:
        while self.pieces:
            self.carry_out()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def model(reader: ListedJobs, background: BackgroundThread, heard: Heard) -> LibraryModel:
    model = LibraryModel(reader, background, described)
    heard.listen(model)
    return model


@pytest.fixture
def by_hand() -> ByHand:
    return ByHand()


@pytest.fixture
def stepped(reader: ListedJobs, by_hand: ByHand, application: object, heard: Heard) -> LibraryModel:
    """A model whose reads come back when the test says so."""
    del application
    model = LibraryModel(reader, by_hand, described)
    heard.listen(model)
    return model


def ids(model: LibraryModel) -> list[str]:
    return [model.index(row).data(LibraryRole.JOB_ID) for row in range(model.rowCount())]


def numbers(model: LibraryModel) -> list[int]:
    return [int(job_id.removeprefix("job-")) for job_id in ids(model)]


def test_pages_come_newest_first_and_only_when_asked_for(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(2 * PAGE + 50))
    model.read()
    assert not model.canFetchMore(QModelIndex())
    until(lambda: heard.lists == 1)
    assert numbers(model) == list(range(449, 249, -1))
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    until(lambda: model.rowCount() == 2 * PAGE)
    model.fetchMore(QModelIndex())
    until(lambda: model.rowCount() == 2 * PAGE + 50)
    assert numbers(model) == list(range(449, -1, -1))
    assert not model.canFetchMore(QModelIndex())
    assert not model.canFetchMore(model.index(0))
    assert heard.lists == 1


def test_a_row_is_what_the_store_says(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    job = done(3, "/videos/clip.mp4")
    adopted = replace(a_job(1, JobState.QUEUED), spec=None)
    rows.put(job, adopted)
    model.read()
    until(lambda: heard.lists == 1)
    index = model.index(0)
    assert index.data(LibraryRole.JOB) == job == model.job(job.id)
    assert index.data() == "steam rises"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "card of job-00003"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "card of job-00003"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.index(1).data() == "request-1"
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == 0
    assert model.index_of(adopted.id).row() == 1
    assert not model.index_of("job-99999").isValid()
    assert model.job("job-99999") is None


def test_only_files_that_are_there_can_be_dragged_out(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(a_job(1, JobState.RUNNING), done(2, "/videos/a clip.mp4"))
    model.read()
    until(lambda: heard.lists == 1)
    clip, running = model.index(0), model.index(1)
    assert clip.flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert not running.flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    urls = model.mimeData([clip, running]).urls()
    assert [url.toLocalFile() for url in urls] == ["/videos/a clip.mp4"]
    assert model.mimeTypes() == ["text/uri-list"]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction


def test_a_change_is_read_again_and_a_new_row_stands_on_top(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(a_job(1, JobState.QUEUED), a_job(2, JobState.QUEUED))
    model.read()
    until(lambda: heard.lists == 1)
    changed: list[int] = []
    model.dataChanged.connect(lambda first: changed.append(first.row()))
    rows.put(a_job(1, JobState.RUNNING), a_job(3))
    model.row_changed("job-00001")
    model.row_changed("job-00003")
    until(lambda: len(heard.seen) == 2)
    assert numbers(model) == [3, 2, 1]
    job = model.job("job-00001")
    assert job is not None
    assert job.state is JobState.RUNNING
    assert len(changed) == 1


def test_a_deleted_row_vanishes_and_an_unknown_one_does_no_harm(
    model: LibraryModel, repository: SqliteJobRepository, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(a_job(1, JobState.FAILED), a_job(2, JobState.FAILED))
    model.read()
    until(lambda: heard.lists == 1)
    repository.delete("job-00002")
    model.row_changed("job-00002")
    model.row_changed("job-nobody-knows")
    until(lambda: len(heard.seen) == 2)
    assert numbers(model) == [1]
    assert heard.seen == [JobSeen("job-00002", None), JobSeen("job-nobody-knows", None)]
    repository.undelete("job-00002")
    model.row_changed("job-00002")
    until(lambda: len(heard.seen) == 3)
    assert numbers(model) == [2, 1]


def test_a_change_of_a_row_on_a_later_page_waits_for_its_page(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(PAGE + 5))
    model.read()
    until(lambda: heard.lists == 1)
    model.row_changed("job-00002")
    until(lambda: len(heard.seen) == 1)
    assert model.rowCount() == PAGE
    model.fetchMore(QModelIndex())
    until(lambda: model.rowCount() == PAGE + 5)
    assert numbers(model)[-3:] == [2, 1, 0]


@pytest.mark.parametrize(
    ("list_filter", "expected"),
    [
        (ListFilter(), [6, 5, 4, 3, 2, 1]),
        (ListFilter("WAVES"), [6, 2]),
        (ListFilter("steam 1003"), [3]),
        (ListFilter(group=JobGroup.RUNNING), [3, 1]),
        (ListFilter(group=JobGroup.DONE), [2]),
        (ListFilter(group=JobGroup.NEEDS_YOU), [6, 5, 4]),
        (ListFilter("waves", JobGroup.NEEDS_YOU), [6]),
        (ListFilter("none of it"), []),
    ],
)
def test_filters(
    model: LibraryModel,
    heard: Heard,
    rows: Rows,
    until: Until,
    list_filter: ListFilter,
    expected: list[int],
) -> None:
    rows.put(
        a_job(1),
        done(2, prompt="Waves roll in"),
        a_job(3, JobState.RUNNING),
        replace(a_job(4), hold=Hold.BALANCE),
        replace(a_job(5, JobState.DOWNLOADING), resting=True),
        a_job(6, JobState.UNKNOWN, "waves again"),
    )
    model.read(list_filter)
    until(lambda: heard.lists == 1)
    assert numbers(model) == expected
    assert model.list_filter == list_filter
    for number in range(1, 7):
        model.row_changed(f"job-{number:05}")
    until(lambda: len(heard.seen) == 6)
    assert numbers(model) == expected


def test_a_job_leaves_a_filter_that_it_no_longer_fits(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(PAGE + 1, JobState.DOWNLOADING))
    model.read(ListFilter(group=JobGroup.RUNNING))
    until(lambda: model.rowCount() == PAGE)
    rows.put(*(done(number) for number in range(PAGE + 1)))
    rows.put(a_job(0, JobState.RUNNING))
    for job_id in ids(model):
        model.row_changed(job_id)
    # And where all have left it, the next page takes their place.
    until(lambda: numbers(model) == [0])
    assert len(heard.seen) == PAGE


def test_many_events_become_few_reads(
    stepped: LibraryModel, by_hand: ByHand, heard: Heard, rows: Rows
) -> None:
    rows.put(a_job(1))
    for _ in range(50):
        stepped.row_changed("job-00001")
    assert len(by_hand.pieces) == 1
    by_hand.carry_out()
    assert len(by_hand.pieces) == 1
    by_hand.carry_out_all()
    assert [seen.job_id for seen in heard.seen] == ["job-00001"] * 2


def test_a_page_of_an_earlier_list_is_thrown_away(
    stepped: LibraryModel, by_hand: ByHand, heard: Heard, rows: Rows
) -> None:
    rows.put(*many(PAGE + 1))
    stepped.read()
    by_hand.carry_out()
    stepped.fetchMore(QModelIndex())
    stepped.read(ListFilter("number 7"))
    by_hand.carry_out()
    assert stepped.rowCount() == PAGE
    assert heard.lists == 1
    by_hand.carry_out()
    assert heard.lists == 2
    assert all("7" in str(number) for number in numbers(stepped))


def test_a_row_that_came_by_an_event_is_not_listed_twice(
    stepped: LibraryModel, by_hand: ByHand, rows: Rows
) -> None:
    rows.put(*many(PAGE + 3))
    stepped.read()
    by_hand.carry_out()
    stepped.fetchMore(QModelIndex())
    rows.put(a_job(500))
    stepped.row_changed("job-00500")
    by_hand.carry_out(1)
    by_hand.carry_out_all()
    assert numbers(stepped) == [500, *range(PAGE + 2, -1, -1)]


def test_what_is_hidden_stays_hidden_until_it_is_shown_again(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(3))
    model.read()
    until(lambda: heard.lists == 1)
    model.hide(("job-00001", "job-nobody-knows"))
    assert numbers(model) == [2, 0]
    model.row_changed("job-00001")
    until(lambda: len(heard.seen) == 1)
    model.read()
    until(lambda: heard.lists == 2)
    assert numbers(model) == [2, 0]
    model.unhide(("job-00001",))
    until(lambda: model.rowCount() == 3)
    assert numbers(model) == [2, 1, 0]


def test_the_next_page_is_read_when_nothing_of_the_first_is_left(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(PAGE + 3))
    model.read()
    until(lambda: heard.lists == 1)
    gone = ids(model)
    model.hide(gone)
    until(lambda: numbers(model) == [2, 1, 0])
    rows.put(a_job(500))
    model.row_changed("job-00500")
    until(lambda: numbers(model) == [500, 2, 1, 0])
    model.unhide(gone)
    until(lambda: numbers(model) == [500, *range(PAGE + 2, -1, -1)])
    assert heard.lists == 1


def test_the_last_card_of_a_page_comes_back_too(
    model: LibraryModel, heard: Heard, rows: Rows, until: Until
) -> None:
    rows.put(*many(PAGE + 3))
    model.read()
    until(lambda: heard.lists == 1)
    model.hide(("job-00003", "job-00004"))
    model.unhide(("job-00003", "job-00004"))
    until(lambda: len(heard.seen) == 2)
    assert numbers(model) == list(range(PAGE + 2, 2, -1))


class Broken(ListedJobs):
    """A disk that gives up when it is told to."""

    is_broken = False

    def get(self, job_id: str) -> Job:
        if self.is_broken:
            raise DiskError("database")
        return super().get(job_id)

    def page(self, *args: object, **options: object) -> tuple[Job, ...]:
        if self.is_broken:
            raise DiskError("database")
        return super().page(*args, **options)  # type: ignore[arg-type]


def test_a_disk_that_fails_is_told_and_takes_nothing_away(
    repository: SqliteJobRepository, by_hand: ByHand, heard: Heard, rows: Rows, application: object
) -> None:
    del application
    reader = Broken(repository)
    model = LibraryModel(reader, by_hand, described)
    heard.listen(model)
    rows.put(*many(PAGE + 2))
    model.read()
    by_hand.carry_out()
    reader.is_broken = True
    model.fetchMore(QModelIndex())
    by_hand.carry_out()
    model.row_changed("job-00001")
    by_hand.carry_out()
    model.read()
    by_hand.carry_out()
    assert [failed.error.code for failed in heard.failed] == ["disk"] * 3
    assert model.rowCount() == PAGE
    # What could not be read is asked for again by whoever scrolls on.
    reader.is_broken = False
    model.fetchMore(QModelIndex())
    by_hand.carry_out()
    assert numbers(model) == list(range(PAGE + 1, -1, -1))
    # But a list that cannot be read does not go on below another.
    model.read()
    by_hand.carry_out()
    reader.is_broken = True
    model.read(ListFilter("number 7"))
    by_hand.carry_out()
    assert model.rowCount() == PAGE
    assert not model.canFetchMore(QModelIndex())
