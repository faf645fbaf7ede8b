"""The facts of a job as text to copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.ui.library.job_details import JobDetails
from dreamina_desktop.words import Phrasebook
from tests.ui.library.rows import a_job, done


@pytest.fixture
def details(application: QApplication, words: Phrasebook) -> JobDetails:
    del application
    return JobDetails(words)


def labels(details: JobDetails, job: Job) -> list[str]:
    return [line.partition(":")[0] for line in details.text(job).splitlines()]


def test_every_fact_of_a_finished_job(details: JobDetails) -> None:
    assert labels(details, done(1)) == [
        "State",
        "Prompt",
        "Seed",
        "Frames",
        "Picture",
        "Model",
        "Cost",
        "Created",
        "Sent",
        "Finished",
        "File",
        "Request id",
        "Job",
    ]


def test_the_frame_that_the_picture_was(details: JobDetails) -> None:
    job = done(1)
    assert job.spec is not None
    assert "from frame" not in details.text(job)
    picture = replace(job.spec.picture, origin=FrameOrigin("job-00000", 0, 117))
    text = details.text(replace(job, spec=replace(job.spec, picture=picture)))
    assert "Picture: /pictures/coffee.png (from frame 118 of job-00000)" in text


def test_what_is_not_known_is_left_out(details: JobDetails) -> None:
    unsent = replace(a_job(1), spec=None, error=JobError("not_sent"))
    assert labels(details, unsent) == ["State", "Reason", "Created", "Job"]


def test_an_error_is_told_in_the_providers_words(details: JobDetails) -> None:
    failed = replace(a_job(1, JobState.FAILED), error=JobError("provider_failed", "out of luck"))
    assert "out of luck" in details.text(failed)
