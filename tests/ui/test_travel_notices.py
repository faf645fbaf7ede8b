"""Notices about pictures that could not travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dreamina_desktop.core.hosting_errors import BucketKeysRefusedError
from dreamina_desktop.core.inline_refusal import INLINE_REFUSED
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.notice_bar import NoticeBar
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.ui.travel_notices import TravelNotices
from dreamina_desktop.words import Phrasebook
from tests.ui.conftest import Show

STARTED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = STARTED + timedelta(minutes=1)
REFUSED = Job(
    "one", JobState.REJECTED, "runcomfy", STARTED, LATER, error=JobError(INLINE_REFUSED, "URI?")
)
RESTING = Job(
    "two",
    JobState.PREPARED,
    "runcomfy",
    STARTED,
    LATER,
    error=JobError(BucketKeysRefusedError.code),
    resting=True,
)


class Told:
    """What is said about rows."""

    def __init__(self, words: Phrasebook) -> None:
        self.owner = QObject()
        self.notices = Notices(self.owner)
        self.travel = TravelNotices(self.notices, words, STARTED, self.owner)

    def see(self, job: Job | None) -> PostedNotice | None:
        self.travel.notice(JobSeen("any" if job is None else job.id, job))
        return self.notices.current


@pytest.fixture
def told(application: object, words: Phrasebook) -> Iterator[Told]:
    made = Told(words)
    yield made
    made.owner.deleteLater()


def test_a_picture_refused_inside_the_request_offers_both_other_ways(told: Told) -> None:
    posted = told.see(REFUSED)
    assert posted is not None
    assert (posted.deed, posted.other) == (NoticeDeed.SET_UP_BUCKET, NoticeDeed.GIVE_ADDRESS)
    assert "inside the request" in posted.notice.text
    assert "URI?" in posted.notice.text
    told.notices.dismiss()
    assert told.see(REFUSED) is None


@pytest.mark.parametrize(
    "job",
    [
        None,
        replace(REFUSED, changed=STARTED - timedelta(days=1)),
        replace(REFUSED, deleted=LATER),
        replace(REFUSED, error=JobError("provider_refused")),
        replace(REFUSED, error=None),
        replace(RESTING, resting=False),
    ],
)
def test_nothing_is_said_of_anything_else(told: Told, job: Job | None) -> None:
    assert told.see(job) is None


def test_a_bucket_that_must_be_mended_is_told_until_it_goes_on(told: Told) -> None:
    posted = told.see(RESTING)
    assert posted is not None
    assert (posted.deed, posted.other) == (NoticeDeed.SET_UP_BUCKET, None)
    assert told.see(replace(RESTING, error=None, resting=False)) is None


def test_both_buttons_do_what_they_say(told: Told, theme: Theme, icons: Icons, show: Show) -> None:
    bar = NoticeBar(told.notices, theme, icons)
    chosen: list[NoticeDeed | None] = []
    bar.action_chosen.connect(lambda posted: chosen.append(posted.deed))
    told.see(REFUSED)
    show(bar, 600, 120)
    other = bar.findChild(QPushButton, "noticeOtherButton")
    assert other is not None
    assert other.isVisible()
    assert other.text() == other.accessibleName() == "Use a public address"
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    told.see(RESTING)
    assert not other.isVisible()
    action = bar.findChild(QPushButton, "noticeActionButton")
    assert action is not None
    QTest.mouseClick(action, Qt.MouseButton.LeftButton)
    assert chosen == [NoticeDeed.GIVE_ADDRESS, NoticeDeed.SET_UP_BUCKET]
