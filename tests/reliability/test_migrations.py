"""Every old schema, killed at every step: old or new, never mixed; a newer one is left alone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.core.errors import ProfileTooNewError
from dreamina_desktop.store.migrations import (
    SCHEMA_VERSION,
    migrate,
    schema_objects,
    schema_version,
)
from dreamina_desktop.store.opening import open_jobs
from tests.cli.console import Console
from tests.practice_server import PracticeServer
from tests.reliability.tally import Tally
from tests.store.profiles import DATABASE, fill, run_sql
from tests.store.sample_jobs import HandClock

OLD = sorted((Path(__file__).parents[1] / "databases").glob("v*.sqlite"))
ROOT = Path(__file__).parents[2]

type Row = tuple[str, str, str | None]


@pytest.mark.promise(20, short=0, long=0)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
def test_killed_at_each_step(tmp_path: Path, tally: Tally) -> None:
    """Steps are SQL statements and file calls: of the look, the copy, the migration, the end."""
    killed = 0
    for old in OLD:
        folder = tmp_path / old.stem
        ended = subprocess.run(
            [sys.executable, "-m", "tests.reliability.migration_host", str(old), str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        moments = int(ended.stdout)
        assert moments > 20
        killed += moments + 1
        for moment in range(1, moments + 2):
            tally.fell(_old_or_new(folder / str(moment), old))
    tally.ran(killed)


def _old_or_new(profile: Path, old: Path) -> str:
    before, path = int(old.stem[1:]), profile / DATABASE
    version, objects = _look(path)
    assert version is not None
    assert before <= version <= SCHEMA_VERSION
    assert objects == _schema(version), "mixed"
    rows = _rows(old)
    assert _rows(path) == rows
    kept = profile / f"dreamina.{old.stem}.sqlite"
    if version > before or kept.exists():
        assert _look(kept) == (before, _schema(before))
        assert [row[0] for row in _rows(kept)] == [row[0] for row in rows]
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.close()
    assert _look(path) == (SCHEMA_VERSION, _schema(SCHEMA_VERSION))
    assert _rows(path) == rows
    if before == SCHEMA_VERSION:
        return "nothing to migrate"
    return "new" if version == SCHEMA_VERSION else "old, and new at the next start"


@pytest.mark.promise(20, short=0, long=0)
@pytest.mark.parametrize("journal", ["TRUNCATE", "WAL"])
def test_a_newer_profile_is_refused_and_left_as_it_is(
    practice: PracticeServer,
    tmp_path: Path,
    tally: Tally,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    journal: str,
) -> None:
    console = Console(tmp_path, capsys, monkeypatch, practice)
    fill(console.profile)
    later = SCHEMA_VERSION + 1
    run_sql(
        console.profile,
        f"PRAGMA user_version = {later}",
        f"PRAGMA application_id = {0x44524D00 | later}",
        "CREATE TABLE things_to_come (x)",
        f"PRAGMA journal_mode = {journal}",
    )
    before = _contents(console.profile)
    for holder in (True, False):
        with pytest.raises(ProfileTooNewError):
            open_jobs(console.profile, HandClock(), holder=holder)
    for command in (("jobs",), ("resume",), ("generate", "x.png", "--prompt", "x")):
        said = console.type(*command)
        assert said.code == ExitCode.RESUMABLE
        assert "newer version" in said.err
        tally.fell("refused")
    assert _contents(console.profile) == before
    tally.ran(5)


def _contents(profile: Path) -> dict[str, bytes]:
    # Whoever asks for the lock makes its file.
    names = (path for path in profile.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path): path.read_bytes() for path in names if path.name != "lock"}


def _look(path: Path) -> tuple[int | None, frozenset[tuple[str, str, str | None]]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return schema_version(connection), schema_objects(connection)


def _schema(version: int) -> frozenset[tuple[str, str, str | None]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, version)
        return schema_objects(connection)


def _rows(path: Path) -> list[Row]:
    with closing(sqlite3.connect(path)) as connection:
        found: list[Row] = connection.execute(
            "SELECT id, state, request_id FROM jobs ORDER BY id"
        ).fetchall()
        return found
