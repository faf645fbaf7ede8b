"""From a saved result to files, over real HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Clip, ClipKind, Job, JobState
from dreamina_desktop.jobs.fetching import EXPIRED_LIMIT, UNDELIVERED_LIMIT
from tests.jobs.workshop import QUICK, Workshop

S = JobState


async def test_several_videos_are_all_fetched_and_pictures_beside_them_are_not(
    shop: Workshop,
) -> None:
    shop.server.trouble(
        {"on": "result", "do": {"output": {"videos": ["$clip", "$clip&2"], "image": "$image"}}}
    )
    (done,) = await shop.finish(shop.add())
    assert [clip.kind for clip in done.clips] == [ClipKind.VIDEO] * 2
    names = [Path(clip.path or "").name for clip in done.clips]
    assert len(set(names)) == 2


async def test_pictures_alone_are_a_result_too(shop: Workshop) -> None:
    shop.server.trouble({"on": "result", "do": {"output": {"image": "$image"}}})
    (done,) = await shop.finish(shop.add())
    assert done.clips[0].kind is ClipKind.IMAGE
    assert done.clips[0].frames == 0
    assert done.file is not None
    assert done.file.endswith(".png")


async def test_an_empty_output_is_asked_for_again(shop: Workshop) -> None:
    shop.server.trouble({"on": "result", "times": 2, "do": {"output": {}}})
    (done,) = await shop.finish(shop.add())
    assert done.asked_again == 0


async def test_an_output_that_stays_empty_rests_with_its_result_kept(shop: Workshop) -> None:
    shop.server.trouble({"on": "result", "times": None, "do": {"output": {}}})
    job = shop.add()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.state is S.RESULT_SAVED
        assert resting.result is not None
        assert resting.error is not None
        assert resting.error.code == "empty_output"
        shop.server.trouble()
        shop.commands.release(resting)
        await shop.until(job, S.DONE)
    assert len(shop.server.accepted()) == 1


async def test_an_expired_address_is_asked_for_afresh(shop: Workshop) -> None:
    shop.server.trouble({"on": "clip", "do": {"status": 403}})
    (done,) = await shop.finish(shop.add())
    assert len(shop.server.requests("/result")) == 2
    assert len(shop.server.accepted()) == 1
    assert done.error is None


async def test_a_clip_that_the_provider_has_deleted_is_expired_and_not_failed(
    shop: Workshop,
) -> None:
    shop.rules = replace(QUICK, missing_told=0.05)
    gone = {"status": 404, "body": {"error_code": 404001, "error_message": "Deleted."}}
    dead = {"on": "clip", "times": None, "do": {"status": 403}}
    shop.server.trouble(dead)
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: shop.get(job).asked_again)
        shop.server.trouble(dead, {"on": "status", "times": None, "do": gone})
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.error is not None
        assert (resting.state, resting.error.code) == (S.EXPIRED, "address_expired")
        assert resting.error.message == "Deleted."
        assert resting.result is not None
        shop.server.trouble()
        shop.commands.release(resting)
        await shop.until(job, S.DONE)
    assert len(shop.server.accepted()) == 1


async def test_an_address_that_stays_dead_rests_in_the_end(shop: Workshop) -> None:
    shop.server.trouble({"on": "clip", "times": None, "do": {"status": 410}})
    job = shop.add()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
    assert (resting.state, resting.asked_again) == (S.EXPIRED, EXPIRED_LIMIT + 1)
    assert len(shop.server.requests(".mp4")) == EXPIRED_LIMIT + 1


async def test_an_address_that_is_not_fetched_rests(shop: Workshop) -> None:
    shop.server.trouble({"on": "result", "do": {"output": {"video": "http://192.0.2.1/clip.mp4"}}})
    job = shop.add()
    async with shop.working():
        resting = await shop.until_true(lambda: row if (row := shop.get(job)).resting else None)
        assert resting.error is not None
        assert (resting.state, resting.error.code) == (S.DOWNLOADING, "address_refused")
        # Trying again is asking again: the result may name another one now.
        shop.commands.release(resting)
        await shop.until(job, S.DONE)
    assert len(shop.server.requests("/result")) == 2
    assert len(shop.server.accepted()) == 1


@pytest.mark.parametrize("status", [400, 451, 500])
async def test_an_address_that_always_fails_is_asked_for_afresh(
    shop: Workshop, status: int
) -> None:
    failing = {"on": "clip", "times": UNDELIVERED_LIMIT, "do": {"status": status}}
    shop.server.trouble(failing)
    (done,) = await shop.finish(shop.add())
    assert len(shop.server.requests(".mp4")) == UNDELIVERED_LIMIT + 1
    assert len(shop.server.requests("/result")) == 2
    assert len(shop.server.accepted()) == 1
    assert (done.error, done.asked_again) == (None, 0)


async def test_an_address_that_fails_for_ever_never_rests(shop: Workshop) -> None:
    shop.server.trouble({"on": "clip", "times": None, "do": {"status": 400}})
    job = shop.add()
    async with shop.working():
        await shop.until_true(lambda: len(shop.server.requests("/result")) >= 4)
        row = shop.get(job)
        assert (row.resting, row.asked_again) == (False, 0)
        shop.server.trouble()
        await shop.until(job, S.DONE)


async def test_what_has_landed_stays_when_the_rest_is_asked_for_afresh(shop: Workshop) -> None:
    both = {"on": "result", "times": None, "do": {"output": {"videos": ["$clip", "$clip&2"]}}}
    shop.server.trouble(both, {"on": "clip", "skip": 1, "do": {"status": 404}})
    (done,) = await shop.finish(shop.add())
    assert [clip.landed for clip in done.clips] == [True, True]
    assert len(shop.server.requests(".mp4")) == 3
    assert len(list(shop.output.iterdir())) == 2


@pytest.mark.parametrize("fault", [{"short": True}, {"no_moov": True}])
async def test_a_wrong_file_is_never_taken_for_a_clip(
    shop: Workshop, fault: dict[str, object]
) -> None:
    shop.server.trouble({"on": "clip", "times": 4, "do": fault})
    (done,) = await shop.finish(shop.add())
    assert done.clips[0].frames == 121
    assert [path.suffix for path in shop.output.iterdir()] == [".mp4"]


async def test_a_name_that_is_taken_in_the_last_moment_is_left_alone(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_place = shop.media.place
    foreign: list[Path] = []

    def place(part: Path, target: Path) -> bool:
        if not foreign:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(b"somebody else's")
            foreign.append(target)
        return really_place(part, target)

    monkeypatch.setattr(shop.media, "place", place)
    (done,) = await shop.finish(shop.add())
    assert foreign[0].read_bytes() == b"somebody else's"
    assert done.file not in (None, str(foreign[0]))


async def test_a_file_that_was_placed_before_the_crash_is_not_fetched_again(
    shop: Workshop,
) -> None:
    (done,) = await shop.finish(shop.add())
    fetched = len(shop.server.requests(".mp4"))
    unlanded = replace(done.clips[0], landed=False)
    other = shop.add("another")
    again = shop.repository.begin_attempt(other)
    for state in (S.QUEUED, S.RESULT_SAVED, S.DOWNLOADING):
        clips = (unlanded,) if state is S.DOWNLOADING else ()
        again = shop.repository.change(again, replace(again, state=state, clips=clips))
    (settled,) = await shop.finish(again)
    assert settled.file == done.file
    assert len(shop.server.requests(".mp4")) == fetched


async def test_a_folder_that_refuses_costs_no_second_download(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_choose = shop.media.choose_name
    refusals = [DiskError("clip")] * 3

    def choose(job: Job, clip: Clip, facts: ClipFacts, part: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return really_choose(job, clip, facts, part)

    monkeypatch.setattr(shop.media, "choose_name", choose)
    job = shop.add()
    async with shop.working():
        refused = await shop.until_true(lambda: row if (row := shop.get(job)).error else None)
        assert refused.error is not None
        assert refused.error.code == "disk"
        done = await shop.until(job, JobState.DONE)
    assert done.error is None
    assert len(shop.server.requests(".mp4")) == 1
