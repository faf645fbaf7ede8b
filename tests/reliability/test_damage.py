"""Whatever befalls a profile's files, it opens; nothing paid is lost, nothing sent by itself."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.jobs.recovery import recover
from dreamina_desktop.store.opening import OpenReport, open_jobs
from tests.reliability.spoiled import BACKUP, RECEIPTS, Past, past, size_of, spoil, told_by
from tests.reliability.tally import Tally
from tests.store.profiles import DATABASE, take_a_new_job
from tests.store.sample_jobs import REALM, HandClock

SEED = 1


@pytest.mark.promise(19, short=50, long=1000)
@pytest.mark.timeout(1200)
def test_random_damage(tmp_path: Path, tally: Tally) -> None:
    for trial in range(tally.trials):
        chance = random.Random(f"{SEED} {trial}")
        truth = past(size_of(chance))
        profile = tmp_path / "profile"
        profile.mkdir()
        files, met = spoil(truth, chance)
        for name, content in files.items():
            (profile / name).write_bytes(content)
        try:
            tally.fell(_survives(profile, truth, met))
        except BaseException:
            print(f"trial {trial} of seed {SEED}: {sorted(met)}")
            raise
        shutil.rmtree(profile)


def _survives(profile: Path, truth: Past, met: set[str]) -> str:
    certain = _certain(profile, truth, met)
    found, report = _opened(profile, truth)
    for job_id, request_id in certain.items():
        assert job_id in found, f"{job_id} is lost"
        assert found[job_id].request_id == request_id
    sent = [job.request_id for job in found.values() if job.request_id is not None]
    assert len(sent) == len(set(sent)), "two rows of one request"
    for job in found.values():
        _asks_or_was_never_sent(job, truth, report)
    again, quiet = _opened(profile, truth)
    assert quiet == OpenReport()
    assert {job.id: job.request_id for job in again.values()} == {
        job.id: job.request_id for job in found.values()
    }
    take_a_new_job(profile)
    if report.rebuilt is not None:
        assert report.rebuilt.jobs == len(found) <= report.rebuilt.of_jobs
        assert report.rebuilt.clips <= report.rebuilt.of_clips
        kept = report.rebuilt.set_aside
        assert kept is None or kept.is_file()
        return "rebuilt with all" if found.keys() >= truth.jobs.keys() else "rebuilt with all paid"
    return "mended from receipts" if report.mended else "sound as it was"


def _certain(profile: Path, truth: Past, met: set[str]) -> dict[str, str]:
    """The ids, by job, that stand in a file, or in a line, that nothing has befallen."""
    all_ids = {job.id: job.request_id for job in truth.jobs.values() if job.request_id is not None}
    if RECEIPTS not in met or DATABASE not in met:
        return all_ids
    told = told_by(profile, RECEIPTS)
    if BACKUP not in met:
        copied = {job_id for job_id in all_ids if job_id < f"job-{len(truth.jobs) // 2:03}"}
        told |= {
            job_id: all_ids[job_id]
            for job_id in copied
            if truth.jobs[job_id].state is JobState.DONE
        }
    return told


def _asks_or_was_never_sent(job: Job, truth: Past, report: OpenReport) -> None:
    """What could go out now without a word of the user's."""
    if job.state is not JobState.PREPARED:
        return
    true = truth.jobs.get(job.id)
    assert true is not None, f"{job.id} never was"
    # Where both files are as they were long before, nothing tells that it was sent since then.
    assert job.hold is not None or true.attempts == 0, f"{job.id} would be sent a second time"
    # Not even what was truly never sent goes out of a database that had to be rebuilt.
    assert job.hold is not None or report.rebuilt is None


def _opened(profile: Path, truth: Past) -> tuple[dict[str, Job], OpenReport]:
    """As a holder does it: opened, and recovered; the last click of all is a moment old."""
    repository, report = open_jobs(profile, HandClock(), holder=True)
    try:
        latest = max(job.created for job in truth.jobs.values())
        recover(repository, REALM, latest + timedelta(seconds=1))
        return {job.id: job for job in repository.all()}, report
    finally:
        repository.close()
