"""Row 6: whatever goes wrong with an order, the job stands where the money is not in danger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.api.raw_server import client_tls
from tests.core.specs import real_spec
from tests.practice_server import PracticeServer, PracticeStart
from tests.reliability.go_between import go_between
from tests.reliability.submit_faults import Fault, faults
from tests.reliability.tally import Tally
from tests.reliability.unreachable import Way, Ways
from tests.reliability.wire_trial import WireTrial

_AT_ONCE = 16
# Nothing is made of what is ordered, and there is money for all of it.
_STILL = {"queue_seconds": 86400, "balance": "1000000"}


@pytest.fixture(scope="module")
def picture() -> PreparedPicture:
    return PillowPreparer(real_spec()).prepare(resource(SAMPLE_PICTURE))


def test_there_are_enough_faults() -> None:
    names = [fault.name for fault in faults()] + [way.name for way in Ways().all()]
    assert len(names) == len({*names}) >= 30


@pytest.mark.promise(6, short=1, long=10)
@pytest.mark.timeout(1800)
async def test_every_fault_of_a_submit_comes_to_its_class(
    tmp_path: Path,
    start_practice: PracticeStart,
    picture: PreparedPicture,
    tally: Tally,
    subtests: pytest.Subtests,
) -> None:
    server = start_practice(**_STILL)
    total = 0
    for number in range(tally.trials):
        trials: dict[str, Callable[[], Awaitable[None]]] = {}
        for fault in faults():
            prompt = f"[{number}] {fault.name}."
            folder = tmp_path / str(total + len(trials))
            carried = picture if fault.big else None
            trials[prompt] = partial(_meets, fault, prompt, folder, server, carried)
        rules = [
            {"on": "submit", "request": f"[{number}] {fault.name}.", "do": fault.do}
            for fault in faults()
            if fault.do is not None
        ]
        server.trouble(*rules, **_STILL)
        await _all(trials, subtests)
        total += len(trials)
    for fault in faults():
        tally.fell(fault.outcome.replace("_", " "), tally.trials)
    tally.ran(total)


@pytest.mark.promise(6, short=1, long=10)
@pytest.mark.timeout(1800)
async def test_every_way_that_ends_before_the_api_comes_to_its_class(
    tmp_path: Path,
    start_practice: PracticeStart,
    monkeypatch: pytest.MonkeyPatch,
    tally: Tally,
    subtests: pytest.Subtests,
) -> None:
    server = start_practice(**_STILL)
    total = 0
    for number in range(tally.trials):
        ways = Ways()
        trials: dict[str, Callable[[], Awaitable[None]]] = {}
        async with ways.proxied(monkeypatch.setenv):
            for way in ways.all():
                prompt = f"[{number}] {way.name}."
                folder = tmp_path / str(total + len(trials))
                trials[prompt] = partial(_takes, way, prompt, folder, server)
                tally.fell(way.outcome.replace("_", " "))
            await _all(trials, subtests)
        total += len(trials)
    tally.ran(total)


async def _all(trials: dict[str, Callable[[], Awaitable[None]]], subtests: pytest.Subtests) -> None:
    """Some at a time, for each mostly waits; each a test of its own, all of which have to pass."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def run(trial: Callable[[], Awaitable[None]]) -> None:
        async with places:
            await trial()

    ended = await asyncio.gather(*(run(trial) for trial in trials.values()), return_exceptions=True)
    for name, error in zip(trials, ended, strict=True):
        with subtests.test(name):
            if error is not None:
                raise error
    # Not only in the subtests, of which the page of the long run would not hear.
    assert [error for error in ended if error is not None] == []


async def _meets(
    fault: Fault,
    prompt: str,
    folder: Path,
    server: PracticeServer,
    picture: PreparedPicture | None,
) -> None:
    async with _in_front_of(server, fault) as url, _trial(folder, url, server) as trial:
        job = trial.order(prompt, picture)
        match fault.outcome:
            case SubmitClass.UNKNOWN:
                trial.time_outs = fault.time_outs
                await _stays_in_doubt(trial, job, prompt, taken=fault.taken)
            case SubmitClass.REJECTED:
                await _stays_rejected(trial, job, prompt)
            case SubmitClass.HELD:
                await _is_held(trial, job, prompt, fault)
            case SubmitClass.NOT_SENT:
                async with trial.engine():
                    await trial.reach(job, JobState.QUEUED)
                assert trial.outcomes(job) == ["not_sent", "accepted"]
                assert trial.paid(prompt) == 1
            case SubmitClass.ACCEPTED:
                async with trial.engine():
                    row = await trial.reach(job, JobState.QUEUED)
                assert trial.outcomes(job) == ["accepted"]
                (paid,) = trial.came(prompt)
                assert row.request_id == paid.request_id


async def _takes(way: Way, prompt: str, folder: Path, server: PracticeServer) -> None:
    async with way.open(server.url) as url, _trial(folder, url, server, way) as trial:
        job = trial.order(prompt)
        if way.outcome is SubmitClass.UNKNOWN:
            await _stays_in_doubt(trial, job, prompt, taken=way.taken)
            return
        async with trial.engine():
            # By itself, for nothing has left.
            await trial.until(lambda: len(trial.outcomes(job)) > 1, "a second attempt")
        row = trial.repository.get(job.id)
        assert (row.state, row.hold) == (JobState.PREPARED, None)
        assert {*trial.outcomes(job)} == {"not_sent"}
        assert trial.came(prompt) == []


async def _stays_in_doubt(trial: WireTrial, job: Job, prompt: str, *, taken: bool) -> None:
    """UNKNOWN, with one POST for ever: while the engine goes on, and when the next one starts."""
    patient = trial.time_outs == type(trial.time_outs)()
    async with trial.engine():
        await trial.reach(job, JobState.UNKNOWN)
        if patient:
            await _another_goes_through(trial, "beside")
    trial.time_outs = type(trial.time_outs)()
    async with trial.engine():
        await _another_goes_through(trial, "afterwards")
    row = trial.repository.get(job.id)
    assert (row.state, row.request_id) == (JobState.UNKNOWN, None)
    assert trial.outcomes(job) == ["unknown"]
    assert len(trial.came(prompt)) <= 1
    assert trial.paid(prompt) == taken


async def _stays_rejected(trial: WireTrial, job: Job, prompt: str) -> None:
    async with trial.engine():
        await trial.reach(job, JobState.REJECTED)
        await _another_goes_through(trial, "beside")
    assert trial.outcomes(job) == ["rejected"]
    assert [row.accepted for row in trial.came(prompt)] == [False]


async def _is_held(trial: WireTrial, job: Job, prompt: str, fault: Fault) -> None:
    """PREPARED until a person says "go on", and then sent once more, and no more."""
    async with trial.engine():
        held = await trial.until(lambda: _held(trial, job), "a hold")
        assert (held.state, held.hold) == (JobState.PREPARED, fault.hold)
        assert trial.paid(prompt) == 0
        other = trial.order(f"waits behind {job.id}")
        trial.commands.release(held)
        await trial.reach(job, JobState.QUEUED)
        await trial.reach(other, JobState.QUEUED)
    assert trial.outcomes(job) == ["held", "accepted"]
    assert trial.paid(prompt) == 1


def _held(trial: WireTrial, job: Job) -> Job | None:
    row = trial.repository.get(job.id)
    return row if row.hold is not None else None


async def _another_goes_through(trial: WireTrial, when: str) -> None:
    """An order of which nobody has heard: the engine sends, so it could have sent the other."""
    prompt = f"{trial.folder.name} {when}"
    await trial.reach(trial.order(prompt), JobState.QUEUED)
    assert trial.paid(prompt) == 1


@asynccontextmanager
async def _in_front_of(server: PracticeServer, fault: Fault) -> AsyncIterator[str]:
    if fault.spoil is None:
        yield server.url
        return
    async with go_between(server.url, fault.spoil) as port:
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def _trial(
    folder: Path, url: str, server: PracticeServer, way: Way | None = None
) -> AsyncIterator[WireTrial]:
    trial = WireTrial(folder, url, server, client_tls() if way is None else way.tls())
    if way is not None:
        trial.time_outs = way.time_outs
    trial.open()
    try:
        yield trial
    finally:
        trial.close()
