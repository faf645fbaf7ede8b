"""Work beside the GUI thread: in order, told in the GUI thread, never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.ports import Outcome
from tests.ui.conftest import Until, dispose


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.outcomes: list[Outcome[int]] = []
        self.threads: set[int] = set()

    def on_done(self, outcome: Outcome[int]) -> None:
        self.threads.add(threading.get_ident())
        self.outcomes.append(outcome)


@pytest.fixture
def background(application: QApplication) -> Iterator[BackgroundThread]:
    del application
    background = BackgroundThread()
    yield background
    background.close()


def test_work_is_done_elsewhere_in_order_and_told_here(
    background: BackgroundThread, until: Until
) -> None:
    listener = Listener()
    workers: list[int] = []

    def work(number: int) -> int:
        workers.append(threading.get_ident())
        return number

    for number in range(20):
        background.run(partial(work, number), listener.on_done)
    until(lambda: len(listener.outcomes) == 20)
    assert [outcome.get() for outcome in listener.outcomes] == list(range(20))
    assert listener.threads == {threading.get_ident()}
    assert set(workers).isdisjoint(listener.threads)


def test_errors_come_out_where_the_result_is_looked_at(
    background: BackgroundThread, until: Until
) -> None:
    listener = Listener()

    def fail() -> int:
        raise DiskError("full")

    background.run(fail, listener.on_done)
    until(lambda: bool(listener.outcomes))
    with pytest.raises(DiskError):
        listener.outcomes[0].get()


def test_a_bug_in_the_work_reaches_whoever_looks_at_it(
    background: BackgroundThread, until: Until
) -> None:
    listener = Listener()
    background.run(lambda: 1 // 0, listener.on_done)
    background.run(lambda: 2, listener.on_done)
    until(lambda: len(listener.outcomes) == 2)
    with pytest.raises(ZeroDivisionError):
        listener.outcomes[0].get()
    assert listener.outcomes[1].get() == 2


def test_nobody_is_told_who_is_gone(background: BackgroundThread, until: Until) -> None:
    gone, alive = Listener(), Listener()
    began = threading.Event()

    def wait() -> int:
        began.wait()
        return 1

    background.run(wait, gone.on_done)
    background.run(lambda: 2, alive.on_done)
    told = gone.outcomes
    gone.deleteLater()
    dispose()
    began.set()
    until(lambda: bool(alive.outcomes))
    assert told == []


def test_what_hangs_is_left_behind(application: QApplication) -> None:
    del application
    gate = threading.Event()
    background, listener = BackgroundThread(patience=0.05), Listener()

    def hang() -> int:
        gate.wait()
        return 1

    background.run(hang, listener.on_done)
    background.close()
    background.deleteLater()
    dispose()
    gate.set()
    dispose()
    assert listener.outcomes == []


def test_close_finishes_what_was_handed_in_and_takes_no_more(application: QApplication) -> None:
    del application
    background, listener = BackgroundThread(), Listener()
    finished: list[int] = []

    def work(number: int) -> int:
        finished.append(number)
        return number

    for number in range(5):
        background.run(partial(work, number), listener.on_done)
    background.close()
    background.run(partial(work, 99), listener.on_done)
    dispose()
    assert finished == [0, 1, 2, 3, 4]
    assert listener.outcomes == []
