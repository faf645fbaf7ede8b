"""Actions as data: labels, reasons, and the price wherever it costs money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.library.job_actions import JobAction, JobActions
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.price_tags import PriceTags
from tests.ui.library.rows import a_job, done

HELD = replace(a_job(1), hold=Hold.BALANCE)
LONG = replace(a_job(2), hold=Hold.CONFIRM)
STATES = [a_job(0, state) for state in JobState if state is not JobState.DRAFT]


class Deeds:
    def __init__(self) -> None:
        self.done: list[tuple[Deed, tuple[Job, ...]]] = []

    def carry_out(self, deed: Deed, jobs: tuple[Job, ...]) -> None:
        self.done.append((deed, jobs))


@pytest.fixture
def deeds() -> Deeds:
    return Deeds()


@pytest.fixture
def tags(application: QApplication, spec: ModelSpec) -> PriceTags:
    del application
    return PriceTags(spec)


@pytest.fixture
def actions(tags: PriceTags, deeds: Deeds) -> JobActions:
    return JobActions(tags, deeds.carry_out)


def test_names_are_fixed(actions: JobActions) -> None:
    assert [action.name for action in actions.of(())] == [
        "cancelJob",
        "retryJob",
        "resolveJob",
        "loadSettings",
        "starJob",
        "rejectJob",
        "revealFile",
        "saveFileAs",
        "copyJobDetails",
        "deleteJob",
    ]


@pytest.mark.parametrize("job", [*STATES, done(9)], ids=lambda job: job.state.value)
def test_nothing_is_disabled_without_a_reason(actions: JobActions, job: Job) -> None:
    for jobs in ((), (job,), (job, done(8))):
        for action in actions.of(jobs):
            assert action.label
            assert action.hint


def test_nothing_chosen(actions: JobActions) -> None:
    assert {action.hint for action in actions.of(())} == {"Select a card first."}
    assert not any(action.is_enabled for action in actions.of(()))


def test_some_things_are_done_with_one_job_at_a_time(actions: JobActions) -> None:
    alone = {
        action.deed
        for action in actions.of((done(1), done(2)))
        if action.hint == "Select one card only."
    }
    assert alone == {Deed.RESOLVE, Deed.LOAD, Deed.REVEAL, Deed.SAVE_AS}


def test_an_action_does_its_deed_with_the_jobs(actions: JobActions, deeds: Deeds) -> None:
    jobs = (done(1), a_job(2, JobState.RUNNING))
    action = actions.one(Deed.DELETE, jobs)
    assert action.is_enabled
    action.run()
    assert deeds.done == [(Deed.DELETE, jobs)]


def retry(actions: JobActions, *jobs: Job) -> JobAction:
    return actions.one(Deed.RETRY, jobs)


def test_whatever_sends_says_its_price_before(actions: JobActions, tags: PriceTags) -> None:
    assert retry(actions, HELD).label == "Send · price unknown"
    told: list[None] = []
    tags.price_changed.connect(lambda: told.append(None))
    tags.set_price(Price(Decimal("0.08"), "second"))
    assert told
    assert retry(actions, HELD).label == "Send · $0.40"
    assert HELD.spec is not None
    ten_seconds = replace(HELD, spec=replace(HELD.spec, frames=241))
    assert retry(actions, ten_seconds).label == "Send · $0.80"
    assert retry(actions, HELD, LONG, done(5)).label == "Send · $0.80"
    assert "costs money" in retry(actions, HELD).hint
    tags.set_price(Price(Decimal("3"), "credit"))
    assert retry(actions, HELD).label == "Send · price unknown"


def test_what_costs_nothing_names_no_price(actions: JobActions, tags: PriceTags) -> None:
    tags.set_price(Price(Decimal("0.08"), "second"))
    resting = replace(a_job(0, JobState.DOWNLOADING), resting=True)
    action = retry(actions, resting)
    assert action.label == "Try again"
    assert "costs nothing" in action.hint
    # Together with one that costs money the price is that one's.
    assert retry(actions, resting, HELD).label == "Send · $0.40"
