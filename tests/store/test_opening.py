from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import (
    DatabaseBusyError,
    DiskError,
    ProfileBusyError,
    ProfileTooNewError,
)
from dreamina_desktop.core.job import JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.migrations import SCHEMA_VERSION
from dreamina_desktop.store.opening import OpenReport, open_jobs
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.receipt import Receipt, ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.profiles import DATABASE, fill, opened, run_sql
from tests.store.sample_jobs import NOON, HandClock, a_spec, adopted, prepared


def set_version(profile: Path, version: int) -> None:
    run_sql(
        profile,
        f"PRAGMA user_version = {version}",
        f"PRAGMA application_id = {0x44524D00 | version}",
    )


@pytest.mark.parametrize("holder", [True, False])
def test_a_new_profile(tmp_path: Path, *, holder: bool) -> None:
    profile = tmp_path / "deep" / "profile"
    assert opened(profile, holder=holder) == ({}, OpenReport())
    if os.name == "posix":
        assert stat.S_IMODE(profile.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in profile.iterdir()} == {0o600}


@pytest.mark.parametrize("holder", [True, False])
def test_a_sound_profile_is_left_alone(profile: Path, *, holder: bool) -> None:
    jobs = fill(profile)
    assert opened(profile, holder=holder) == (jobs, OpenReport())
    assert not list(profile.glob("*damaged*"))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="profile folder"):
        opened(tmp_path / "file" / "profile")


# ---- a crash between receipt and commit ------------------------------------------------------


def test_an_accepted_submit_whose_commit_never_came(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    repository.close()
    accepted = replace(sent, state=JobState.QUEUED, request_id="request-1")
    Receipts(profile).append(Receipt(ReceiptKind.ACCEPTED, NOON, accepted))
    jobs, report = opened(profile)
    assert report == OpenReport(mended=1)
    assert (jobs["job-1"].state, jobs["job-1"].request_id) == (JobState.QUEUED, "request-1")
    assert jobs["job-1"].submitted == NOON
    connection = connect(profile / DATABASE)
    row = connection.execute("SELECT outcome, request_id FROM attempts").fetchone()
    connection.close()
    assert tuple(row) == ("accepted", "request-1")
    assert opened(profile) == (jobs, OpenReport())


def test_an_adoption_whose_commit_never_came(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.close()
    Receipts(profile).append(Receipt(ReceiptKind.ACCEPTED, NOON, adopted()))
    jobs, report = opened(profile)
    assert report == OpenReport(mended=1)
    assert jobs["job-a"].request_id == "request-a"


def test_a_submit_without_an_answer_stays_for_the_engine(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    repository.begin_attempt(prepared())
    repository.close()
    jobs, report = opened(profile)
    assert report == OpenReport()
    assert jobs["job-1"].state is JobState.SUBMITTING


def test_a_click_that_was_taken_back_is_not_sent_after_all(
    repository: SqliteJobRepository, profile: Path
) -> None:
    """Killed between the receipt of the cancel and its commit."""
    repository.add(prepared())
    repository.want_cancel("job-1")
    repository.close()
    over = replace(prepared(), state=JobState.CANCELLED)
    Receipts(profile).append(Receipt(ReceiptKind.ENDED, NOON, over))
    jobs, report = opened(profile)
    assert report == OpenReport(mended=1)
    assert (jobs["job-1"].state, jobs["job-1"].cancel_wanted) == (JobState.CANCELLED, False)
    assert opened(profile) == (jobs, OpenReport())


def test_an_older_copy_does_not_send_what_was_rejected_since(
    repository: SqliteJobRepository, profile: Path, tmp_path: Path
) -> None:
    repository.add(prepared())
    shutil.copy(profile / DATABASE, tmp_path / "copy")
    sent = repository.begin_attempt(prepared())
    rejected = replace(sent, state=JobState.REJECTED)
    repository.end_attempt(sent, rejected, SubmitClass.REJECTED)
    repository.close()
    shutil.copy(tmp_path / "copy", profile / DATABASE)
    assert opened(profile)[0]["job-1"].state is JobState.REJECTED


def test_what_nobody_could_send_is_not_made_up(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.close()
    bare = replace(prepared(), spec=None)
    Receipts(profile).append(Receipt(ReceiptKind.CLOSED, NOON, bare, SubmitClass.HELD))
    assert opened(profile) == ({}, OpenReport())


def test_others_than_the_holder_do_not_mend(profile: Path) -> None:
    fill(profile, 1)
    Receipts(profile).append(Receipt(ReceiptKind.ACCEPTED, NOON, adopted("job-new", "new")))
    assert "job-new" not in opened(profile, holder=False)[0]
    assert "job-new" in opened(profile)[0]


def test_an_older_copy_of_the_database_catches_up(profile: Path, tmp_path: Path) -> None:
    jobs = fill(profile, 2)
    shutil.copy(profile / DATABASE, tmp_path / "copy")
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    late = prepared("job-late")
    repository.add(late)
    sent = repository.begin_attempt(late)
    repository.end_attempt(
        sent, replace(sent, state=JobState.QUEUED, request_id="late"), SubmitClass.ACCEPTED
    )
    repository.close()
    shutil.copy(tmp_path / "copy", profile / DATABASE)
    found, report = opened(profile)
    assert report.mended == 1
    assert found["job-late"].request_id == "late"
    assert found["job-late"].spec == a_spec()
    assert set(found) == {*jobs, "job-late"}


# ---- versions ------------------------------------------------------------------------------


@pytest.mark.parametrize("holder", [True, False])
def test_a_profile_of_a_later_version_is_not_touched(profile: Path, *, holder: bool) -> None:
    fill(profile, 1)
    set_version(profile, SCHEMA_VERSION + 1)
    before = (profile / DATABASE).read_bytes()
    with pytest.raises(ProfileTooNewError):
        opened(profile, holder=holder)
    assert (profile / DATABASE).read_bytes() == before


def test_a_version_that_contradicts_itself_is_damage(profile: Path) -> None:
    jobs = fill(profile, 5)
    run_sql(profile, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    found, report = opened(profile)
    assert report.rebuilt
    assert set(found) == set(jobs)


# ---- others than the holder ------------------------------------------------------------------


def break_it(profile: Path) -> None:
    (profile / DATABASE).write_bytes(b"no database")


@pytest.mark.parametrize("spoil", [break_it, lambda profile: (profile / DATABASE).unlink()])
def test_only_with_the_lock_is_a_database_rebuilt(profile: Path, spoil: object) -> None:
    fill(profile)
    assert callable(spoil)
    spoil(profile)
    with ProfileLock(profile), pytest.raises(ProfileBusyError):
        opened(profile, holder=False)
    found, report = opened(profile, holder=False)
    assert report.rebuilt
    assert found
    with ProfileLock(profile):
        assert opened(profile, holder=False) == (found, OpenReport())


def test_a_disk_that_refuses_is_no_damage(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(profile, 1)
    before = (profile / DATABASE).read_bytes()
    monkeypatch.setattr("dreamina_desktop.store.database.BUSY_SECONDS", 0.01)
    other = connect(profile / DATABASE)
    other.execute("BEGIN EXCLUSIVE")
    try:
        for holder in (True, False):
            with pytest.raises(DatabaseBusyError, match="BUSY"):
                opened(profile, holder=holder)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (profile / DATABASE).read_bytes() == before
    assert not list(profile.glob("*damaged*"))
