from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import ProfileTooNewError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.store import migrations
from dreamina_desktop.store.migrations import (
    MIGRATIONS,
    SCHEMA_VERSION,
    expected_objects,
    migrate,
    schema_objects,
    schema_version,
)
from dreamina_desktop.store.opening import OpenReport, open_jobs
from dreamina_desktop.store.soundness import Soundness, examine
from tests.store.sample_jobs import HandClock

DATABASES = Path(__file__).parents[1] / "databases"
OLD = sorted(DATABASES.glob("v*.sqlite"))


def look(path: Path) -> tuple[int | None, int]:
    """The version, and how many tables and indexes there are."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return schema_version(connection), len(schema_objects(connection))
    finally:
        connection.close()


def test_every_released_schema_has_its_fixture() -> None:
    assert [path.stem for path in OLD] == [f"v{n + 1}" for n in range(SCHEMA_VERSION)]
    assert [look(path)[0] for path in OLD] == [n + 1 for n in range(SCHEMA_VERSION)]


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_an_old_profile_opens_with_all_its_jobs(tmp_path: Path, old: Path) -> None:
    shutil.copy(old, tmp_path / "dreamina.sqlite")
    repository, report = open_jobs(tmp_path, HandClock(), holder=True)
    jobs = repository.all(include_deleted=True)
    price = repository.latest_price("maker/model")
    repository.close()
    assert report == OpenReport()
    assert {job.state for job in jobs} >= {
        JobState.PREPARED,
        JobState.QUEUED,
        JobState.UNKNOWN,
        JobState.DONE,
    }
    assert any(job.spec is None for job in jobs)
    assert any(job.file for job in jobs)
    assert price is not None
    assert examine(tmp_path / "dreamina.sqlite") is Soundness.SOUND


@pytest.mark.parametrize("old", OLD, ids=lambda path: path.stem)
def test_a_released_step_is_never_changed(old: Path) -> None:
    """The fixture was written by the steps as they were released."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, steps=int(old.stem[1:]))
    assert schema_objects(connection) == _objects(old)
    connection.close()


def _objects(path: Path) -> frozenset[tuple[str, str, str | None]]:
    connection = sqlite3.connect(path)
    try:
        return schema_objects(connection)
    finally:
        connection.close()


def test_migrating_twice_does_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    migrate(connection)
    migrate(connection)
    assert schema_objects(connection) == expected_objects()
    connection.close()


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    later = SCHEMA_VERSION + 1
    connection.execute("CREATE TABLE things (x)")
    connection.execute(f"PRAGMA user_version = {later}")
    connection.execute(f"PRAGMA application_id = {0x44524D00 | later}")
    with pytest.raises(ProfileTooNewError, match=str(later)):
        migrate(connection)
    assert not connection.in_transaction
    connection.close()


def test_a_file_that_contradicts_itself_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE things (x)")
    assert schema_version(connection) is None
    migrate(connection)
    assert {name for _, name, _ in schema_objects(connection)} == {"things"}
    connection.close()


def test_a_step_that_fails_leaves_the_old_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection)
    before = look(path)
    broken = (*MIGRATIONS, ("CREATE TABLE more (x)", "CREATE TABLE jobs (x)"))
    monkeypatch.setattr(migrations, "MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError, match="jobs"):
        migrate(connection, steps=SCHEMA_VERSION + 1)
    connection.close()
    assert look(path) == before


KILLED = """
import os, signal, sqlite3, sys
from dreamina_desktop.store.migrations import migrate

left = int(sys.argv[2])

def lethal(statement):
    global left
    left -= 1
    if left == 0:
        # As close to SIGKILL as every platform has.
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
# A small cache makes SQLite write into the file before the commit.
connection.execute("PRAGMA cache_size = 1")
connection.execute("PRAGMA journal_mode = TRUNCATE").fetchall()
connection.set_trace_callback(lethal)
migrate(connection)
print("done")
"""


def after_steps(steps: int) -> tuple[int | None, int]:
    """What ``look`` gives when so many steps were taken, each of them whole."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if steps:
            migrate(connection, steps)
        return schema_version(connection), len(schema_objects(connection))
    finally:
        connection.close()


def test_killed_at_every_statement_it_is_old_or_new(tmp_path: Path) -> None:
    whole = [after_steps(steps) for steps in range(SCHEMA_VERSION + 1)]
    moment, outcome = 0, b""
    while b"done" not in outcome:
        moment += 1
        path = tmp_path / f"{moment}.sqlite"
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(path), str(moment)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            check=False,
        )
        outcome = killed.stdout
        found = look(path)
        assert found in whole
        connection = sqlite3.connect(path, isolation_level=None)
        migrate(connection)
        connection.close()
        assert examine(path) is Soundness.SOUND
    assert moment > sum(len(step) for step in MIGRATIONS)
