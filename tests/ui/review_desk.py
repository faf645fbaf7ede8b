"""Takes to be judged in the real window, and the hands and eyes of whoever judges them."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from dreamina_desktop.app.session import Session
from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.ui.library.library_model import LibraryRole
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.transport import Transport
from tests.practice_server import PracticeServer
from tests.ui.test_keys import cards
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE, a_profile

FRAMES = 24
"""Of each clip, whatever was asked for, for servers that are started with this."""
_ASKED = 121


def judge(person: WindowDesk, server: PracticeServer, *takes: tuple[str, int]) -> Session:
    """So many takes of each prompt are made; the very first one is on show, paused at its start."""
    profile = a_profile(person.profile, server)
    place = Workplace(profile)
    place.hold()
    picture = PillowPreparer(profile.spec).prepare(SAMPLE)
    folder = str(person.profile.parent / "clips")
    rows = [
        row
        for prompt, count in takes
        for row in profile.preparation.prepare_takes(
            TakeRequest(str(SAMPLE), picture, prompt, _ASKED, 7, folder), count
        )
    ]
    place.close()
    session = person.open()
    view = cards(person)
    done = [JobState.DONE] * len(rows)
    person.until(lambda: [job.state for job in listed(person)] == done)
    person.until(lambda: bool(view.selected_jobs()))
    watch = session.furniture.watch
    session.furniture.library.choose(rows[0].id)
    person.until(lambda: watch.shown_job_id == rows[0].id and watch.viewed is not None)
    person.until(lambda: watch.playback.position.is_playing)
    watch.playback.pause()
    watch.playback.seek(0)
    player(person).setFocus()
    return session


def made(person: WindowDesk) -> tuple[Job, ...]:
    """All takes as they are now, in the order in which they were asked for."""
    return tuple(reversed(person.jobs()))


def player(person: WindowDesk) -> Canvas:
    return person.find(Canvas, "player")


def listed(person: WindowDesk) -> list[Job]:
    """What the cards tell, from the first."""
    model = cards(person).model()
    return [model.index(row, 0).data(LibraryRole.JOB) for row in range(model.rowCount())]


def click(person: WindowDesk, job_id: str, held: Qt.KeyboardModifier) -> None:
    """On a card, with that key held."""
    view = cards(person)
    index = view.model().index_of(job_id)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)


def select(person: WindowDesk, *job_ids: str) -> None:
    """Exactly these cards, with the mouse and Ctrl; the clip on show stays."""
    control = Qt.KeyboardModifier.ControlModifier
    before = {job.id for job in cards(person).selected_jobs()}
    for job_id in job_ids:
        if job_id not in before:
            click(person, job_id, control)
    for job_id in before.difference(job_ids):
        click(person, job_id, control)
    assert {job.id for job in cards(person).selected_jobs()} == set(job_ids)


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """For whoever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def hold(key: Qt.Key, text: str) -> None:
    """What a key that is held down goes on to send."""
    focus = QApplication.focusWidget()
    assert focus is not None
    plain = Qt.KeyboardModifier.NoModifier
    for kind in itertools.islice(
        itertools.cycle((QEvent.Type.KeyPress, QEvent.Type.KeyRelease)), 6
    ):
        repeated = QKeyEvent(kind, key, plain, text, True)
        QApplication.sendEvent(focus, repeated)


def hint(person: WindowDesk) -> str:
    """What the notice says, "" for nothing."""
    bar = person.find(QWidget, "noticeBar")
    return "" if bar.isHidden() else person.find(QLabel, "noticeText").text()


def room_below(person: WindowDesk) -> int:
    """Pixels of the pane under its controls."""
    pane = person.find(QWidget, "watchPane")
    transport = pane.findChild(Transport)
    assert transport is not None
    return pane.height() - transport.geometry().bottom()
