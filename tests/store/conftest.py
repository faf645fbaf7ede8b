"""Fixtures of the store's tests: a profile on disk, opened as its holder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from tests.store.sample_jobs import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def repository(profile: Path, clock: HandClock) -> Iterator[SqliteJobRepository]:
    repository, _ = open_jobs(profile, clock, holder=True)
    yield repository
    repository.close()
