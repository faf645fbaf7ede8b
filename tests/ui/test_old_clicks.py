"""Clicks of long ago that were never sent: asked about once, for all, with the total price."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dreamina_desktop.core.job import JobState
from dreamina_desktop.ui.notice_bar import SETTLED
from dreamina_desktop.ui.notices import NoticeDeed
from tests.practice_server import PracticeServer
from tests.store.profiles import run_sql
from tests.ui.conftest import Until
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import a_profile, a_take


def two_old_clicks(folder: Path, server: PracticeServer) -> None:
    profile = a_profile(folder, server)
    profile.open()
    for prompt in ("First.", "Second."):
        a_take(profile, folder / "clips", prompt)
    profile.close()
    run_sql(folder, "UPDATE jobs SET created = '2026-01-01T00:00:00.000000+00:00'")


def test_the_window_asks_once_and_sends_all(
    person: WindowDesk, practice: PracticeServer, until: Until
) -> None:
    two_old_clicks(person.profile, practice)
    session = person.open()
    notices = session.room.notices
    until(lambda: notices.current is not None and notices.current.deed is NoticeDeed.SEND_WAITING)
    assert notices.waiting == 0
    button = person.find(QPushButton, "noticeActionButton")
    # Two clips of five seconds at what the server asks.
    until(lambda: "0.80" in button.text())
    assert practice.accepted() == []
    # A click that was meant for the notice before buys nothing.
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert notices.current is not None
    QTest.qWait(2 * SETTLED)
    assert {job.state for job in person.jobs()} == {JobState.PREPARED}
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    until(lambda: all(job.state is JobState.DONE for job in person.jobs()))
    assert len(practice.accepted()) == 2
    until(lambda: notices.current is None or notices.current.deed is not NoticeDeed.SEND_WAITING)
