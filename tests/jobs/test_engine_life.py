"""The engine's own life: starting, stopping, sleeping, a disk that refuses, a bug of ours."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dreamina_desktop.core.errors import (
    DiskError,
    KeyMissingError,
    NoSuchJobError,
    StateChangedError,
)
from dreamina_desktop.core.events import BugMet, ConnectionChanged, IdUnsaved, SendingHeld
from dreamina_desktop.core.job import FINAL, Hold, Job, JobState
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import QUICK, Workshop

S = JobState


async def test_a_submit_cut_off_by_a_crash_is_in_doubt_not_sent_again(shop: Workshop) -> None:
    job = shop.repository.begin_attempt(shop.add())
    async with shop.working():
        doubtful = await shop.until(job, S.UNKNOWN)
    assert doubtful.error is not None
    assert doubtful.error.code == "interrupted_submit"
    assert shop.server.requests() == []


async def test_an_old_click_waits_for_the_users_word(shop: Workshop) -> None:
    old = shop.add()
    shop.clock.shift = timedelta(minutes=11)
    async with shop.working():
        held = await shop.until_true(lambda: row if (row := shop.get(old)).hold else None)
        assert held.hold is Hold.CONFIRM
        shop.commands.release(held)
        await shop.until(old, S.DONE)
    assert len(shop.server.accepted()) == 1


async def test_a_confirmed_click_is_young_again(shop: Workshop) -> None:
    old = shop.add()
    shop.clock.shift = timedelta(minutes=11)
    shop.commands.release(old)
    await shop.finish(old)


async def test_a_click_from_the_future_waits_for_the_users_word_once(shop: Workshop) -> None:
    shop.clock.shift = timedelta(hours=3)
    odd = shop.add()
    shop.clock.shift = timedelta(0)
    async with shop.working():
        await shop.until_true(lambda: shop.get(odd).hold is Hold.CONFIRM)
    shop.commands.release(shop.get(odd))
    await shop.finish(odd)


async def test_a_click_that_is_cancelled_during_recovery_is_left_alone(
    shop: Workshop, faulty: Faulty
) -> None:
    old = shop.add()
    shop.clock.shift = timedelta(minutes=11)
    faulty.faults["change"] = [StateChangedError()]
    async with shop.working():
        await shop.until(old, S.DONE)


async def test_quitting_lets_a_submit_finish(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"delay": 0.5}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.SUBMITTING)
    assert shop.get(job).state is S.QUEUED


async def test_quitting_does_not_wait_for_ever(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"hang_after": 60}})
    job = shop.add()
    async with shop.working() as engine:
        await shop.until(job, S.SUBMITTING)
        await engine.stop(grace=0.1)
    assert shop.get(job).state is S.UNKNOWN


async def test_quitting_does_not_wait_for_an_answer_that_costs_nothing(shop: Workshop) -> None:
    shop.server.trouble({"on": "status", "times": None, "do": {"hang": 60}})
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.server.requests("/status"))
    assert shop.get(job).state is S.QUEUED


async def test_an_impatient_user_ends_it_at_once(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"hang_after": 60}}, queue_seconds=60)
    at_rest, job = shop.add(hold=Hold.CONFIRM), shop.add()
    async with shop.working() as engine:
        await shop.until(job, S.SUBMITTING)
        engine.hurry()
        assert shop.get(at_rest).state is S.PREPARED
        await shop.until(job, S.UNKNOWN)


async def test_doubt_that_cannot_be_written_stays_submitting_for_the_next_start(
    shop: Workshop, faulty: Faulty
) -> None:
    shop.server.trouble({"on": "submit", "do": {"hang_after": 60}})
    job = shop.add()
    async with shop.working() as engine:
        await shop.until(job, S.SUBMITTING)
        faulty.faults["end_attempt"] = [DiskError("database")]
        await engine.stop(grace=0.1)
    assert shop.get(job).state is S.SUBMITTING


async def test_an_acceptance_is_written_as_soon_as_the_disk_allows(
    shop: Workshop, faulty: Faulty
) -> None:
    job = shop.add()
    faulty.faults["end_attempt"] = [DiskError("database")] * 3
    (done,) = await shop.finish(job)
    assert len(shop.server.accepted()) == 1
    # Meanwhile it was told, once: if the program had to end, only memory would have known.
    told = [event for event in shop.events if isinstance(event, IdUnsaved)]
    assert [event.request_id for event in told] == [done.request_id]


async def test_a_disk_that_refuses_is_a_pause(shop: Workshop, faulty: Faulty) -> None:
    job = shop.add()
    faulty.faults["begin_attempt"] = [DiskError("database")] * 2
    faulty.faults["change"] = [DiskError("database")]
    async with shop.working():
        await asyncio.sleep(0.1)
        faulty.faults["unfinished"] = [DiskError("database")] * 2
        await shop.until(job, S.DONE)
    assert any(
        isinstance(event, ConnectionChanged) and event.trouble and event.trouble.code == "disk"
        for event in shop.events
    )
    assert len(shop.server.accepted()) == 1


async def test_a_refused_key_is_told_even_where_the_row_cannot_be_read(
    shop: Workshop, faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str] = []

    def key() -> str:
        if not keys:
            faulty.faults["get"] = [DiskError("database")]
            raise KeyMissingError
        return keys[0]

    monkeypatch.setattr(shop, "_key", key)
    job = shop.add()
    async with shop.working() as engine:
        await shop.until_true(lambda: SendingHeld(Hold.KEY) in shop.events)
        keys.append(shop.server.key)
        shop.commands.release(shop.get(job))
        engine.mend()
        await shop.until(job, S.DONE)
    assert len(shop.server.accepted()) == 1


async def test_rows_are_not_all_read_after_each_answer(shop: Workshop, faulty: Faulty) -> None:
    shop.rules = replace(QUICK, look_around=60)
    shop.server.trouble(queue_seconds=3600)
    reads = 0
    shop.add()
    unfinished = faulty.real.unfinished

    def counted(realm: str) -> tuple[Job, ...]:
        nonlocal reads
        reads += 1
        return unfinished(realm)

    faulty.real.unfinished = counted  # type: ignore[method-assign]
    async with shop.working() as engine:
        await shop.until_true(lambda: len(shop.server.requests("/status")) > 2)
        before, asked = reads, len(shop.server.requests("/status"))
        await shop.until_true(lambda: len(shop.server.requests("/status")) > asked + 5)
        assert reads == before
        new = shop.add()
        engine.ring()
        await shop.until(new, S.QUEUED)


async def test_a_wish_that_came_with_an_answer_is_seen_with_it(shop: Workshop) -> None:
    shop.rules = replace(QUICK, look_around=60, first=0.3, growth=1000, longest=300)
    shop.server.trouble({"on": "status", "times": None, "do": {"delay": 0.5}}, queue_seconds=3600)
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.server.requests("/status"))
        shop.commands.cancel(job.id)
        await shop.until(job, S.CANCELLED)


async def test_a_bug_in_one_job_does_not_stop_the_others(shop: Workshop, faulty: Faulty) -> None:
    unlucky = shop.add("unlucky")
    faulty.faults["begin_attempt"] = [RuntimeError("a bug")]
    async with shop.working():
        await shop.until_true(lambda: any(isinstance(e, BugMet) for e in shop.events))
        lucky = shop.add("lucky")
        await shop.until(lucky, S.DONE)
    (bug,) = [event for event in shop.events if isinstance(event, BugMet)]
    assert bug.job_id == unlucky.id


async def test_a_bug_while_sending_is_doubt(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "dreamina_desktop.api.wire.submit_body", lambda _: (_ for _ in ()).throw(RuntimeError())
    )
    job = shop.add()
    async with shop.working():
        doubtful = await shop.until(job, S.UNKNOWN)
        await shop.until_true(lambda: any(isinstance(e, BugMet) for e in shop.events))
    assert doubtful.error is not None
    assert doubtful.error.code == "answer_lost"


@pytest.mark.parametrize("fault", [StateChangedError(), NoSuchJobError("x")])
async def test_somebody_quicker_is_no_trouble(
    shop: Workshop, faulty: Faulty, fault: Exception
) -> None:
    job = shop.add()
    faulty.faults["begin_attempt"] = [fault]
    await shop.finish(job)


async def test_a_picture_that_is_gone_rests_the_job(shop: Workshop) -> None:
    job = shop.add()
    for kept in (shop.folder / "pictures").iterdir():
        kept.unlink()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
    assert (resting.state, resting.attempts) == (S.PREPARED, 0)
    assert resting.error is not None
    assert resting.error.code == "picture_missing"


async def test_after_sleep_everything_is_asked_at_once(shop: Workshop) -> None:
    shop.server.trouble(queue_seconds=0.5)
    shop.rules = replace(QUICK, first=300, longest=600)
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.QUEUED)
        await asyncio.sleep(1)
        assert shop.get(job).state is S.QUEUED
        async with asyncio.timeout(90):
            # Perhaps more than one sleep, where rendering takes longer than a busy machine's nap.
            while shop.get(job).state is not S.DONE:
                shop.clock.shift += timedelta(hours=8)
                await asyncio.sleep(0.5)


async def test_after_sleep_nobody_waits_for_an_answer_from_before_it(shop: Workshop) -> None:
    shop.server.trouble({"on": "status", "do": {"hang": 60}})
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.server.requests("/status"))
        shop.clock.shift = timedelta(hours=8)
        await shop.until(job, S.DONE)
    assert len(shop.server.requests("/status")) > 1
    assert len(shop.server.accepted()) == 1


async def test_after_sleep_the_answer_to_a_submit_is_still_waited_for(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"delay": 1}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.SUBMITTING)
        shop.clock.shift = timedelta(hours=8)
        done = await shop.until(job, S.DONE, S.UNKNOWN)
    assert (done.state, done.attempts) == (S.DONE, 1)


async def test_waking_does_not_shorten_what_the_provider_asked_for(shop: Workshop) -> None:
    wait = {"status": 503, "headers": {"Retry-After": "300"}}
    shop.server.trouble({"on": "status", "do": wait}, queue_seconds=0)
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.server.requests("/status"))
        await asyncio.sleep(0.2)
        shop.clock.shift = timedelta(minutes=1)
        await asyncio.sleep(0.5)
        assert len(shop.server.requests("/status")) == 1
        assert shop.get(job).state is S.QUEUED


async def test_a_wait_that_outlives_the_process_is_kept(shop: Workshop) -> None:
    later = shop.clock.now() + timedelta(seconds=60)
    job = shop.add(not_before=later)
    async with shop.working():
        await asyncio.sleep(0.3)
        assert shop.get(job).state is S.PREPARED
    assert shop.server.requests() == []


async def test_a_wait_from_before_the_start_is_kept_on_waking(shop: Workshop) -> None:
    job = shop.add(not_before=shop.clock.now() + timedelta(seconds=60))
    async with shop.working() as engine:
        await shop.until_true(lambda: engine._places.get(job.id))
        engine.wake()
        await asyncio.sleep(0.3)
        assert shop.get(job).state is S.PREPARED
    assert shop.server.requests() == []


@pytest.mark.parametrize("told", [True, False])
async def test_at_the_users_wish_all_is_tried_now_but_where_the_provider_asked_to_wait(
    shop: Workshop, *, told: bool
) -> None:
    shop.rules = replace(QUICK, back_off_first=300, back_off_longest=300)
    trouble = {"status": 503, "headers": {"Retry-After": "300"} if told else {}}
    shop.server.trouble({"on": "status", "do": trouble}, queue_seconds=0)
    job = shop.add()
    async with shop.working() as engine:
        await shop.until_true(
            lambda: [event for event in shop.events if isinstance(event, ConnectionChanged)]
        )
        engine.wake()
        if told:
            await asyncio.sleep(0.3)
            assert len(shop.server.requests("/status")) == 1
        else:
            await shop.until_true(lambda: len(shop.server.requests("/status")) > 1)
    assert shop.get(job).state not in FINAL


async def test_nothing_is_sent_by_an_engine_that_wakes_while_it_ends(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    waking, held = asyncio.Event(), asyncio.Event()

    async def wake() -> None:
        waking.set()
        await held.wait()

    async with shop.working() as engine:
        await shop.until_true(lambda: engine._read_at)
        monkeypatch.setattr(engine._lifecycle, "wake", wake)
        shop.clock.shift = timedelta(minutes=5)
        await waking.wait()
        job = shop.add()
        engine._look_around()
        stopping = asyncio.create_task(engine.stop())
        await asyncio.sleep(0)
        held.set()
        await stopping
    assert shop.get(job).state is S.PREPARED
    assert shop.server.requests() == []
