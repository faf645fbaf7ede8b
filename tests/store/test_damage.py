from __future__ import annotations

import random
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.opening import OpenReport, open_jobs
from dreamina_desktop.store.rebuild import Rebuilt
from dreamina_desktop.store.receipts import Receipts
from tests.store.profiles import (
    DAMAGES,
    DATABASE,
    Damage,
    check_recovery,
    fill,
    opened,
    run_sql,
    take_a_new_job,
)
from tests.store.sample_jobs import NOON, HandClock


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(8))
def test_random_damage(profile: Path, damage: Damage, seed: int) -> None:
    before = fill(profile)
    damage(profile / DATABASE, random.Random(seed))
    damaged = (profile / DATABASE).read_bytes()
    found, report = opened(profile)
    check_recovery(before, found, report)
    if report.rebuilt is not None and damaged:
        assert report.rebuilt.set_aside is not None
        assert report.rebuilt.set_aside.name.startswith("dreamina.damaged-2026-03-01T1200")
        assert report.rebuilt.jobs == len(found)
    assert opened(profile) == (found, OpenReport())
    take_a_new_job(profile)


@pytest.mark.parametrize("seed", range(6))
def test_damage_in_both_files(profile: Path, seed: int) -> None:
    """What either of them still knows for certain is there."""
    chance = random.Random(seed)
    before = fill(profile)
    path = profile / "receipts.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lost = set(chance.sample(range(len(lines)), 5))
    path.write_bytes(b"".join(line[::-1] if n in lost else line for n, line in enumerate(lines)))
    known = {one.job.id: one.job.request_id for one in Receipts(profile).read()}
    (profile / DATABASE).write_bytes(chance.randbytes(9000))
    found, report = opened(profile)
    assert report.rebuilt
    assert {job_id: found[job_id].request_id for job_id in known} == known
    assert set(found) <= set(before)


def test_every_byte_of_the_header(tmp_path: Path) -> None:
    before = fill(tmp_path / "original", 5)
    content = (tmp_path / "original" / DATABASE).read_bytes()
    for place, flip in product(range(100), (0x01, 0xFF)):
        profile = tmp_path / "damaged"
        shutil.copytree(tmp_path / "original", profile)
        altered = bytearray(content)
        altered[place] ^= flip
        (profile / DATABASE).write_bytes(altered)
        found, report = opened(profile)
        check_recovery(before, found, report)
        if flip == 0xFF and not report.rebuilt:
            take_a_new_job(profile)
        shutil.rmtree(profile)


def test_a_rebuilt_profile_has_it_all(profile: Path) -> None:
    before = fill(profile)
    (profile / DATABASE).write_bytes(b"no database")
    found, report = opened(profile)
    assert report.rebuilt
    # PREPARED rows were only there.
    assert set(found) == {job.id for job in before.values() if job.state is not JobState.PREPARED}
    for job in found.values():
        known = before[job.id]
        assert (job.spec, job.created, job.realm) == (known.spec, known.created, known.realm)
        assert job.file == known.file
        assert job.cost == known.cost
        assert job.attempts == known.attempts
        wanted = JobState.UNKNOWN if known.state is JobState.SUBMITTING else known.state
        assert job.state is wanted


def test_rows_are_salvaged(profile: Path) -> None:
    before = fill(profile)
    run_sql(profile, "UPDATE jobs SET changed = 'never' WHERE id = 'job-004'")
    (profile / "receipts.jsonl").unlink()
    found, report = opened(profile)
    assert report.rebuilt
    assert set(found) == set(before) - {"job-004"}
    assert found["job-000"] == before["job-000"]
    assert found["job-001"] == before["job-001"]
    assert found["job-009"] == replace(before["job-009"], hold=Hold.CONFIRM)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    assert repository.latest_price("maker/model") is not None
    repository.close()
    connection = connect(profile / DATABASE)
    (attempts,) = connection.execute("SELECT count(*) FROM attempts").fetchone()
    connection.close()
    assert attempts == 24


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX jobs_by_request",
        "DROP TABLE prices",
        "DELETE FROM jobs WHERE id = 'job-001'",
        "UPDATE jobs SET state = 'dreaming'",
        "UPDATE jobs SET cancel_wanted = 2",
        "UPDATE jobs SET queue_position = 1.5",
        "UPDATE jobs SET frames = 'many'",
        "UPDATE jobs SET created = '0001-01-01T00:00:00+09:00'",
        "UPDATE jobs SET created = '2026-01-01T00:00:00'",
        "UPDATE jobs SET cost = 'Infinity'",
        "UPDATE jobs SET prompt = CAST(x'ff' AS TEXT)",
        "UPDATE clips SET kind = 'smell'",
        "UPDATE attempts SET outcome = 'fine'",
        "UPDATE attempts SET began = 7",
        "UPDATE prices SET amount = 'much'",
    ],
)
def test_what_the_pages_do_not_show_is_found(profile: Path, statement: str) -> None:
    before = fill(profile, 10)
    run_sql(profile, statement)
    found, report = opened(profile)
    assert report.rebuilt
    check_recovery(before, found, report)


def test_a_second_row_of_one_request_is_dropped(profile: Path) -> None:
    fill(profile, 5)
    run_sql(
        profile,
        "UPDATE jobs SET id = 'job-x00' WHERE id = 'job-000'",
        "UPDATE attempts SET job_id = 'job-x00' WHERE job_id = 'job-000'",
        "DROP INDEX jobs_by_age",
    )
    found, _ = opened(profile)
    assert "job-x00" not in found
    assert found["job-000"].request_id == "request-000"


@pytest.mark.parametrize("left", [None, b""])
def test_a_database_that_is_gone_is_rebuilt(profile: Path, left: bytes | None) -> None:
    before = fill(profile)
    (profile / DATABASE).unlink()
    if left is not None:
        (profile / DATABASE).write_bytes(left)
    found, report = opened(profile)
    # Six that were never sent; nothing is left that could tell of them.
    count = len(found)
    assert report == OpenReport(rebuilt=Rebuilt(count, count, 6, 6, set_aside=None))
    check_recovery(before, found, report)
    assert not list(profile.glob("*damaged*.sqlite"))


def test_a_folder_in_its_place(profile: Path) -> None:
    before = fill(profile)
    (profile / DATABASE).unlink()
    (profile / DATABASE).mkdir()
    found, report = opened(profile)
    assert report.rebuilt
    check_recovery(before, found, report)


def test_an_old_journal_does_not_reach_the_new_database(profile: Path) -> None:
    before = fill(profile)
    good = (profile / DATABASE).read_bytes()
    journal = profile / f"{DATABASE}-journal"
    connection = connect(profile / DATABASE)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE jobs SET word = zeroblob(100000)")
    hot = journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    (profile / DATABASE).write_bytes(b"x" * len(good))
    journal.write_bytes(hot)
    found, report = opened(profile)
    check_recovery(before, found, report)
    assert opened(profile) == (found, OpenReport())


def test_nothing_set_aside_is_overwritten(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        fill(profile, 1)
        (profile / DATABASE).write_bytes(b"broken %d" % number)
        repository, report = open_jobs(profile, HandClock(NOON), holder=True)
        repository.close()
        assert report.rebuilt is not None
        assert report.rebuilt.set_aside is not None
        assert report.rebuilt.set_aside.read_bytes() == b"broken %d" % number
        shutil.rmtree(profile / "pictures", ignore_errors=True)
        (profile / DATABASE).unlink()
        (profile / "receipts.jsonl").unlink()
    assert len(list(profile.glob("*damaged*.sqlite"))) == 3
