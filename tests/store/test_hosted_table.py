"""What was put into the user's buckets is known until it is gone, also after damage."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DatabaseDamagedError, NoSuchJobError
from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.job import FINAL, JobState
from dreamina_desktop.core.settings import BucketPlace, Travel
from dreamina_desktop.store.backup import backup_file
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.store.receipt import Receipt, ReceiptKind, read_receipt, receipt_line
from tests.store.profiles import DATABASE, fill, opened, run_sql
from tests.store.rows import put
from tests.store.sample_jobs import NOON, HandClock, everything_set, prepared

DATABASES = Path(__file__).parents[1] / "databases"


def a_picture(name: str = "folder/ab.png", job_id: str = "job-1") -> HostedPicture:
    return HostedPicture(name, job_id, "https://s3.example", "auto", "paintings", True)


def test_from_before_the_upload_until_it_is_removed(repository: SqliteJobRepository) -> None:
    repository.add(prepared())
    picture = a_picture("folder/\udcff.png")
    repository.begin_hosting(picture)
    assert repository.hosted("job-1") == (picture,)
    repository.note_uploaded(picture.name)
    (uploaded,) = repository.hosted("job-1")
    assert uploaded == replace(picture, uploaded=uploaded.uploaded)
    assert uploaded.uploaded is not None
    assert uploaded.place == BucketPlace("https://s3.example", "auto", "paintings", folder="")
    assert repository.hosted("job-2") == ()
    repository.note_removed(picture.name)
    assert repository.hosted("job-1") == ()


def test_only_for_a_job(repository: SqliteJobRepository) -> None:
    with pytest.raises(NoSuchJobError):
        repository.begin_hosting(a_picture())


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.DRAFT])
def test_removable_is_what_no_job_needs_any_more(
    repository: SqliteJobRepository, state: JobState
) -> None:
    job = put(repository, state, "job-1")
    repository.begin_hosting(a_picture())
    kept = replace(a_picture("folder/kept.png"), deletes_afterwards=False)
    repository.begin_hosting(kept)
    assert repository.removable() == ((a_picture(),) if state in FINAL else ())
    if state in FINAL:
        repository.delete(job.id)
        assert repository.removable() == (a_picture(),)
        repository.note_removed(a_picture().name)
        assert repository.removable() == ()


def test_an_unreadable_row(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(prepared())
    repository.begin_hosting(a_picture())
    run_sql(profile, "UPDATE hosted_pictures SET uploaded = 'yesterday'")
    with pytest.raises(DatabaseDamagedError, match="hosted_pictures"):
        repository.hosted("job-1")
    run_sql(profile, "UPDATE hosted_pictures SET uploaded = NULL, deletes_afterwards = 'perhaps'")
    with pytest.raises(DatabaseDamagedError, match="hosted_pictures"):
        repository.hosted("job-1")


@pytest.mark.parametrize("is_gone", [False, True])
def test_known_after_a_rebuild(profile: Path, *, is_gone: bool) -> None:
    """From the damaged file itself, or from the copy of it."""
    fill(profile)
    repository, _ = open_jobs(profile, HandClock(), holder=True)
    picture = a_picture(job_id="job-001")
    repository.begin_hosting(picture)
    repository.note_uploaded(picture.name)
    known = repository.hosted("job-001")
    repository.close()
    if is_gone:
        shutil.copyfile(profile / DATABASE, backup_file(profile / DATABASE))
        (profile / DATABASE).write_bytes(b"no database")
    else:
        run_sql(profile, "DROP INDEX jobs_by_age")
    repository, report = open_jobs(profile, HandClock(), holder=True)
    assert report.rebuilt is not None
    assert repository.hosted("job-001") == known
    repository.close()


def test_a_row_of_a_lost_job_is_left_behind(profile: Path) -> None:
    fill(profile)
    run_sql(
        profile,
        "INSERT INTO hosted_pictures VALUES ('a.png', 'job-lost', '', '', 'b', 1, NULL, NULL)",
    )
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert "job-lost" not in found


# ---- how the picture travels -----------------------------------------------------------------


def test_the_way_is_kept_with_the_row(repository: SqliteJobRepository) -> None:
    repository.add(replace(prepared(), spec=everything_set().spec))
    assert repository.get("job-1").picture.travel is Travel.BUCKET


def test_rows_and_receipts_of_earlier_versions_travelled_inside(profile: Path) -> None:
    profile.mkdir()
    shutil.copyfile(DATABASES / "v2.sqlite", profile / DATABASE)
    found, _ = opened(profile)
    assert found["job-000"].picture.travel is Travel.INLINE
    line = receipt_line(Receipt(ReceiptKind.ATTEMPT, NOON, everything_set()))
    body = json.loads(line)["receipt"]
    assert body["spec"].pop("travel") == "bucket"
    old = read_receipt(_line(body))
    assert old is not None
    assert old.job.picture.travel is Travel.INLINE


def test_rows_of_a_damaged_database_of_an_earlier_schema(profile: Path) -> None:
    profile.mkdir()
    path = profile / DATABASE
    shutil.copyfile(DATABASES / "v2.sqlite", path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 77")
    connection.close()
    found, report = opened(profile)
    assert report.rebuilt is not None
    assert len(found) == 11
    assert found["job-001"].picture.travel is Travel.INLINE


def _line(body: object) -> bytes:
    """A line as that version wrote it, its sum right."""
    from dreamina_desktop.store.receipt import _sum

    text = json.dumps(body, separators=(",", ":")).encode("ascii")
    return b'{"sum":"' + _sum(text) + b'","receipt":' + text + b"}\n"
