"""Cycles with widgets in them are collected where widgets may be destroyed."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dreamina_desktop.app.garbage import Garbage
from tests.ui.conftest import Until


class _Cycle(QObject):
    """An object that only the collector ends."""

    ended_in: threading.Thread | None = None

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, _Cycle._end)

    @staticmethod
    def _end() -> None:
        _Cycle.ended_in = threading.current_thread()


@pytest.fixture
def garbage(application: QApplication) -> Iterator[Garbage]:
    made = Garbage(application)
    _Cycle.ended_in = None
    yield made
    made.close()
    made.deleteLater()


def _litter() -> None:
    """More cycles than any generation of the collector takes."""
    for _ in range(20):
        kept = [[] for _ in range(2000)]  # type: list[list[object]]
        for item in kept:
            item.append(item)


def test_another_thread_collects_nothing(garbage: Garbage, until: Until) -> None:
    _Cycle()
    busy = threading.Thread(target=_litter)
    busy.start()
    busy.join()
    assert _Cycle.ended_in is None
    until(lambda: _Cycle.ended_in is not None)
    assert _Cycle.ended_in is threading.main_thread()


def test_in_the_end_python_does_it_again(application: QApplication) -> None:
    made = Garbage(application)
    assert not gc.isenabled()
    made.close()
    assert gc.isenabled()
    made.deleteLater()
