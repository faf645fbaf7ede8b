"""When a disk that refused is known to be good again, with no provider to ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.events import ConnectionChanged, JobChanged
from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.jobs.lifecycle import Lifecycle
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import Workshop

S = JobState


def _troubles(shop: Workshop) -> list[JobError | None]:
    return [event.trouble for event in shop.events if isinstance(event, ConnectionChanged)]


async def test_rows_that_can_be_read_again_end_the_trouble(shop: Workshop, faulty: Faulty) -> None:
    async with shop.working() as engine:
        await asyncio.sleep(0.1)
        faulty.faults["unfinished"] = [DiskError("database")]
        engine.ring()
        await shop.until_true(lambda: _troubles(shop) == [JobError("disk", "database"), None])


async def test_a_row_that_is_written_again_ends_the_trouble(shop: Workshop, faulty: Faulty) -> None:
    """The step asked nobody; it is told all the same."""
    job = shop.add()
    shop.repository.change(job, replace(job, hold=Hold.CONFIRM))
    async with shop.working() as engine:
        faulty.faults["change"] = [DiskError("database")]
        shop.repository.want_cancel(job.id)
        engine.ring()
        await shop.until(job, S.CANCELLED)
        await shop.until_true(lambda: _troubles(shop) == [JobError("disk", "database"), None])
    assert JobChanged(job.id) in shop.events


async def test_a_step_that_changes_nothing_is_told_to_nobody(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not done again without a pause either."""
    job = shop.add()
    steps = []

    async def idle(*_: object) -> None:
        steps.append(1)

    monkeypatch.setattr(Lifecycle, "step", idle)
    async with shop.working():
        await shop.until_true(lambda: len(steps) > 2)
    assert JobChanged(job.id) not in shop.events
