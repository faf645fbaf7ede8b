from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DiskError, NoSuchJobError, StateChangedError
from dreamina_desktop.core.job import FINAL, TRANSITIONS, Job, JobState
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from tests.store.rows import put
from tests.store.sample_jobs import (
    NOON,
    REALM,
    HandClock,
    a_clip,
    adopted,
    everything_set,
    finish,
    landed,
    prepared,
)


def test_it_is_the_port(repository: SqliteJobRepository) -> None:
    port: JobRepository = repository
    assert port.unfinished(REALM) == ()


def test_every_field_comes_back(repository: SqliteJobRepository, profile: Path) -> None:
    job = everything_set()
    repository.add(job)
    assert repository.get(job.id) == job
    again, _ = open_jobs(profile, HandClock(), holder=True)
    assert again.get(job.id) == job
    again.close()


def test_a_spec_may_be_missing(repository: SqliteJobRepository) -> None:
    repository.add(adopted())
    assert repository.get("job-a") == adopted()


def test_get_knows_what_is_not_there(repository: SqliteJobRepository) -> None:
    with pytest.raises(NoSuchJobError) as caught:
        repository.get("nothing \udcff")
    assert caught.value.detail == "nothing \udcff"


@pytest.mark.parametrize(
    "job",
    [
        replace(adopted(), state=JobState.RUNNING),
        replace(adopted(), request_id=None),
        replace(prepared(), request_id="request"),
        replace(prepared(), cost=Decimal("NaN")),
        replace(prepared(), created=NOON.replace(tzinfo=None)),
    ],
)
def test_a_row_that_cannot_be_is_a_bug(repository: SqliteJobRepository, job: Job) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - four kinds of nonsense
        repository.add(job)
    assert repository.all() == ()


def test_a_request_is_adopted_once(repository: SqliteJobRepository) -> None:
    repository.add(adopted("job-1", "request"))
    with pytest.raises(StateChangedError, match="job-1"):
        repository.add(adopted("job-2", "request"))
    assert [job.id for job in repository.all()] == ["job-1"]
    repository.add(replace(adopted("job-3", "request"), realm="https://elsewhere.example"))
    assert len(repository.all()) == 2


def test_by_request(repository: SqliteJobRepository) -> None:
    assert repository.by_request("request") is None
    job = adopted("job-1", "request")
    repository.add(job)
    assert repository.by_request("request") == job
    done = finish(repository, job, landed())
    repository.delete(done.id)
    assert repository.by_request("request") is None


def test_unfinished_are_oldest_first_of_one_realm(repository: SqliteJobRepository) -> None:
    repository.add(prepared("job-2", minutes=2))
    repository.add(prepared("job-1", minutes=1))
    repository.add(replace(prepared("job-3"), realm="https://elsewhere.example"))
    repository.add(prepared("job-4", minutes=3))
    repository.change(
        repository.get("job-4"), replace(repository.get("job-4"), state=JobState.CANCELLED)
    )
    assert [job.id for job in repository.unfinished(REALM)] == ["job-1", "job-2"]


# ---- change --------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [state for state in JobState if state is not JobState.DRAFT])
def test_change_follows_the_table(repository: SqliteJobRepository, before: JobState) -> None:
    for after in JobState:
        job = put(repository, before, f"job-{after.value}")
        wanted = replace(job, state=after, word="changed")
        if after is before or after in TRANSITIONS[before]:
            assert repository.change(job, wanted).word == "changed"
            assert repository.get(job.id).state is after
        else:
            with pytest.raises(ValueError, match=before.value):
                repository.change(job, wanted)
            assert repository.get(job.id) == job


def test_change_sets_the_time(repository: SqliteJobRepository, clock: HandClock) -> None:
    job = prepared()
    repository.add(job)
    changed = repository.change(job, replace(job, word="new"))
    assert changed.changed == clock.moment
    assert repository.get(job.id) == changed


def test_change_is_compare_and_set(repository: SqliteJobRepository) -> None:
    job = prepared()
    repository.add(job)
    repository.change(job, replace(job, state=JobState.CANCELLED))
    with pytest.raises(StateChangedError):
        repository.change(job, replace(job, word="too late"))
    assert repository.get(job.id).word == ""


def test_a_submit_in_between_is_seen_though_it_came_to_nothing(
    repository: SqliteJobRepository,
) -> None:
    """Else a word about the row before would undo what that submit left: its number, its wait."""
    job = prepared()
    repository.add(job)
    sending = repository.begin_attempt(job)
    back = replace(sending, state=JobState.PREPARED)
    repository.end_attempt(sending, back, SubmitClass.NOT_SENT)
    with pytest.raises(StateChangedError):
        repository.change(job, replace(job, word="too late"))
    with pytest.raises(StateChangedError):
        repository.begin_attempt(job)
    assert repository.get(job.id).attempts == 1


def test_change_of_another_row_is_a_bug(repository: SqliteJobRepository) -> None:
    job = prepared()
    repository.add(job)
    with pytest.raises(ValueError, match="job-2"):
        repository.change(job, replace(job, id="job-2"))


def test_change_of_a_missing_row(repository: SqliteJobRepository) -> None:
    with pytest.raises(NoSuchJobError):
        repository.change(prepared(), prepared())


def test_change_keeps_what_others_wrote_meanwhile(repository: SqliteJobRepository) -> None:
    job = adopted()
    repository.add(job)
    repository.want_cancel(job.id)
    changed = repository.change(job, replace(job, word="in_queue"))
    assert changed.cancel_wanted
    assert repository.change(changed, replace(changed, cancel_wanted=False)).cancel_wanted is False


def test_clips_are_replaced_only_when_they_differ(repository: SqliteJobRepository) -> None:
    job = adopted()
    repository.add(job)
    two = repository.change(job, replace(job, clips=(a_clip(0), a_clip(1))))
    assert repository.get(job.id).clips == (a_clip(0), a_clip(1))
    stale = repository.change(job, replace(job, word="x"))
    assert stale.clips == two.clips == repository.get(job.id).clips
    fewer = repository.change(stale, replace(stale, clips=(landed(0),)))
    assert repository.get(job.id) == fewer
    assert fewer.file == "/videos/clip.mp4"


# ---- deleting, prices, threads -------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.DRAFT])
def test_only_what_rests_can_be_deleted(repository: SqliteJobRepository, state: JobState) -> None:
    job = put(repository, state)
    if state in FINAL or state is JobState.EXPIRED:
        gone = repository.delete(job.id)
        assert gone.deleted is not None
        assert repository.all() == repository.unfinished(REALM) == ()
        assert repository.all(include_deleted=True) == (gone,)
        assert repository.undelete(job.id).deleted is None
        assert len(repository.all()) == 1
    else:
        with pytest.raises(StateChangedError):
            repository.delete(job.id)


def test_deleting_meanwhile_is_kept(repository: SqliteJobRepository) -> None:
    job = put(repository, JobState.EXPIRED)
    repository.delete(job.id)
    changed = repository.change(job, replace(job, state=JobState.QUEUED))
    assert changed.deleted is not None


def test_prices(repository: SqliteJobRepository) -> None:
    assert repository.latest_price("maker/model") is None
    late, early = Price(Decimal("0.060"), "second", "new"), Price(Decimal("0.05"), "second")
    repository.save_price("maker/model", late, NOON)
    repository.save_price("maker/model", early, NOON - timedelta(days=1))
    repository.save_price("other/model", Price(Decimal(9), "output"), NOON)
    assert repository.latest_price("maker/model") == late
    again = replace(late, note="again")
    repository.save_price("maker/model", again, NOON)
    assert repository.latest_price("maker/model") == again


def test_a_committed_change_is_seen_by_every_thread(repository: SqliteJobRepository) -> None:
    for number in range(3):
        thread = threading.Thread(target=repository.add, args=(prepared(f"job-{number}"),))
        thread.start()
        thread.join()
    assert len(repository.all()) == 3
    # Connections of threads that have ended are closed when the next one comes.
    assert len(repository._database._connections) <= 2


def test_a_write_that_waits_too_long_is_a_disk_error(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository._database._connection().execute("PRAGMA busy_timeout = 10")
    other = connect(profile / "dreamina.sqlite")
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DiskError, match="BUSY"):
            repository.add(prepared())
        other.execute("ROLLBACK")
        repository.add(prepared())
    finally:
        other.close()
