"""The engine over real HTTP: what becomes of jobs, and of the money."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from dreamina_desktop.core.events import ConnectionChanged, SendingHeld
from dreamina_desktop.core.job import ClipKind, Hold, JobState
from dreamina_desktop.jobs.commands import ID_UNPROVED
from tests.jobs.workshop import QUICK, Workshop

S = JobState


async def test_a_picture_becomes_a_clip(shop: Workshop) -> None:
    job = shop.add("The cup steams.")
    (done,) = await shop.finish(job)
    assert done.file is not None
    clip = done.clips[0]
    content = Path(done.file).read_bytes()
    assert (clip.size, clip.sha256) == (len(content), sha256(content).hexdigest())
    assert (clip.frames, clip.kind) == (121, ClipKind.VIDEO)
    assert done.cost == Decimal("0.40")
    assert done.error is None
    assert done.completed is not None
    (line,) = shop.server.accepted()
    assert (line.prompt, line.frames, line.seed) == ("The cup steams.", 121, 7)
    assert job.spec is not None
    assert line.image_sha256 == job.spec.picture.sha256
    assert line.request_id == done.request_id


async def test_many_jobs_and_no_more_at_once_than_allowed(shop: Workshop) -> None:
    shop.at_once = 2
    shop.server.trouble(queue_seconds=0.3)
    jobs = [shop.add(f"take {n}") for n in range(5)]
    most = 0
    async with shop.working():
        while not all(shop.get(job).state is S.DONE for job in jobs):
            away = [shop.get(job).state in (S.QUEUED, S.RUNNING) for job in jobs]
            most = max(most, sum(away))
            await asyncio.sleep(0.01)
    assert most <= 2
    assert len(shop.server.accepted()) == 5


async def test_place_in_the_queue_is_shown(shop: Workshop) -> None:
    shop.server.trouble({"on": "status", "times": None, "do": {"position": 3}}, queue_seconds=1)
    job = shop.add()
    async with shop.working():
        queued = await shop.until_true(
            lambda: row if (row := shop.get(job)).queue_position is not None else None
        )
        assert (queued.state, queued.queue_position) == (S.QUEUED, 3)
        assert (await shop.until(job, S.DONE)).queue_position is None


@pytest.mark.parametrize(
    "fault",
    [
        {"drop": "after"},
        {"lost_status": {"status": 502}},
        {"status": 503},
        {"status": 408},
        {"raw": "<html>log in</html>"},
        {"redirect": "$url/elsewhere"},
    ],
)
async def test_doubt_is_told_and_never_sent_again(shop: Workshop, fault: dict[str, object]) -> None:
    shop.server.trouble({"on": "submit", "do": fault})
    job = shop.add()
    async with shop.working():
        doubtful = await shop.until(job, S.UNKNOWN)
        await asyncio.sleep(0.3)
    assert shop.get(job).state is S.UNKNOWN
    assert doubtful.error is not None
    assert len(shop.server.requests("/image-to-video")) == 1
    assert len(shop.server.accepted()) <= 1


async def test_a_doubtful_job_is_adopted_by_its_request_id(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"drop": "after"}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.UNKNOWN)
        (line,) = shop.server.accepted()
        assert line.request_id is not None
        shop.commands.adopt(line.request_id, job.id)
        done = await shop.until(job, S.DONE)
    assert done.request_id == line.request_id
    assert len(shop.server.accepted()) == 1


@pytest.mark.parametrize(
    ("answer", "code"), [((404, 404001), "no_such_request"), ((403, 403001), "not_yours")]
)
async def test_a_mistyped_request_id_leaves_the_job_in_doubt(
    shop: Workshop, answer: tuple[int, int], code: str
) -> None:
    status, told = answer
    shop.rules = replace(QUICK, missing_told=0.05)
    wrong = {"status": status, "body": {"error_code": told, "error_message": "Not here."}}
    shop.server.trouble({"on": "submit", "do": {"drop": "after"}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.UNKNOWN)
        shop.server.trouble({"on": "status", "times": None, "do": wrong})
        followed = shop.commands.adopt("abc", job.id)
        assert (followed.state, followed.error) == (S.QUEUED, ID_UNPROVED)
        shop.commands.cancel(job.id)
        doubtful = await shop.until_true(
            lambda: row if (row := shop.get(job)).state is S.UNKNOWN else None
        )
        assert doubtful.error is not None
        assert (doubtful.error.code, doubtful.error.message) == (code, "Not here.")
        assert (doubtful.request_id, doubtful.submitted) == (None, None)
        assert shop.server.requests("/cancel") == []
        # All ways out are open as before.
        shop.server.trouble()
        (line,) = shop.server.accepted()
        assert line.request_id is not None
        shop.commands.adopt(line.request_id, job.id)
        done = await shop.until(job, S.DONE)
    assert (done.request_id, done.error) == (line.request_id, None)
    assert len(shop.server.accepted()) == 1


async def test_on_the_users_word_a_doubtful_job_is_sent_again(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 500}})
    job = shop.add()
    async with shop.working():
        await shop.until(job, S.UNKNOWN)
        shop.commands.send_again(job.id)
        done = await shop.until(job, S.DONE)
    assert done.attempts == 2
    assert len(shop.server.accepted()) == 1


async def test_a_request_from_elsewhere_is_adopted_with_nothing_known_of_it(
    shop: Workshop, tmp_path: Path
) -> None:
    other = Workshop(tmp_path / "other profile", shop.server)
    (made,) = await other.finish(other.add())
    other.close()
    assert made.request_id is not None
    adopted = shop.commands.adopt(made.request_id)
    (done,) = await shop.finish(adopted)
    assert done.spec is None
    assert done.clips[0].sha256 == made.clips[0].sha256
    assert len(shop.server.accepted()) == 1


async def test_too_fast_goes_on_after_retry_after(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"status": 429, "headers": {"Retry-After": "1"}}})
    job = shop.add()
    async with shop.working():
        waiting = await shop.until_true(
            lambda: row if (row := shop.get(job)).not_before is not None else None
        )
        assert waiting.state is S.PREPARED
        done = await shop.until(job, S.DONE)
    assert done.attempts == 2
    first, second = shop.server.requests("/image-to-video")
    assert second.time - first.time >= 1
    assert done.not_before is None


async def test_too_fast_while_polling_quiets_everything(shop: Workshop) -> None:
    shop.server.trouble(
        {"on": "status", "do": {"status": 429, "headers": {"Retry-After": "1"}}}, queue_seconds=0.2
    )
    await shop.finish(shop.add(), shop.add("another"))
    times = [row.time for row in shop.server.requests()]
    assert max(late - early for early, late in pairwise(times)) >= 1


async def test_offline_is_not_sent_and_goes_on_by_itself(shop: Workshop) -> None:
    job = shop.add()
    shop.server.kill()
    async with shop.working():
        waiting = await shop.until_true(
            lambda: row if (row := shop.get(job)).error is not None else None
        )
        assert waiting.error is not None
        assert waiting.error.code == "not_sent"
        shop.server.restart()
        done = await shop.until(job, S.DONE)
    assert done.error is None
    troubles = [event.trouble for event in shop.events if isinstance(event, ConnectionChanged)]
    assert [trouble.code if trouble else None for trouble in troubles] == ["not_sent", None]


async def test_a_hiccup_never_ends_a_paid_job(shop: Workshop) -> None:
    shop.server.trouble(
        {"on": "status", "do": {"drop": "before"}},
        {"on": "status", "do": {"status": 503}},
        {"on": "status", "do": {"raw": "<html>log in</html>", "status": 404}},
        {"on": "status", "do": {"raw": "<html>log in</html>", "status": 404}},
        {"on": "status", "do": {"raw": "<html>log in</html>", "status": 404}},
        {"on": "status", "do": {"status": 404, "body": {"message": "not yet"}}},
        {"on": "result", "do": {"drop": "before"}},
        {"on": "clip", "do": {"drop": "before"}},
        {"on": "clip", "do": {"truncate": 1000}},
        {"on": "clip", "do": {"status": 503}},
    )
    (done,) = await shop.finish(shop.add())
    assert done.file is not None
    assert len(shop.server.accepted()) == 1


async def test_an_unknown_word_is_kept_and_waited_out(shop: Workshop) -> None:
    shop.server.trouble({"on": "status", "times": 3, "do": {"word": "dreaming"}})
    job = shop.add()
    async with shop.working():
        strange = await shop.until_true(
            lambda: row if (row := shop.get(job)).word == "dreaming" else None
        )
        assert strange.state is S.QUEUED
        await shop.until(job, S.DONE)


async def test_the_result_may_lag_behind_the_status(shop: Workshop) -> None:
    shop.server.trouble({"on": "result", "times": 2, "do": {"word": "in_progress"}})
    (done,) = await shop.finish(shop.add())
    assert done.state is S.DONE


@pytest.mark.parametrize("status", [401, 402])
async def test_a_refused_key_or_balance_holds_until_the_users_word(
    shop: Workshop, status: int
) -> None:
    shop.server.trouble({"on": "submit", "times": None, "do": {"status": status}})
    first, second = shop.add("first"), shop.add("second")
    hold = Hold.KEY if status == 401 else Hold.BALANCE
    async with shop.working() as engine:
        held = await shop.until_true(
            lambda: row if (row := shop.get(first)).hold is not None else None
        )
        assert (held.state, held.hold) == (S.PREPARED, hold)
        await asyncio.sleep(0.2)
        # One request told it; the second job was not even tried.
        assert len(shop.server.requests("/image-to-video")) == 1
        assert SendingHeld(hold) in shop.events
        shop.server.trouble()
        assert shop.get(second).hold is hold
        for job in (first, second):
            shop.commands.release(shop.get(job))
        engine.mend()
        await shop.until(first, S.DONE)
        await shop.until(second, S.DONE)
    assert SendingHeld(None) in shop.events


async def test_no_key_is_not_even_tried(shop: Workshop) -> None:
    shop.key = None
    job = shop.add()
    async with shop.working() as engine:
        await shop.until_true(lambda: shop.get(job).hold)
        assert shop.server.requests() == []
        shop.key = shop.server.key
        shop.commands.release(shop.get(job))
        engine.mend()
        await shop.until(job, S.DONE)


async def test_a_key_refused_while_polling_pauses_everything(shop: Workshop) -> None:
    shop.server.trouble(queue_seconds=1)
    job = shop.add()
    async with shop.working() as engine:
        await shop.until(job, S.QUEUED)
        shop.key = "wrong"
        await shop.until_true(lambda: SendingHeld(Hold.KEY) in shop.events)
        asked = len(shop.server.requests("/status"))
        await asyncio.sleep(0.2)
        assert len(shop.server.requests("/status")) == asked
        shop.key = shop.server.key
        engine.mend()
        await shop.until(job, S.DONE)


async def test_what_the_provider_rejects_is_final(shop: Workshop) -> None:
    shop.server.trouble(
        {"on": "submit", "do": {"status": 422, "body": {"detail": "No such thing."}}}
    )
    job = shop.add()
    async with shop.working():
        rejected = await shop.until(job, S.REJECTED)
    assert rejected.error is not None
    assert rejected.error.message == "No such thing."
    assert shop.server.accepted() == []


async def test_a_failed_request_says_why(shop: Workshop) -> None:
    shop.server.trouble({"on": "submit", "do": {"fail": {"code": 50412, "message": "Tut."}}})
    job = shop.add()
    async with shop.working():
        failed = await shop.until(job, S.FAILED)
    assert failed.error is not None
    assert (failed.error.code, failed.error.message) == ("maker_refused_prompt", "Tut.")


async def test_a_request_that_is_not_there_ends_the_job_once_that_is_certain(
    shop: Workshop,
) -> None:
    shop.rules = replace(QUICK, missing_told=1, missing_hinted=60)
    gone = {"status": 404, "body": {"error_code": 404001, "error_message": "Gone."}}
    shop.server.trouble({"on": "status", "times": None, "do": gone})
    job = shop.commands.adopt("some-request")
    async with shop.working():
        failed = await shop.until(job, S.FAILED)
    assert failed.error is not None
    assert (failed.error.code, failed.error.message) == ("no_such_request", "Gone.")
    times = [row.time for row in shop.server.requests("/status")]
    # The server counts from arrival to arrival, the engine from answer to answer.
    assert times[-1] - times[0] >= 0.5
    # The provider may know it after all: it can be adopted once more.
    assert shop.commands.adopt("some-request").id != job.id


async def test_a_gateways_404_is_not_the_providers(shop: Workshop) -> None:
    shop.rules = replace(QUICK, missing_told=0, missing_hinted=60)
    no_route = {"status": 404, "body": {"message": "no Route matched"}}
    shop.server.trouble({"on": "status", "times": 10, "do": no_route})
    (done,) = await shop.finish(shop.add())
    assert done.error is None


async def test_a_request_of_another_account_rests_until_the_user_says_so(shop: Workshop) -> None:
    foreign = {"status": 403, "body": {"error_code": 403001, "error_message": "Not yours."}}
    shop.server.trouble({"on": "status", "do": foreign})
    job = shop.add()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.error is not None
        assert (resting.state, resting.error.code) == (S.QUEUED, "not_yours")
        shop.commands.release(resting)
        await shop.until(job, S.DONE)


async def test_a_result_that_is_answered_with_the_makers_code_is_a_failure(
    shop: Workshop,
) -> None:
    tut = {"body": {"error_code": 50411, "error_message": "Tut."}}
    shop.server.trouble({"on": "result", "do": tut})
    job = shop.add()
    async with shop.working():
        failed = await shop.until(job, S.FAILED)
    assert failed.error is not None
    assert failed.error.code == "maker_refused_picture"


async def test_a_result_that_is_refused_again_and_again_rests(shop: Workshop) -> None:
    refused = {"status": 422, "body": {"detail": "No."}}
    shop.server.trouble({"on": "result", "times": 3, "do": refused})
    job = shop.add()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.error is not None
        assert resting.error.code == "provider_refused"
        shop.commands.release(resting)
        await shop.until(job, S.DONE)


async def test_cancelled_elsewhere(shop: Workshop) -> None:
    shop.server.trouble({"on": "status", "times": None, "do": {"word": "canceled"}})
    job = shop.add()
    async with shop.working():
        assert (await shop.until(job, S.CANCELLED)).completed is not None
