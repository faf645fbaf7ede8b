"""What a refused key or balance stops, and what sets it going again."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from dreamina_desktop.core.events import ConnectionChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
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


async def test_when_the_held_job_is_cancelled_the_next_one_tells_why_it_waits(
    shop: Workshop,
) -> None:
    shop.server.trouble(_EMPTY)
    first, second = shop.add("first"), shop.add("second")
    async with shop.working():
        await shop.until_true(lambda: shop.get(first).hold)
        assert shop.get(second).hold is None
        shop.commands.cancel(first.id)
        await shop.until_true(lambda: shop.get(second).hold)


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
