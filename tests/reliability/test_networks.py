"""Row 10: bad networks do no harm."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.events import ConnectionChanged
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from tests.reliability.disguises import CANARY
from tests.reliability.tally import Tally
from tests.reliability.weather import WeatherShop, clear_of_proxies, weather_shop
from tests.reliability.weather_kinds import KINDS, Kind
from tests.reliability.weather_provider import API, CLIPS

ENOUGH_CALLS = 8
CLIPS_ONLY = "detour_refused"
"""Told by the one kind that is bad for clips alone."""


def at_provider(shop: WeatherShop, name: str, state: JobState) -> Job:
    """A job of which the provider knows, in one of the states after the submit."""
    job = shop.repository.begin_attempt(shop.add(name))
    request_id = f"{name}-of-{job.id}"
    phase = {JobState.QUEUED: "in_queue", JobState.RUNNING: "in_progress"}.get(state, "completed")
    shop.sky.provider.phases[request_id] = phase
    queued = replace(job, state=JobState.QUEUED, request_id=request_id, submitted=shop.clock.now())
    job = shop.repository.end_attempt(job, queued, SubmitClass.ACCEPTED)
    if state in (JobState.RUNNING, JobState.QUEUED):
        return shop.repository.change(job, replace(job, state=state))
    clip = Clip(0, ClipKind.VIDEO, shop.sky.provider.address(request_id))
    saved = replace(job, state=JobState.RESULT_SAVED, result="{}", clips=(clip,))
    job = shop.repository.change(job, replace(saved, completed=shop.clock.now()))
    return shop.repository.change(job, replace(job, state=state))


MAY_BE = {
    # What a job may become without the network's doing: the step that it was about to take.
    JobState.PREPARED: {JobState.PREPARED, JobState.SUBMITTING},
    JobState.QUEUED: {JobState.QUEUED},
    JobState.RUNNING: {JobState.RUNNING},
    JobState.RESULT_SAVED: {JobState.RESULT_SAVED, JobState.DOWNLOADING},
    JobState.DOWNLOADING: {JobState.DOWNLOADING},
}


def troubles(shop: WeatherShop) -> set[str]:
    return {
        event.trouble.code
        for event in shop.events
        if isinstance(event, ConnectionChanged) and event.trouble is not None
    }


async def live_through(shop: WeatherShop, kind: Kind, tally: Tally, *, cold: bool) -> None:
    """``cold``: the weather is bad before the program starts."""
    sky, phases = shop.sky, shop.sky.provider.phases
    jobs = [
        at_provider(shop, state.value, state)
        for state in MAY_BE
        if state is not JobState.PREPARED and (cold or state is not JobState.RESULT_SAVED)
    ]
    async with AsyncExitStack() as bad:
        if cold:
            await bad.enter_async_context(kind.begin(sky))
        async with shop.working():
            if not cold:
                # What follows happens on connections that are open, and to a key that is good.
                await shop.until_true(lambda: len(sky.provider.heads) > ENOUGH_CALLS)
                await bad.enter_async_context(kind.begin(sky))
            unsent = shop.add("unsent")
            clear = {job.id: shop.get(job).state for job in (*jobs, unsent)}
            asked, shop.events = sky.asked, []
            if cold or CLIPS_ONLY not in kind.told:
                await shop.until_true(lambda: troubles(shop) & kind.told)
            await shop.until_true(lambda: sky.asked - asked >= ENOUGH_CALLS)
            for job in (*jobs, unsent):
                judge(shop.get(job), clear[job.id], kind, may_be_sent=job is unsent)
            await bad.aclose()
            phases.update(dict.fromkeys(phases, "completed"))
            for job in jobs:
                await shop.until(job, JobState.DONE)
            last = await shop.until_true(lambda: shop.settled(unsent))
    assert last.state is not JobState.UNKNOWN or kind.lossy, (kind.name, last)
    assert len(sky.provider.accepted) <= 1
    tally.fell("in doubt, said so" if last.state is JobState.UNKNOWN else "all done")


def judge(now: Job, was: JobState, kind: Kind, *, may_be_sent: bool) -> None:
    """Where a job stands in the middle of the weather."""
    allowed = MAY_BE.get(was, {was})
    if may_be_sent and kind.lossy:
        # It may have got through: what cannot be known is said, by the table.
        allowed = allowed | {JobState.UNKNOWN, JobState.QUEUED}
    if kind.lossy and JobState.DOWNLOADING in allowed:
        # Some of the bytes come through: perhaps all of a small clip's.
        allowed = allowed | {JobState.DONE}
    if may_be_sent and CLIPS_ONLY in kind.told:
        allowed = allowed | {JobState.QUEUED}
    assert now.state in allowed, (kind.name, was, now)
    assert not now.resting, (kind.name, now)
    assert now.hold is None, (kind.name, now)


@pytest.mark.promise(10, short=1, long=10)
@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
async def test_bad_networks(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    clear_of_proxies(monkeypatch)
    for trial in range(tally.trials):
        async with weather_shop(tmp_path / str(trial), monkeypatch) as shop:
            await live_through(shop, kind, tally, cold=bool(trial % 2))
            sky = shop.sky
        key = CANARY.encode()
        assert key in sky.provider.heard(API)
        assert key not in sky.provider.heard(CLIPS)
        assert not any(key in recorder.heard for recorder in sky.elsewhere)


def test_there_are_enough_kinds() -> None:
    assert len(KINDS) >= 15
