"""A job that its receipts have sent is never taken for one that was not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store import job_repository
from dreamina_desktop.store.job_repository import SqliteJobRepository
from tests.store.profiles import DATABASE, opened
from tests.store.sample_jobs import prepared


def test_an_older_copy_does_not_make_a_doubtful_job_unsent(
    repository: SqliteJobRepository, profile: Path, tmp_path: Path
) -> None:
    repository.add(prepared())
    repository.close()
    shutil.copy(profile / DATABASE, tmp_path / "copy")
    sent = repository.begin_attempt(prepared())
    lost = JobError("answer_lost")
    doubt = replace(sent, state=JobState.UNKNOWN, error=lost)
    repository.end_attempt(sent, doubt, SubmitClass.UNKNOWN)
    repository.close()
    shutil.copy(tmp_path / "copy", profile / DATABASE)
    jobs, report = opened(profile)
    assert (jobs["job-1"].state, jobs["job-1"].error) == (JobState.UNKNOWN, lost)
    assert report.mended == 1


def test_on_the_users_word_it_may_be_sent_again_for_good(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    doubt = repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    repository.change(doubt, replace(doubt, state=JobState.PREPARED))
    repository.close()
    assert opened(profile)[0]["job-1"].state is JobState.PREPARED


def test_a_mistaken_request_id_is_not_believed_again(
    repository: SqliteJobRepository, profile: Path
) -> None:
    repository.add(prepared())
    sent = repository.begin_attempt(prepared())
    doubt = repository.end_attempt(sent, replace(sent, state=JobState.UNKNOWN), SubmitClass.UNKNOWN)
    named = replace(doubt, state=JobState.QUEUED, request_id="abc")
    named = repository.change(doubt, named)
    doubt = repository.change(named, replace(named, state=JobState.UNKNOWN, request_id=None))
    repository.close()
    found = opened(profile)[0]["job-1"]
    assert (found.state, found.request_id) == (JobState.UNKNOWN, None)


def test_an_attempt_that_could_not_be_written_leaves_no_doubt(
    repository: SqliteJobRepository, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.add(prepared())

    def refuse(*_: object) -> None:
        raise DiskError("database")

    with monkeypatch.context() as patched:
        patched.setattr(job_repository, "change_job", refuse)
        with pytest.raises(DiskError):
            repository.begin_attempt(prepared())
    repository.close()
    assert opened(profile)[0]["job-1"].state is JobState.PREPARED


def test_a_finished_request_may_be_followed_anew(repository: SqliteJobRepository) -> None:
    first = replace(prepared("job-a"), state=JobState.QUEUED, request_id="r")
    repository.add(first)
    repository.change(first, replace(first, state=JobState.FAILED))
    repository.add(replace(first, id="job-b"))
    found = repository.by_request("r")
    assert found is not None
    assert found.state is JobState.QUEUED
