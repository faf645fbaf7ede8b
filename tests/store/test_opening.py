from __future__ import annotations

import os
import random
import shutil
import stat
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, ProfileBusyError, ProfileTooNewError
from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.migrations import SCHEMA_VERSION
from dreamina_desktop.store.opening import OpenReport, open_jobs
from dreamina_desktop.store.profile_lock import ProfileLock
from dreamina_desktop.store.receipt import Receipt, ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.profiles import DAMAGES, DATABASE, Damage, fill
from tests.store.sample_jobs import NOON, HandClock, a_spec, adopted, prepared


def opened(profile: Path, *, holder: bool = True) -> tuple[dict[str, Job], OpenReport]:
    repository, report = open_jobs(profile, HandClock(), holder=holder)
    try:
        return {job.id: job for job in repository.all()}, report
    finally:
        repository.close()


def run_sql(profile: Path, *statements: str) -> None:
    connection = connect(profile / DATABASE)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


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
    assert report == OpenReport(recovered=1)
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
    assert report == OpenReport(recovered=1)
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
    assert report.recovered == 1
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


# ---- damage --------------------------------------------------------------------------------


def check_recovery(before: dict[str, Job], found: dict[str, Job], report: OpenReport) -> None:
    """Nothing that was paid for is lost, nothing that may be was made ready to be sent."""
    for job in before.values():
        after = found.get(job.id)
        if job.request_id is not None:
            assert after is not None, job.id
            assert after.request_id == job.request_id
            assert after.state not in (JobState.PREPARED, JobState.SUBMITTING, JobState.UNKNOWN)
            assert after.spec is None or report.rebuilt or after.spec.model_id == "maker/model"
        elif job.attempts:
            assert after is not None, job.id
            assert after.state in (JobState.UNKNOWN, JobState.SUBMITTING)
        elif after is not None and report.rebuilt:
            assert (after.state, after.hold) == (JobState.PREPARED, Hold.CONFIRM)
    sent = [job.request_id for job in found.values() if job.request_id is not None]
    assert sorted(sent) == sorted(set(sent))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("seed", range(8))
def test_random_damage(profile: Path, damage: Damage, seed: int) -> None:
    before = fill(profile)
    damage(profile / DATABASE, random.Random(seed))
    damaged = (profile / DATABASE).read_bytes()
    found, report = opened(profile)
    check_recovery(before, found, report)
    if report.rebuilt and damaged:
        assert report.set_aside is not None
        assert report.set_aside.name.startswith("dreamina.damaged-2026-03-01T1200")
        assert report.recovered == len(found)
    assert opened(profile) == (found, OpenReport())


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
    assert report == OpenReport(rebuilt=True, recovered=len(found))
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
        assert report.set_aside is not None
        assert report.set_aside.read_bytes() == b"broken %d" % number
        shutil.rmtree(profile / "pictures", ignore_errors=True)
        (profile / DATABASE).unlink()
        (profile / "receipts.jsonl").unlink()
    assert len(list(profile.glob("*damaged*.sqlite"))) == 3


# ---- killed while rebuilding -----------------------------------------------------------------


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it, nothing is tidied away."""


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("moment", range(6))
def test_killed_while_rebuilding(
    profile: Path, monkeypatch: pytest.MonkeyPatch, moment: int, *, links: bool
) -> None:
    before = fill(profile)
    run_sql(profile, "DROP INDEX jobs_by_age")
    left = moment

    def lethal(name: str, real: object) -> object:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            if name == "link" and not links:
                raise OSError
            left -= 1
            if left == 0:
                raise Killed
            assert callable(real)
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in ("link", "rename", "replace"):
            patched.setattr(os, name, lethal(name, getattr(os, name)))
        if 0 < moment <= 3:
            with pytest.raises(Killed):
                opened(profile)
    found, report = opened(profile)
    assert set(found) == set(before)
    check_recovery(before, found, replace(report, rebuilt=True))
    assert opened(profile) == (found, OpenReport())
    assert not list(profile.glob("*rebuilding*"))


def test_a_rebuild_that_never_got_far_is_begun_again(profile: Path) -> None:
    before = fill(profile)
    (profile / DATABASE).rename(profile / "dreamina.rebuilding.sqlite")
    (profile / "dreamina.rebuilding.sqlite-journal").write_bytes(b"not empty")
    found, report = opened(profile)
    assert report.rebuilt
    check_recovery(before, found, report)


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
            with pytest.raises(DiskError, match="BUSY"):
                opened(profile, holder=holder)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (profile / DATABASE).read_bytes() == before
    assert not list(profile.glob("*damaged*"))
