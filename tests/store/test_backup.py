from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.store.backup import backup_file, keep_backup, opened_backup
from dreamina_desktop.store.opening import OpenReport, open_jobs
from tests.store.full_disk import refusing
from tests.store.profiles import DATABASE, check_recovery, fill, opened, run_sql
from tests.store.sample_jobs import NOON, HandClock, a_clip, accept, landed, prepared

DATABASES = Path(__file__).parents[1] / "databases"


def saved_jobs(profile: Path) -> dict[str, tuple[str, str | None]]:
    """State and result of each job in the copy."""
    with opened_backup(profile / DATABASE) as connection:
        rows = connection.execute("SELECT id, state, result FROM jobs").fetchall()
    return {job_id: (state, result) for job_id, state, result in rows}


def test_the_next_holder_keeps_a_copy(profile: Path) -> None:
    before = fill(profile)
    opened(profile)
    assert saved_jobs(profile).keys() == before.keys()
    if os.name == "posix":
        assert stat.S_IMODE(backup_file(profile / DATABASE).stat().st_mode) == 0o600


def test_a_new_copy_only_after_a_change_and_an_hour(profile: Path) -> None:
    fill(profile)
    opened(profile)
    database, copy = profile / DATABASE, backup_file(profile / DATABASE)
    now = NOON.timestamp()
    copy.write_bytes(b"old")

    def renewed(*, changed: float, copied: float) -> bool:
        os.utime(database, (changed, changed))
        os.utime(copy, (copied, copied))
        keep_backup(database, NOON)
        return copy.read_bytes() != b"old"

    assert not renewed(changed=now, copied=now - 3599)
    assert not renewed(changed=now - 7201, copied=now - 7200)
    assert renewed(changed=now - 7199, copied=now - 7200)


def test_what_was_never_sent_comes_back_and_asks_first(profile: Path) -> None:
    before = fill(profile)
    opened(profile)
    (profile / DATABASE).write_bytes(b"no database")
    found, report = opened(profile)
    check_recovery(before, found, report)
    assert set(found) == set(before)
    assert {job.hold for job in found.values() if job.state is JobState.PREPARED} == {Hold.CONFIRM}
    assert report.rebuilt is not None
    assert (report.rebuilt.jobs, report.rebuilt.of_jobs) == (31, 31)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    assert repository.latest_price("maker/model") is not None
    repository.close()


@pytest.mark.parametrize("loss", ["a line", "the file"])
def test_where_receipts_are_missing_an_old_click_is_in_doubt(profile: Path, loss: str) -> None:
    """It may have been sent after the copy was made."""
    fill(profile)
    opened(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    accept(repository, repository.get("job-004"), "request-late")
    repository.close()
    (profile / DATABASE).write_bytes(b"no database")
    receipts = profile / "receipts.jsonl"
    if loss == "the file":
        receipts.unlink()
    else:
        lines = receipts.read_bytes().splitlines(keepends=True)
        whole = [line for line in lines if b'"job":"job-004"' not in line]
        receipts.write_bytes(b"".join(whole) + b'{"sum": torn')
    found, _ = opened(profile)
    assert found["job-004"].state is JobState.UNKNOWN
    assert found["job-009"].state is JobState.UNKNOWN
    assert all(job.state is not JobState.PREPARED for job in found.values())


def test_with_all_receipts_gone_a_first_click_is_in_doubt(profile: Path) -> None:
    """The copy knows of no submit at all, so nothing else tells that receipts are missing."""
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    repository.add(prepared())
    repository.close()
    backup_file(profile / DATABASE).unlink()
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    accept(repository, prepared(), "paid")
    repository.close()
    (profile / "receipts.jsonl").unlink()
    (profile / DATABASE).write_bytes(b"x" * 8192)
    found, _ = opened(profile)
    assert found["job-1"].state is JobState.UNKNOWN


@pytest.mark.parametrize("holder", [True, False])
def test_where_nothing_was_ever_sent_a_click_is_only_asked_about(
    profile: Path, *, holder: bool
) -> None:
    repository, _ = open_jobs(profile, HandClock(), holder=holder)
    repository.add(prepared())
    repository.close()
    backup_file(profile / DATABASE).unlink(missing_ok=True)
    opened(profile)
    (profile / DATABASE).write_bytes(b"x" * 8192)
    found, _ = opened(profile)
    assert (found["job-1"].state, found["job-1"].hold) == (JobState.PREPARED, Hold.CONFIRM)


def test_a_copy_has_no_address_of_a_result(profile: Path) -> None:
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    secret = "https://results.example/clip.mp4?signature=canary"
    for number, state in enumerate((JobState.RESULT_SAVED, JobState.DOWNLOADING)):
        repository.add(prepared(f"job-{number}"))
        job = accept(repository, repository.get(f"job-{number}"), f"request-{number}")
        job = repository.change(
            job, replace(job, state=JobState.RESULT_SAVED, result=f'{{"url": "{secret}"}}')
        )
        clips = (replace(a_clip(0), address=secret), replace(landed(1), address=secret))
        if state is JobState.DOWNLOADING:
            repository.change(job, replace(job, state=state, clips=clips))
    repository.close()
    opened(profile)
    assert b"canary" in (profile / DATABASE).read_bytes()
    assert b"canary" not in backup_file(profile / DATABASE).read_bytes()
    assert saved_jobs(profile) == {"job-0": ("queued", None), "job-1": ("queued", None)}


def test_a_disk_without_room_for_a_copy_is_no_hindrance(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fill(profile)

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dreamina_desktop.store.backup.write_whole", refuse)
    found, report = opened(profile)
    assert (set(found), report) == (set(before), OpenReport())
    assert not backup_file(profile / DATABASE).exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_copy_is_as_good_as_none(profile: Path, content: bytes) -> None:
    before = fill(profile)
    backup_file(profile / DATABASE).write_bytes(content)
    (profile / DATABASE).write_bytes(b"no database")
    found, report = opened(profile)
    check_recovery(before, found, report)


def test_a_database_that_is_gone_comes_back_from_its_copy_alone(profile: Path) -> None:
    before = fill(profile)
    opened(profile)
    (profile / DATABASE).unlink()
    (profile / "receipts.jsonl").unlink()
    found, report = opened(profile, holder=False)
    assert set(found) == set(before)
    assert report.rebuilt is not None
    assert report.rebuilt.set_aside is None


def test_lost_rows_that_an_index_still_names_are_counted(profile: Path) -> None:
    before = fill(profile, 10)
    run_sql(profile, "UPDATE jobs SET changed = 'never' WHERE id = 'job-004'")
    (profile / "receipts.jsonl").unlink()
    found, report = opened(profile)
    assert len(found) == len(before) - 1
    assert report.rebuilt is not None
    assert (report.rebuilt.jobs, report.rebuilt.of_jobs) == (10, 11)


@pytest.mark.parametrize("old", sorted(DATABASES.glob("v*.sqlite"))[:-1], ids=lambda p: p.stem)
def test_an_old_schema_is_kept_before_it_is_migrated(tmp_path: Path, old: Path) -> None:
    shutil.copy(old, tmp_path / DATABASE)
    opened(tmp_path)
    kept = tmp_path / f"dreamina.{old.stem}.sqlite"
    with sqlite3.connect(kept) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (jobs,) = connection.execute("SELECT count(*) FROM jobs").fetchone()
    connection.close()
    assert (f"v{version}", jobs > 0) == (old.stem, True)


@pytest.mark.skipif(len(list(DATABASES.glob("v*.sqlite"))) < 2, reason="there is no old schema")
def test_without_room_for_the_old_one_nothing_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (DATABASES / "v1.sqlite").read_bytes()
    (tmp_path / DATABASE).write_bytes(old)
    with refusing(monkeypatch, 1), pytest.raises(DiskError):
        opened(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == old
    opened(tmp_path)


def test_the_hour_is_the_clocks(profile: Path) -> None:
    fill(profile)
    later = HandClock(NOON + timedelta(days=400))
    repository, _ = open_jobs(profile, later, holder=True)
    repository.close()
    assert backup_file(profile / DATABASE).exists()
