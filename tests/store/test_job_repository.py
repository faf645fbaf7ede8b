from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DiskError, NoSuchJobError, StateChangedError
from dreamina_desktop.core.job import FINAL, TRANSITIONS, Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import JobRepository
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.store.receipt import ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.full_disk import refusing
from tests.store.sample_jobs import (
    NOON,
    REALM,
    HandClock,
    a_clip,
    accept,
    adopted,
    everything_set,
    finish,
    landed,
    prepared,
)


def kinds(profile: Path) -> list[ReceiptKind]:
    return [receipt.kind for receipt in Receipts(profile).read()]


def attempts(profile: Path) -> list[tuple[object, ...]]:
    connection = connect(profile / "dreamina.sqlite")
    try:
        rows = connection.execute(
            "SELECT job_id, number, outcome, request_id, error_code FROM attempts ORDER BY 1, 2"
        ).fetchall()
        return [tuple(row) for row in rows]
    finally:
        connection.close()


def put(repository: SqliteJobRepository, state: JobState, name: str = "job") -> Job:
    """A row in any state, along the table's own arrows."""
    ways: dict[JobState, tuple[JobState, ...]] = {
        JobState.PREPARED: (JobState.PREPARED,),
        JobState.QUEUED: (JobState.QUEUED,),
    }
    while state not in ways:
        for known, way in list(ways.items()):
            for after in TRANSITIONS[known]:
                ways.setdefault(after, (*way, after))
    begin, *rest = ways[state]
    job = prepared(name) if begin is JobState.PREPARED else adopted(name, name)
    repository.add(job)
    for after in rest:
        if after is JobState.SUBMITTING:
            job = repository.begin_attempt(job)
        else:
            job = repository.change(job, replace(job, state=after))
    return job


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


# ---- attempts ------------------------------------------------------------------------------


def test_begin_attempt(repository: SqliteJobRepository, profile: Path) -> None:
    job = replace(prepared(), error=JobError("not_sent"), hold=Hold.KEY, not_before=NOON)
    repository.add(job)
    sent = repository.begin_attempt(job)
    assert sent == repository.get(job.id)
    assert (sent.state, sent.attempts) == (JobState.SUBMITTING, 1)
    assert (sent.error, sent.hold, sent.not_before) == (None, None, None)
    assert attempts(profile) == [("job-1", 1, None, None, None)]
    (receipt,) = Receipts(profile).read()
    assert (receipt.kind, receipt.job.spec) == (ReceiptKind.ATTEMPT, job.spec)
    with pytest.raises(StateChangedError):
        repository.begin_attempt(job)
    assert len(Receipts(profile).read()) == 1


def test_begin_attempt_only_of_a_prepared_job(repository: SqliteJobRepository) -> None:
    repository.add(adopted())
    with pytest.raises(ValueError, match="queued"):
        repository.begin_attempt(adopted())


def test_what_is_to_be_cancelled_is_not_sent(repository: SqliteJobRepository) -> None:
    job = prepared()
    repository.add(job)
    repository.want_cancel(job.id)
    with pytest.raises(StateChangedError):
        repository.begin_attempt(job)
    assert repository.get(job.id).state is JobState.PREPARED


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (SubmitClass.NOT_SENT, JobState.PREPARED),
        (SubmitClass.HELD, JobState.PREPARED),
        (SubmitClass.REJECTED, JobState.REJECTED),
        (SubmitClass.UNKNOWN, JobState.UNKNOWN),
    ],
)
def test_end_attempt_without_an_id(
    repository: SqliteJobRepository, profile: Path, outcome: SubmitClass, state: JobState
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    ended = repository.end_attempt(sent, replace(sent, state=state, error=JobError("why")), outcome)
    assert ended == repository.get("job-1")
    assert ended.state is state
    assert attempts(profile) == [("job-1", 1, outcome.value, None, "why")]
    assert Receipts(profile).read()[-1].outcome is outcome


def test_attempts_are_counted_on(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    back = repository.end_attempt(
        sent, replace(sent, state=JobState.PREPARED, attempts=0), SubmitClass.NOT_SENT
    )
    accept(repository, back, "request-1")
    assert attempts(profile) == [
        ("job-1", 1, "not_sent", None, None),
        ("job-1", 2, "accepted", "request-1", None),
    ]
    assert kinds(profile) == ["attempt", "closed", "attempt", "accepted"]


def test_the_receipt_of_an_accepted_submit_comes_before_the_database(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    after = replace(sent, state=JobState.QUEUED, request_id="request-1")
    repository._database._connection().execute("PRAGMA query_only = ON")
    with pytest.raises(DiskError, match="READONLY"):
        repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
    assert Receipts(profile).read()[-1].job.request_id == "request-1"
    repository._database._connection().execute("PRAGMA query_only = OFF")
    assert repository.end_attempt(sent, after, SubmitClass.ACCEPTED).request_id == "request-1"


@pytest.mark.parametrize(
    ("outcome", "request_id"), [(SubmitClass.ACCEPTED, None), (SubmitClass.UNKNOWN, "request")]
)
def test_only_an_accepted_submit_has_an_id(
    repository: SqliteJobRepository, outcome: SubmitClass, request_id: str | None
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    after = replace(sent, state=JobState.UNKNOWN, request_id=request_id)
    with pytest.raises(ValueError, match=outcome.value):
        repository.end_attempt(sent, after, outcome)


def test_an_attempt_that_never_began_does_not_end(repository: SqliteJobRepository) -> None:
    repository.add(prepared())
    with pytest.raises(ValueError, match="unknown"):
        repository.end_attempt(prepared(), prepared(), SubmitClass.UNKNOWN)


def test_receipts_of_doubts_and_ends(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    doubt = repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    back = repository.change(doubt, replace(doubt, state=JobState.PREPARED))
    repository.change(back, replace(back, state=JobState.CANCELLED))
    assert kinds(profile) == ["attempt", "closed", "closed", "ended"]
    assert Receipts(profile).read()[2].outcome is SubmitClass.NOT_SENT


def test_adoption_writes_a_receipt(repository: SqliteJobRepository, profile: Path) -> None:
    doubt = put(repository, JobState.UNKNOWN)
    taken = replace(doubt, state=JobState.QUEUED, request_id="request-1")
    repository.change(doubt, taken)
    repository.add(adopted())
    assert [receipt.job.request_id for receipt in Receipts(profile).read()[-2:]] == [
        "request-1",
        "request-a",
    ]
    assert kinds(profile)[-2:] == ["accepted", "accepted"]


def test_done_writes_where_the_file_is(repository: SqliteJobRepository, profile: Path) -> None:
    repository.add(adopted())
    finish(repository, adopted(), landed())
    (clip,) = Receipts(profile).read()[-1].job.clips
    assert (clip.path, clip.sha256) == ("/videos/clip.mp4", "cd" * 32)
    assert b"sign=" not in (profile / "receipts.jsonl").read_bytes()


def test_a_full_disk_at_any_moment_is_a_pause(
    repository: SqliteJobRepository, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever call fails, the row is as before, and the same call succeeds later."""
    for number in range(1, 6):
        job = prepared(f"job-{number}")
        repository.add(job)
        with refusing(monkeypatch, number), pytest.raises(DiskError):
            repository.begin_attempt(job)
        assert repository.get(job.id) == job
        sent = repository.begin_attempt(job)
        after = replace(sent, state=JobState.QUEUED, request_id=f"request-{number}")
        with refusing(monkeypatch, number), pytest.raises(DiskError):
            repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
        assert repository.get(job.id) == sent
        repository.end_attempt(sent, after, SubmitClass.ACCEPTED)
    found = {one.job.request_id for one in Receipts(profile).read() if one.kind == "accepted"}
    assert found == {f"request-{number}" for number in range(1, 6)}


# ---- deleting, prices, lists ---------------------------------------------------------------


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


# ---- two processes -------------------------------------------------------------------------

RACE = """
import sys, time
from dataclasses import replace
from pathlib import Path
from dreamina_desktop.core.errors import StateChangedError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.store.opening import open_jobs
from tests.store.sample_jobs import HandClock

profile, count = Path(sys.argv[1]), int(sys.argv[2])
repository, _ = open_jobs(profile, HandClock(), holder=False)
rows = [repository.get(f"job-{number}") for number in range(count)]
print("ready", flush=True)
sys.stdin.readline()
for row in rows:
    try:
        if sys.argv[3] == "send":
            repository.begin_attempt(row)
        else:
            repository.change(row, replace(row, state=JobState.CANCELLED))
        print(row.id, flush=True)
    except StateChangedError:
        pass
repository.close()
"""


def test_two_processes_never_win_the_same_row(
    repository: SqliteJobRepository, profile: Path
) -> None:
    count = 40
    for number in range(count):
        repository.add(prepared(f"job-{number}"))
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(profile), str(count), role],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for role in ("send", "send", "cancel")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [racer.communicate()[0].split() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0, 0]
    every = [job_id for ids in won for job_id in ids]
    assert sorted(every) == sorted(f"job-{number}" for number in range(count))
    for job_id in won[2]:
        assert repository.get(job_id).state is JobState.CANCELLED
    assert len(attempts(profile)) == len(won[0]) + len(won[1])
    sent = [receipt for receipt in Receipts(profile).read() if receipt.kind == "attempt"]
    assert len(sent) == len(won[0]) + len(won[1])
