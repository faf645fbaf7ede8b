from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.errors import DiskError, InputRefusedError, OutputFolderError
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.siblings import are_siblings
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.jobs.preparation import MOST_TAKES, TakeRequest, new_job_id
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.store.job_table import add_job
from tests.core.specs import real_spec
from tests.jobs.workshop import Workshop


def request() -> TakeRequest:
    picture = resource(SAMPLE_PICTURE)
    return TakeRequest(str(picture), PillowPreparer(real_spec()).prepare(picture), "It moves.", 121)


def test_bytes_are_kept_and_the_seed_is_drawn(shop: Workshop) -> None:
    job = shop.preparation.prepare(request())
    assert job.spec is not None
    assert 0 <= job.spec.seed < 2**31
    sha256 = job.spec.picture.sha256
    assert sha256 is not None
    assert shop.media.picture(sha256) == resource(SAMPLE_PICTURE).read_bytes()
    assert shop.get(job) == replace(job, changed=shop.get(job).changed)


def test_all_that_is_refused_is_told_at_once_and_nothing_is_kept(shop: Workshop) -> None:
    bad = replace(request(), prompt=" ", frames=7)
    with pytest.raises(InputRefusedError) as refused:
        shop.preparation.prepare(bad)
    assert [verdict.code for verdict in refused.value.verdicts] == [
        VerdictCode.PROMPT_BLANK,
        VerdictCode.FRAMES_NOT_OFFERED,
    ]
    assert shop.stored.all() == ()


def test_a_public_address_is_kept_as_it_is(shop: Workshop) -> None:
    address = "https://example.org/a%20b.png?sig=1"
    job = shop.preparation.prepare(TakeRequest(address, None, "It moves.", 241, seed=3))
    assert job.spec is not None
    assert (job.spec.picture.address, job.spec.picture.sha256) == (address, None)


def test_a_folder_for_the_clip_is_made_before_the_row_that_names_it(
    shop: Workshop, tmp_path: Path
) -> None:
    folder = tmp_path / "shots" / "12"
    job = shop.preparation.prepare(replace(request(), folder=str(folder)))
    assert (shop.get(job).folder, folder.is_dir()) == (str(folder), True)
    (tmp_path / "file").touch()
    with pytest.raises(OutputFolderError):
        shop.preparation.prepare(replace(request(), folder=str(tmp_path / "file")))
    assert [row.id for row in shop.stored.all()] == [job.id]


def test_takes_are_jobs_with_seeds_of_their_own(shop: Workshop) -> None:
    jobs = shop.preparation.prepare_takes(replace(request(), seed=42), MOST_TAKES)
    stored = sorted(shop.stored.all(), key=lambda job: (job.created, job.id))
    assert [job.id for job in stored] == [job.id for job in jobs]
    specs = [job.spec for job in stored if job.spec is not None]
    # Random ones may meet, once in some hundred million times.
    assert specs[0].seed == 42
    assert len({spec.seed for spec in specs}) == MOST_TAKES
    assert all(are_siblings(spec, specs[0]) for spec in specs)
    assert {job.state for job in stored} == {JobState.PREPARED}
    with pytest.raises(ValueError, match="10"):
        shop.preparation.prepare_takes(request(), MOST_TAKES + 1)
    with pytest.raises(ValueError, match="0"):
        shop.preparation.prepare_takes(request(), 0)


def test_takes_come_all_or_none(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses the third row leaves no other of that click behind."""
    written = 0

    def refuse(connection: sqlite3.Connection, job: Job) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise sqlite3.OperationalError("disk I/O error")
        add_job(connection, job)

    monkeypatch.setattr("dreamina_desktop.store.job_repository.add_job", refuse)
    with pytest.raises(DiskError):
        shop.preparation.prepare_takes(request(), 4)
    assert written == 3
    assert shop.stored.all() == ()


@pytest.mark.parametrize("address", [None, "https://example.org/a.png"])
def test_the_frame_that_the_picture_was_is_kept(shop: Workshop, address: str | None) -> None:
    origin = FrameOrigin("job-1", 0, 120)
    wanted = replace(request(), origin=origin)
    if address is not None:
        wanted = replace(wanted, source=address, picture=None)
    job = shop.preparation.prepare(wanted)
    assert shop.get(job).picture.origin == origin


@given(st.integers(0, 2**44), st.integers(1, 2**20))
def test_job_names_sort_by_time(early: int, later: int) -> None:
    first = new_job_id(early, random.randrange)
    assert len(first) == 15
    assert first[:9] < new_job_id(early + later, random.randrange)[:9]
