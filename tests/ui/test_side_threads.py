"""Side threads: beside each other, back in the GUI thread, and never in the way of the end."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.side_threads import SideThreads
from tests.ui.conftest import Until, dispose


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Outcome[int]] = []
        self.threads: list[QThread] = []

    def hear(self, outcome: Outcome[int]) -> None:
        self.heard.append(outcome)
        self.threads.append(QThread.currentThread())


def test_one_that_hangs_holds_up_no_other(application: QApplication, until: Until) -> None:
    side, ear, gate = SideThreads(), Ear(), threading.Event()

    def hang() -> int:
        gate.wait()
        return 1

    side.run(hang, ear.hear)
    side.run(lambda: 2, ear.hear)
    until(lambda: len(ear.heard) == 1)
    assert ear.heard[0].get() == 2
    gate.set()
    until(lambda: len(ear.heard) == 2)
    assert set(ear.threads) == {application.thread()}


def test_what_is_raised_comes_back(application: QApplication, until: Until) -> None:
    side, ear = SideThreads(), Ear()

    def fail() -> int:
        raise KeyError("x")

    side.run(fail, ear.hear)
    until(lambda: bool(ear.heard))
    with pytest.raises(KeyError):
        ear.heard[0].get()


def test_nobody_is_told_after_the_end(application: QApplication, until: Until) -> None:
    side, ear, gate, ended = SideThreads(), Ear(), threading.Event(), threading.Event()

    def hang() -> int:
        gate.wait()
        ended.set()
        return 1

    side.run(hang, ear.hear)
    side.run(lambda: 2, ear.hear)
    side.close()
    side.run(lambda: 3, ear.hear)
    gate.set()
    until(ended.is_set)
    application.processEvents()
    assert ear.heard == []


def test_neither_asker_nor_threads_need_to_be_there(
    application: QApplication, until: Until
) -> None:
    side, ear, gate, ended = SideThreads(), Ear(), threading.Event(), threading.Event()

    def hang() -> int:
        gate.wait()
        ended.set()
        return 1

    side.run(lambda: 1, ear.hear)
    ear.deleteLater()
    dispose()
    side.run(hang, ear.hear)
    side.deleteLater()
    dispose()
    gate.set()
    until(ended.is_set)
    application.processEvents()
    assert ear.heard == []
