"""What can be done in which state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.ui.library.job_rules import Deed, WhyNot, glyph_deed, spends, why_not
from tests.ui.library.rows import a_job, done

HELD = replace(a_job(0), hold=Hold.BALANCE)
RESTING = replace(a_job(0, JobState.DOWNLOADING), resting=True)
RESTING_UNSENT = replace(a_job(0), resting=True)
EXPIRED_FOR_GOOD = replace(a_job(0, JobState.EXPIRED), resting=True)
BEING_CANCELLED = replace(a_job(0, JobState.QUEUED), cancel_wanted=True)
ADOPTED = replace(a_job(0, JobState.QUEUED), spec=None)


@pytest.mark.parametrize(
    ("job", "cancel", "retry", "resolve", "delete"),
    [
        (a_job(0), None, WhyNot.GOES_ON_BY_ITSELF, WhyNot.NOT_IN_DOUBT, WhyNot.LIVE),
        (HELD, None, None, WhyNot.NOT_IN_DOUBT, WhyNot.LIVE),
        (
            a_job(0, JobState.SUBMITTING),
            None,
            WhyNot.GOES_ON_BY_ITSELF,
            WhyNot.NOT_IN_DOUBT,
            WhyNot.LIVE,
        ),
        (
            a_job(0, JobState.RUNNING),
            None,
            WhyNot.GOES_ON_BY_ITSELF,
            WhyNot.NOT_IN_DOUBT,
            WhyNot.LIVE,
        ),
        (
            BEING_CANCELLED,
            WhyNot.BEING_CANCELLED,
            WhyNot.GOES_ON_BY_ITSELF,
            WhyNot.NOT_IN_DOUBT,
            WhyNot.LIVE,
        ),
        (RESTING, WhyNot.MADE, None, WhyNot.NOT_IN_DOUBT, WhyNot.LIVE),
        (EXPIRED_FOR_GOOD, WhyNot.MADE, None, WhyNot.NOT_IN_DOUBT, None),
        (
            a_job(0, JobState.EXPIRED),
            WhyNot.MADE,
            WhyNot.GOES_ON_BY_ITSELF,
            WhyNot.NOT_IN_DOUBT,
            WhyNot.LIVE,
        ),
        (a_job(0, JobState.UNKNOWN), WhyNot.IN_DOUBT, WhyNot.IN_DOUBT, None, WhyNot.IN_DOUBT),
        (done(0), WhyNot.ENDED, WhyNot.ENDED, WhyNot.NOT_IN_DOUBT, None),
        (a_job(0, JobState.FAILED), WhyNot.ENDED, WhyNot.ENDED, WhyNot.NOT_IN_DOUBT, None),
    ],
)
def test_rules(
    job: Job,
    cancel: WhyNot | None,
    retry: WhyNot | None,
    resolve: WhyNot | None,
    delete: WhyNot | None,
) -> None:
    assert why_not(Deed.CANCEL, job) is cancel
    assert why_not(Deed.RETRY, job) is retry
    assert why_not(Deed.RESOLVE, job) is resolve
    assert why_not(Deed.DELETE, job) is delete
    assert why_not(Deed.COPY_DETAILS, job) is None


def test_what_needs_a_file_or_settings() -> None:
    for deed in (Deed.REVEAL, Deed.SAVE_AS, Deed.STAR, Deed.REJECT):
        assert why_not(deed, done(0)) is None
        assert why_not(deed, a_job(0)) is WhyNot.NO_FILE
    assert why_not(Deed.LOAD, a_job(0, JobState.FAILED)) is None
    assert why_not(Deed.LOAD, ADOPTED) is WhyNot.NO_SETTINGS


def test_only_sending_spends() -> None:
    assert spends(Deed.RETRY, HELD)
    assert spends(Deed.RETRY, RESTING_UNSENT)
    assert not spends(Deed.RETRY, RESTING)
    assert not any(spends(deed, HELD) for deed in Deed if deed is not Deed.RETRY)


@pytest.mark.parametrize(
    ("job", "deed"),
    [
        (a_job(0, JobState.QUEUED), Deed.CANCEL),
        (a_job(0, JobState.UNKNOWN), Deed.RESOLVE),
        (RESTING, Deed.RETRY),
        (BEING_CANCELLED, None),
        (done(0), None),
        # Sending costs money, and there is no room for a price on the round button.
        (HELD, Deed.CANCEL),
    ],
)
def test_the_button_on_the_card(job: Job, deed: Deed | None) -> None:
    assert glyph_deed(job) is deed
