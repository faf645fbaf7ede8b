"""What a refused key or balance stops, and what sets it going again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dreamina_desktop.core.errors import DiskError, StateChangedError
from dreamina_desktop.core.events import ConnectionChanged, JobChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import QUICK, Workshop

S = JobState
_EMPTY = {"on": "submit", "times": None, "do": {"status": 402}}


def _troubles(shop: Workshop) -> list[JobError | None]:
    return [event.trouble for event in shop.events if isinstance(event, ConnectionChanged)]


async def test_a_click_after_the_held_job_was_cancelled_is_sent(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 402}})
    first = shop.add("first")
    async with shop.working():
        await shop.until_true(lambda: shop.get(first).hold)
        shop.commands.cancel(first.id)
        await shop.until(shop.add("second"), S.DONE)
    assert SendingHeld(None) in shop.events


async def test_a_new_click_is_tried_while_another_job_is_held(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 402}})
    first = shop.add("first")
    async with shop.working():
        await shop.until_true(lambda: shop.get(first).hold)
        await shop.until(shop.add("second"), S.DONE)
        assert shop.get(first).hold is Hold.BALANCE


async def test_a_refused_click_is_held_and_tried_once(shop: Workshop) -> None:
    shop.server.trouble(_EMPTY)
    first = shop.add("first")
    async with shop.working():
        await shop.until_true(lambda: shop.get(first).hold)
        second = shop.add("second")
        await shop.until_true(lambda: shop.get(second).hold)
        await asyncio.sleep(0.3)
        assert len(shop.server.requests("/image-to-video")) == 2


async def test_the_next_one_tells_why_it_waits_and_is_not_tried(shop: Workshop) -> None:
    shop.server.trouble(_EMPTY)
    first, second = shop.add("first"), shop.add("second")
    async with shop.working():
        await shop.until_true(lambda: SendingHeld(Hold.BALANCE) in shop.events)
        assert shop.get(first).error == shop.get(second).error
        assert [shop.get(job).hold for job in (first, second)] == [Hold.BALANCE] * 2
        assert JobChanged(second.id) in shop.events
        shop.commands.cancel(first.id)
        await asyncio.sleep(0.3)
        assert shop.get(second).hold is Hold.BALANCE
    assert len(shop.server.requests("/image-to-video")) == 1


async def test_what_was_to_follow_a_refused_click_waits_for_its_own_word(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 402}})
    kept = [shop.add(prompt) for prompt in ("first", "second", "third")]
    async with shop.working():
        await shop.until_true(lambda: SendingHeld(Hold.BALANCE) in shop.events)
    # The balance is there again; neither another process nor another click says "send those".
    async with shop.working():
        await shop.until(shop.add("unrelated"), S.DONE)
        await asyncio.sleep(0.2)
        assert [shop.get(job).state for job in kept] == [S.PREPARED] * 3
    assert len(shop.server.accepted()) == 1
    for job in kept:
        shop.commands.release(shop.get(job))
    await shop.finish(*kept)


async def test_a_submit_that_comes_back_unsent_after_a_refusal_waits_too(shop: Workshop) -> None:
    """It was out meanwhile, so its row could not be held before."""
    shop.server.trouble(_EMPTY)
    first = shop.add("first")
    async with shop.working() as engine:
        await shop.until_true(lambda: shop.get(first).hold)
        out = shop.add("out", hold=Hold.CONFIRM)
        engine.ring()
        await shop.until_true(lambda: out.id in engine._places)
        out = shop.repository.begin_attempt(out)
        engine._places[out.id].job = out
        back = replace(out, state=S.PREPARED, error=JobError("too_fast"))
        shop.repository.end_attempt(out, back, SubmitClass.NOT_SENT)
        engine.ring()
        held = await shop.until_true(lambda: row if (row := shop.get(out)).hold else None)
    assert (held.hold, held.attempts) == (Hold.BALANCE, 1)
    assert len(shop.server.requests("/image-to-video")) == 1


async def test_a_disk_that_refuses_the_hold_is_asked_again(shop: Workshop, faulty: Faulty) -> None:
    shop.server.trouble(_EMPTY)
    first, second = shop.add("first"), shop.add("second")
    faulty.faults["change"] = [DiskError("database"), StateChangedError(), DiskError("database")]
    async with shop.working():
        await shop.until_true(lambda: shop.get(second).hold)
        assert shop.get(first).hold is Hold.BALANCE
        await shop.until(shop.add("third"), S.PREPARED)
    assert not faulty.faults["change"]


async def test_a_key_refused_while_polling_holds_what_was_not_sent(shop: Workshop) -> None:
    shop.at_once = 1
    shop.server.trouble(queue_seconds=1)
    first = shop.add("first")
    async with shop.working() as engine:
        await shop.until(first, S.QUEUED)
        second = shop.add("second")
        engine.ring()
        await shop.until_true(lambda: second.id in engine._places)
        shop.key = "wrong"
        await shop.until_true(lambda: SendingHeld(Hold.KEY) in shop.events)
        assert shop.get(second).hold is Hold.KEY
        shop.key = shop.server.key
        engine.mend()
        await shop.until(first, S.DONE)
        assert shop.get(second).hold is Hold.KEY
    assert len(shop.server.accepted()) == 1


async def test_a_kill_between_a_refusal_and_the_holds_of_the_others(shop: Workshop) -> None:
    """A click, or a word, of after the refusal is sent all the same."""
    first, second = shop.add("first"), shop.add("second")
    why = JobError("no_balance")
    shop.repository.change(first, replace(first, hold=Hold.BALANCE, error=why))
    foreign = JobError("not_yours")
    stranger = shop.add("stranger", hold=Hold.KEY, error=foreign)
    shop.clock.shift = timedelta(seconds=1)
    later = shop.add("later")
    async with shop.working():
        await shop.until(later, S.DONE)
        row = shop.get(second)
        assert (row.state, row.hold, row.error) == (S.PREPARED, Hold.BALANCE, why)
        shop.commands.release(row)
        await shop.until(second, S.DONE)
    assert shop.get(stranger).error == foreign
    assert JobChanged(second.id) in shop.events


async def test_a_request_of_somebody_else_holds_no_other_click(shop: Workshop) -> None:
    shop.add("stranger", hold=Hold.KEY, error=JobError("not_yours"))
    shop.clock.shift = timedelta(seconds=-1)
    await shop.finish(shop.add("mine"))


async def test_a_click_that_waits_for_its_picture_keeps_the_hold(shop: Workshop) -> None:
    """What is written of it from an older look does not take that away."""
    job = shop.add()
    shop.repository.change(job, replace(job, hold=Hold.CONFIRM))
    row = shop.repository.change(job, replace(job, error=JobError("bucket_unreachable")))
    assert row.hold is Hold.CONFIRM
    with pytest.raises(StateChangedError):
        shop.repository.begin_attempt(job)


async def test_sending_a_doubtful_job_again_is_a_word_about_the_balance_too(
    shop: Workshop,
) -> None:
    doubtful = shop.repository.begin_attempt(shop.add("in doubt"))
    unknown = replace(doubtful, state=S.UNKNOWN)
    shop.repository.end_attempt(doubtful, unknown, SubmitClass.UNKNOWN)
    shop.server.trouble({"on": "submit", "do": {"status": 402}})
    first = shop.add("first")
    async with shop.working():
        await shop.until_true(lambda: shop.get(first).hold)
        shop.commands.send_again(doubtful.id)
        await shop.until(doubtful, S.DONE)


async def test_a_download_that_ends_makes_a_refused_key_no_better(shop: Workshop) -> None:
    wrong = {"status": 401, "body": {"error_code": 400004, "message": "No."}}
    shop.server.trouble({"on": "clip", "do": {"delay": 1}}, queue_seconds=0)
    first = shop.add("first")
    async with shop.working() as engine:
        await shop.until(first, S.DOWNLOADING)
        shop.server.trouble({"on": "submit", "times": None, "do": wrong})
        second = shop.add("second")
        await shop.until_true(lambda: shop.get(second).hold)
        await shop.until(first, S.DONE)
        await asyncio.sleep(0.1)
        assert [trouble.code for trouble in _troubles(shop) if trouble] == ["key_refused"]
        assert _troubles(shop)[-1] is not None
        shop.server.trouble()
        shop.commands.release(shop.get(second))
        engine.mend()
        await shop.until(second, S.DONE)
    assert _troubles(shop)[-1] is None


async def test_a_step_that_asks_nobody_does_not_say_that_the_provider_answers(
    shop: Workshop,
) -> None:
    shop.rules = replace(QUICK, back_off_first=300, back_off_longest=300)
    shop.server.trouble({"on": "status", "do": {"status": 503}}, queue_seconds=30)
    job = shop.add()
    async with shop.working() as engine:
        await shop.until_true(lambda: any(_troubles(shop)))
        unsent = shop.add("never sent", hold=Hold.CONFIRM)
        shop.repository.change(unsent, replace(unsent, cancel_wanted=True))
        await shop.until(unsent, S.CANCELLED)
        await asyncio.sleep(0.1)
        assert [trouble.code for trouble in _troubles(shop) if trouble] == ["provider_trouble"]
        assert None not in _troubles(shop)[1:]
        engine.mend()
        await shop.until_true(lambda: _troubles(shop)[-1] is None)
        assert shop.get(job).state is S.QUEUED


async def test_a_lost_answer_does_not_say_that_the_provider_answers(shop: Workshop) -> None:
    shop.server.kill()
    shop.rules = replace(QUICK, back_off_first=300, back_off_longest=300)
    first = shop.add("first")
    async with shop.working():
        await shop.until_true(lambda: any(_troubles(shop)))
        shop.server.restart()
        shop.server.trouble({"on": "submit", "do": {"drop": "after"}})
        second = shop.add("second")
        await shop.until(second, S.UNKNOWN)
        await asyncio.sleep(0.1)
        assert [trouble.code for trouble in _troubles(shop) if trouble] == ["not_sent"]
        assert _troubles(shop)[-1] is not None
        shop.server.trouble({"on": "submit", "do": {"status": 422, "body": {"detail": "No."}}})
        await shop.until(shop.add("third"), S.REJECTED)
        # A refusal is an answer.
        await shop.until_true(lambda: _troubles(shop)[-1] is None)
        assert shop.get(first).state is S.PREPARED


async def test_a_wish_to_cancel_outlives_a_submit_that_was_held(shop: Workshop) -> None:
    for status in (402, 401):
        do = {"delay": 0.5, "status": status}
        shop.server.trouble({"on": "submit", "times": None, "do": do})
        job = shop.add()
        async with shop.working():
            await shop.until(job, S.SUBMITTING)
            shop.commands.cancel(job.id)
            await shop.until(job, S.CANCELLED)
    assert shop.server.accepted() == []


async def test_the_wish_to_cancel_a_resting_job_reaches_the_provider(shop: Workshop) -> None:
    foreign = {"status": 403, "body": {"error_code": 403001, "error_message": "Not yours."}}
    shop.server.trouble({"on": "status", "do": foreign}, queue_seconds=60)
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.get(job).resting)
        shop.commands.cancel(job.id)
        ended = await shop.until(job, S.CANCELLED)
    assert not ended.resting
    assert len(shop.server.requests("/cancel")) == 1


async def test_a_resting_job_whose_cancel_is_refused_rests_again(shop: Workshop) -> None:
    foreign = {"status": 403, "body": {"error_code": 403001, "error_message": "Not yours."}}
    shop.server.trouble(
        {"on": "status", "times": None, "do": foreign},
        {"on": "cancel", "times": None, "do": foreign},
        queue_seconds=60,
    )
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.get(job).resting)
        shop.commands.cancel(job.id)
        await shop.until_true(lambda: not shop.get(job).cancel_wanted)
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
    assert resting.state is S.QUEUED
