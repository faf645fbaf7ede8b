"""One press, as many rows as takes, each told once; what is refused leaves none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, DreaminaError
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.jobs.preparation import Preparation
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.take_sending import TakeSending
from tests.store.sample_jobs import HandClock
from tests.ui.conftest import Until, dispose
from tests.ui.drafts import Recents


@dataclass(slots=True)
class Desk:
    """What the sending is given, and what it tells."""

    sending: TakeSending
    repository: SqliteJobRepository
    jobs: list[Job] = field(default_factory=list)
    errors: list[DreaminaError] = field(default_factory=list)


@pytest.fixture
def desk(draft: Draft, spec: ModelSpec, tmp_path: Path) -> Iterator[Desk]:
    side = SideThreads()
    profile = tmp_path / "profile"
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    preparation = Preparation(
        spec=spec,
        repository=repository,
        media=LocalMediaFiles(profile, tmp_path / "clips"),
        clock=HandClock(),
        realm="practice",
        draw=random.randrange,
    )
    preferences = Preferences(Settings(), lambda _: None, side, side)
    sending = TakeSending(
        draft, preparation, side, preferences, Recents(), tmp_path / "clips", side
    )
    desk = Desk(sending, repository)
    sending.take_committed.connect(desk.jobs.append)
    sending.error_met.connect(desk.errors.append)
    yield desk
    side.close()
    repository.close()
    side.deleteLater()
    dispose()


def make_ready(draft: Draft, takes: int) -> None:
    draft.take_address("https://example.org/a.png")
    draft.set_prompt("Steam rises.")
    draft.set_takes(takes)


def test_every_take_is_a_row_and_told_once(desk: Desk, draft: Draft, until: Until) -> None:
    make_ready(draft, 3)
    draft.set_seed_text("42")
    desk.sending.generate()
    # The second half of a double click.
    desk.sending.generate()
    until(lambda: len(desk.jobs) >= 3)
    rows = desk.repository.all()
    assert {job.id for job in desk.jobs} == {job.id for job in rows}
    assert (len(desk.jobs), len(rows)) == (3, 3)
    seeds = [job.spec.seed for job in desk.jobs if job.spec is not None]
    assert seeds[0] == 42
    assert len(set(seeds)) == 3
    # The draft stays for the next takes.
    assert (draft.takes, draft.seed_text) == (3, "42")


def test_a_disk_that_refuses_leaves_no_row(
    desk: Desk, draft: Draft, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DiskError("database")

    monkeypatch.setattr("dreamina_desktop.store.job_repository.add_job", refuse)
    make_ready(draft, 2)
    desk.sending.generate()
    until(lambda: bool(desk.errors))
    assert [type(error) for error in desk.errors] == [DiskError]
    assert desk.jobs == []
    monkeypatch.undo()
    assert desk.repository.all() == ()


def test_nothing_is_sent_while_there_are_reasons(desk: Desk, draft: Draft) -> None:
    draft.set_takes(2)
    desk.sending.generate()
    assert desk.repository.all() == ()
