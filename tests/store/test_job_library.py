from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError, NoSuchJobError
from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.jobs.lifecycle import is_waiting
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.job_repository import SqliteJobRepository
from tests.store.rows import put
from tests.store.sample_jobs import NOON, REALM, adopted, finish, landed, prepared


def ids(repository: SqliteJobRepository, *args: object, **named: object) -> list[str]:
    return [job.id for job in repository.page(*args, **named)]  # type: ignore[arg-type]


def test_pages_run_from_the_newest_to_the_oldest(repository: SqliteJobRepository) -> None:
    for number in range(7):
        # Two each were made in the same moment: then the id decides.
        repository.add(prepared(f"job-{number}", minutes=number // 2))
    first = ids(repository, 3)
    second = ids(repository, 3, first[-1])
    third = ids(repository, 3, second[-1])
    assert first + second + third == [f"job-{number}" for number in reversed(range(7))]
    assert ids(repository, 3, third[-1]) == []


def test_a_job_is_named_by_its_id_or_by_the_only_beginning(
    repository: SqliteJobRepository,
) -> None:
    for job in (prepared("ab1-x"), prepared("ab1-xy"), prepared("ab2-z")):
        repository.add(job)
    repository.add(replace(prepared("ac3"), realm="elsewhere"))
    repository.add(adopted("ad4"))
    finish(repository, repository.get("ad4"))
    repository.delete("ad4")

    def named(beginning: str) -> str | None:
        found = repository.named(beginning, REALM)
        return None if found is None else found.id

    assert named("ab1-x") == "ab1-x"
    assert named("ab1-xy") == "ab1-xy"
    assert named("ab2") == "ab2-z"
    for none in ("", "ab", "ab1", "ab1-xyz", "b", "ac", "ac3", "ad4", "\udcff", "é", "%", "_"):
        assert named(none) is None, none


def test_a_page_needs_a_limit_and_a_known_place(repository: SqliteJobRepository) -> None:
    with pytest.raises(ValueError, match="0"):
        repository.page(0)
    with pytest.raises(NoSuchJobError):
        repository.page(1, "nothing")


def test_all_reads_beyond_one_page(
    repository: SqliteJobRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.store.job_library._PAGE", 2)
    for number in range(5):
        repository.add(prepared(f"job-{number}", minutes=number))
    assert [job.id for job in repository.all()] == [f"job-{n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("straße", ["job-1"]),
        ("STRASSE", ["job-1"]),
        ("regen straße", ["job-1"]),
        ("regen sonne", []),
        ("咖啡", ["job-2"]),
        ("coffee", ["job-2", "job-1"]),
        ("job-2", ["job-2"]),
        ("request-a", ["job-a"]),
        ("100%", []),
        ("  ", ["job-2", "job-1", "job-a"]),
    ],
)
def test_search(repository: SqliteJobRepository, search: str, found: list[str]) -> None:
    repository.add(adopted())
    repository.add(prepared("job-1", minutes=1, prompt="Regen auf der Straße"))
    repository.add(prepared("job-2", minutes=2, prompt="咖啡 steam \udcff"))
    assert ids(repository, 10, search=search) == found
    # The same without asking the disk.
    jobs = repository.page(10)
    assert [job.id for job in jobs if repository.finds(job, search)] == found


def test_a_page_of_some_states(repository: SqliteJobRepository) -> None:
    for state in (JobState.DONE, JobState.UNKNOWN, JobState.RUNNING, JobState.DOWNLOADING):
        put(repository, state, state.value)
    some = frozenset({JobState.DONE, JobState.RUNNING})
    assert set(ids(repository, 10, states=some)) == {"done", "running"}
    assert ids(repository, 1, states=frozenset({JobState.UNKNOWN})) == ["unknown"]
    assert ids(repository, 10, states=frozenset()) == []


def test_a_page_of_those_that_wait_for_a_person(repository: SqliteJobRepository) -> None:
    for state in (JobState.UNKNOWN, JobState.RUNNING, JobState.DONE):
        put(repository, state, state.value)
    repository.add(replace(prepared("held"), hold=Hold.KEY))
    resting = put(repository, JobState.RESULT_SAVED, "resting")
    repository.change(resting, replace(resting, resting=True))
    # With a wish to cancel, a person has said what is to happen.
    wished = replace(prepared("wished"), hold=Hold.KEY, cancel_wanted=True)
    repository.add(wished)
    assert set(ids(repository, 10, waiting=True)) == {"unknown", "held", "resting"}
    assert set(ids(repository, 10, waiting=False)) == {"running", "done", "wished"}
    assert all(is_waiting(job) for job in repository.page(10, waiting=True))
    assert not any(is_waiting(job) for job in repository.page(10, waiting=False))


def test_spent(repository: SqliteJobRepository) -> None:
    assert repository.spent(NOON) == Decimal(0)
    repository.add(adopted())
    done = finish(repository, adopted(), landed())
    repository.delete(done.id)
    repository.add(replace(prepared("job-1"), cost=Decimal("0.1")))
    repository.add(replace(prepared("job-2", minutes=-1), cost=Decimal("0.2")))
    assert repository.spent(NOON) == Decimal("0.40")
    assert repository.spent(NOON - timedelta(hours=1)) == Decimal("0.60")
    assert repository.spent(NOON + timedelta(hours=1)) == Decimal(0)


def test_damage_met_while_running_is_a_disk_error(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(replace(prepared(), state=JobState.PREPARED))
    connection = connect(profile / "dreamina.sqlite")
    connection.execute("UPDATE jobs SET state = 'dreaming', cost = 'much'")
    connection.execute("INSERT INTO prices VALUES ('maker/model', 'now', 'much', '', '')")
    connection.close()
    for call in (
        lambda: repository.unfinished(REALM),
        lambda: repository.spent(NOON),
        lambda: repository.latest_price("maker/model"),
    ):
        with pytest.raises(DiskError, match="unreadable row"):
            call()


def test_the_unfinished_of_every_api(repository: SqliteJobRepository) -> None:
    put(repository, JobState.DONE, "done")
    put(repository, JobState.UNKNOWN, "doubted")
    repository.add(replace(prepared("elsewhere"), realm="other.example"))
    repository.add(prepared("here"))
    with repository._database.writing() as connection:
        connection.execute("UPDATE jobs SET deleted = changed WHERE id = 'doubted'")
    assert repository.unfinished_ids() == {"doubted", "elsewhere", "here"}
    assert [job.id for job in repository.unfinished(REALM)] == ["here"]


def test_the_pictures_that_any_job_names(repository: SqliteJobRepository) -> None:
    assert repository.named_pictures() == frozenset()
    for job_id, digest in (("here", "a" * 64), ("elsewhere", "b" * 64), ("again", "a" * 64)):
        job = prepared(job_id)
        assert job.spec is not None
        spec = replace(job.spec, picture=replace(job.spec.picture, sha256=digest))
        repository.add(replace(job, realm=f"{job_id}.example", spec=spec))
    with repository._database.writing() as connection:
        connection.execute("UPDATE jobs SET deleted = changed WHERE id = 'elsewhere'")
    assert repository.named_pictures() == {"a" * 64, "b" * 64}
