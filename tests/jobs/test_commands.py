"""What a person says about a job, and what the engine makes of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES
from dreamina_desktop.core.errors import AlreadyFollowedError, StateChangedError
from dreamina_desktop.core.events import ConnectionChanged
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.submit_class import SubmitClass
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import QUICK, REALM, Workshop

S = JobState


async def test_cancel_in_the_queue(shop: Workshop) -> None:
    shop.server.trouble(queue_seconds=60)
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.QUEUED)
        assert shop.commands.cancel(job.id).cancel_wanted
        await shop.until(job, S.CANCELLED)


@pytest.mark.parametrize(
    ("answer", "asked", "queue"),
    # Asked again after the second, the provider still has it in its queue, however long that took.
    [({"status": 409, "body": {"message": "No."}}, 1, 1), ({"status": 503}, 2, 600)],
)
async def test_a_cancel_that_is_not_answered_well_does_not_hold_the_job_up(
    shop: Workshop, answer: dict[str, object], asked: int, queue: int
) -> None:
    shop.server.trouble({"on": "cancel", "times": asked, "do": answer}, queue_seconds=queue)
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.QUEUED)
        shop.commands.cancel(job.id)
        ended = await shop.until(job, S.DONE, S.CANCELLED)
    assert ended.state is (S.DONE if asked == 1 else S.CANCELLED)


@pytest.mark.parametrize("status", [401, 429])
async def test_a_cancel_obeys_what_concerns_everything(shop: Workshop, status: int) -> None:
    shop.server.trouble({"on": "cancel", "do": {"status": status}}, queue_seconds=1)
    job = shop.add()
    async with shop.working() as engine:
        await shop.until(job, S.QUEUED)
        shop.commands.cancel(job.id)
        await shop.until_true(lambda: shop.server.requests("/cancel"))
        engine.mend()
        await shop.until(job, S.CANCELLED)


async def test_a_wish_from_before_the_doubt_is_not_carried_out_after_it(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"delay": 0.3, "drop": "after"}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.SUBMITTING)
        shop.commands.cancel(job.id)
        await shop.until(job, S.UNKNOWN)
        (line,) = shop.server.accepted()
        assert line.request_id is not None
        shop.commands.adopt(line.request_id, job.id)
        await shop.until(job, S.DONE)


async def test_the_users_word_from_another_process_is_heard(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 402}})
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.get(job).hold)
        # Only the row says so; nobody calls the engine.
        shop.commands.release(shop.get(job))
        await shop.until(job, S.DONE)


async def test_a_submit_that_nobody_sends_any_more_is_doubt(shop: Workshop, faulty: Faulty) -> None:
    job = shop.add()
    begin = faulty.real.begin_attempt

    def begin_and_break(before: Job, balance: SeenBalance | None = None) -> Job:
        begin(before, balance)
        raise RuntimeError("a bug")

    shop.rules = replace(QUICK, back_off_longest=0.05)
    faulty.real.begin_attempt = begin_and_break  # type: ignore[method-assign]
    async with shop.working():
        doubtful = await shop.until(job, S.UNKNOWN)
    # Nothing ended here but one step: that is not what is said.
    assert doubtful.error == JobError("submit_uncertain")
    assert shop.server.ledger() == []


@pytest.mark.parametrize("queue_seconds", [60, 0])
async def test_a_cancel_while_the_submit_is_on_its_way_waits_for_its_answer(
    shop: Workshop, queue_seconds: int
) -> None:
    shop.server.trouble(
        {"on": "submit", "do": {"delay": 0.5}}, queue_seconds=queue_seconds, run_seconds=1
    )
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.SUBMITTING)
        wished = shop.commands.cancel(job.id)
        assert (wished.state, wished.cancel_wanted) == (S.SUBMITTING, True)
        assert shop.server.requests("/cancel") == []
        ended = await shop.until(job, S.CANCELLED, S.DONE)
    assert len(shop.server.accepted()) == 1
    assert ended.request_id == shop.server.accepted()[0].request_id
    # The provider's outcome decides, whatever was wished.
    assert ended.state is (S.CANCELLED if queue_seconds else S.DONE)
    assert not ended.cancel_wanted


async def test_cancel_is_too_late_while_it_is_being_made(shop: Workshop) -> None:
    shop.server.trouble(run_seconds=2)
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.RUNNING)
        shop.commands.cancel(job.id)
        refused = await shop.until_true(
            lambda: row if not (row := shop.get(job)).cancel_wanted else None
        )
        assert refused.state is S.RUNNING
        await shop.until(job, S.DONE)


async def test_cancel_before_it_is_sent_and_while_it_waits_to_be_sent_again(
    shop: Workshop,
) -> None:
    waiting = shop.add()
    assert shop.commands.cancel(waiting.id).state is S.CANCELLED
    shop.server.trouble({"on": "submit", "times": None, "do": {"delay": 0.3, "status": 429}})
    shop.rules = replace(QUICK, back_off_first=300, back_off_longest=300)
    sent = shop.add()
    async with shop.working():
        await shop.until(sent, S.SUBMITTING)
        shop.commands.cancel(sent.id)
        await shop.until(sent, S.CANCELLED)
    assert shop.server.accepted() == []


def test_cancel_that_comes_in_the_moment_of_sending_asks_the_provider(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = shop.add()
    shop.stored.begin_attempt(job)
    rows = [job, shop.get(job)]

    def stale_first(job_id: str) -> Job:
        assert job_id == job.id
        return rows.pop(0)

    monkeypatch.setattr(shop.stored, "get", stale_first)
    assert shop.commands.cancel(job.id).cancel_wanted


def test_a_request_found_later_was_sent_when_it_left(shop: Workshop) -> None:
    sent = shop.repository.begin_attempt(shop.add())
    unknown = replace(sent, state=S.UNKNOWN)
    shop.repository.end_attempt(sent, unknown, SubmitClass.UNKNOWN)
    began = shop.repository.evidence(sent.id)[sent.id].began
    assert shop.commands.adopt("request", sent.id).submitted == began


def test_a_job_that_is_not_in_doubt_is_neither_adopted_nor_sent_again(shop: Workshop) -> None:
    job = shop.add()
    with pytest.raises(StateChangedError):
        shop.commands.send_again(job.id)
    with pytest.raises(StateChangedError):
        shop.commands.adopt("request", job.id)


def test_a_request_is_adopted_once(shop: Workshop) -> None:
    first = shop.commands.adopt("request")
    assert shop.commands.adopt("request").id == first.id
    with pytest.raises(AlreadyFollowedError):
        shop.commands.adopt("request", "another")
    # Not even anew, as long as the first is at it.
    with pytest.raises(StateChangedError):
        shop.commands.adopt("request", anew=True)


async def test_one_request_is_not_the_answer_to_two_doubts(shop: Workshop) -> None:
    (done,) = await shop.finish(shop.add())
    assert done.request_id is not None
    begun = shop.repository.begin_attempt(shop.add("in doubt"))
    unknown = replace(begun, state=S.UNKNOWN)
    doubtful = shop.repository.end_attempt(begun, unknown, SubmitClass.UNKNOWN)
    for anew in (False, True):
        with pytest.raises(AlreadyFollowedError) as caught:
            shop.commands.adopt(done.request_id, doubtful.id, anew=anew)
        assert caught.value.detail == done.id
    assert shop.get(doubtful) == doubtful


async def test_a_clip_fetched_anew_keeps_prompt_and_seed(shop: Workshop) -> None:
    (done,) = await shop.finish(shop.add())
    assert done.request_id is not None
    anew = shop.commands.adopt(done.request_id, anew=True)
    assert (anew.spec, anew.request_id) == (done.spec, done.request_id)
    (again,) = await shop.finish(anew)
    assert again.file != done.file
    assert len(shop.server.accepted()) == 1


def test_a_balance_that_is_mended_takes_the_reason_away(shop: Workshop) -> None:
    job = shop.add(hold=Hold.BALANCE)
    assert shop.commands.release(job).hold is None
    assert shop.repository.unfinished(REALM)[0].confirmed is not None


async def test_a_job_that_ended_meanwhile_needs_no_step(shop: Workshop, faulty: Faulty) -> None:
    job = shop.add()
    shop.at_once = 0
    async with shop.working() as engine:
        await shop.until_true(lambda: engine._places.get(job.id))
        faulty.real.change(job, replace(job, state=S.CANCELLED))
        # The engine has not looked again yet.
        await engine._try_step(engine._places[job.id])
        course = engine._places[job.id].course
        assert await engine._lifecycle.step(shop.get(job), course, 0) is None
    assert shop.server.requests() == []


def test_only_prepared_jobs_are_sent_and_only_followed_ones_asked(shop: Workshop) -> None:
    adopted = shop.commands.adopt("request")
    odd = replace(adopted, state=S.PREPARED, request_id=None)

    async def step(job: Job) -> None:
        async with shop.working() as engine:
            place = engine._lifecycle
            with pytest.raises(ValueError, match=job.id):
                await place.step(job, None, 0)  # type: ignore[arg-type]

    asyncio.run(step(odd))
    asyncio.run(step(replace(odd, state=S.QUEUED)))


@pytest.mark.parametrize("code", sorted(CLIP_FOLDER_CODES))
def test_clips_to_come_go_to_another_folder(shop: Workshop, tmp_path: Path, code: str) -> None:
    job = shop.add(error=JobError(code, "/gone"))
    moved = shop.commands.land_in(job.id, str(tmp_path))
    assert (moved.folder, moved.error) == (str(tmp_path), None)
    assert shop.get(job) == moved
    assert shop.stirred.is_set()


def test_another_folder_takes_away_no_other_trouble(shop: Workshop, tmp_path: Path) -> None:
    calm, troubled = shop.add(), shop.add(error=JobError("too_fast"))
    assert shop.commands.land_in(calm.id, str(tmp_path)).error is None
    assert shop.commands.land_in(troubled.id, str(tmp_path)).error == JobError("too_fast")


async def test_a_clip_whose_folder_has_gone_waits_for_another_and_troubles_nobody_else(
    shop: Workshop, tmp_path: Path
) -> None:
    job = shop.add(folder=str(tmp_path / "gone"))
    async with shop.working():
        waiting = await shop.until_true(lambda: row if (row := shop.get(job)).error else None)
        assert waiting.error is not None
        assert waiting.error.code in CLIP_FOLDER_CODES
        await shop.until(shop.add("another"), S.DONE)
        shop.commands.land_in(job.id, str(tmp_path))
        done = await shop.until(job, S.DONE)
    assert done.file is not None
    assert Path(done.file).parent == tmp_path
    assert not [event for event in shop.events if isinstance(event, ConnectionChanged)]
