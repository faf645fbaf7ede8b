"""Fixtures of the library's tests: real rows in a real store, the pane on top of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_bin import JobBin
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show, Until
from tests.ui.library.listed_jobs import ListedJobs
from tests.ui.library.person import Person
from tests.ui.library.rows import REALM, Rows, StandingClock

GENERATIONS = "https://provider.example/generations"


@dataclass(slots=True)
class Bell:
    """The holder's bell, and what was shown in the file browser."""

    rung: int = 0
    revealed: list[Path] = field(default_factory=list)

    def ring(self) -> None:
        self.rung += 1

    def reveal(self, path: Path) -> None:
        self.revealed.append(path)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def repository(profile: Path, clock: StandingClock) -> Iterator[SqliteJobRepository]:
    repository, _ = open_jobs(profile, clock, holder=True)
    yield repository
    repository.close()


@pytest.fixture
def rows(repository: SqliteJobRepository, profile: Path) -> Iterator[Rows]:
    del repository
    database = Database(profile / "dreamina.sqlite")
    yield Rows(database)
    database.close()


@pytest.fixture
def reader(repository: SqliteJobRepository) -> ListedJobs:
    return ListedJobs(repository)


@pytest.fixture
def background(application: QApplication, repository: object) -> Iterator[BackgroundThread]:
    """Closed before the repository is, as in the application."""
    del application, repository
    background = BackgroundThread()
    yield background
    background.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where sent pictures are kept, under their digest."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder


@pytest.fixture
def thumbnails(application: QApplication, pictures: Path) -> Iterator[Thumbnails]:
    del application
    background = BackgroundThread()

    def kept(sha256: str) -> Path | None:
        path = pictures / sha256
        return path if path.exists() else None

    thumbnails = Thumbnails(kept, background)
    yield thumbnails
    thumbnails.close()
    background.close()


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
def needs(
    repository: SqliteJobRepository,
    profile: Path,
    reader: ListedJobs,
    background: BackgroundThread,
    thumbnails: Thumbnails,
    clock: StandingClock,
    bell: Bell,
    words: Phrasebook,
    spec: ModelSpec,
) -> LibraryNeeds:
    commands = Commands(
        repository=repository, clock=clock, realm=REALM, draw=lambda _: 7, ring=bell.ring
    )
    return LibraryNeeds(
        reader=reader,
        job_bin=JobBin(repository, profile),
        marks=repository,
        commands=commands,
        rows=background,
        files=background,
        thumbnails=thumbnails,
        opener=bell,
        clock=clock,
        words=words,
        spec=spec,
        generations_page=GENERATIONS,
    )


@pytest.fixture
def pane(needs: LibraryNeeds, theme: Theme, icons: Icons, show: Show) -> LibraryPane:
    """Shown, but nothing read yet."""
    pane = LibraryPane(needs, theme, icons)
    show(pane, 360, 640)
    return pane


@pytest.fixture
def person(pane: LibraryPane, until: Until) -> Person:
    return Person(pane, until)
