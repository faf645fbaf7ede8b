"""Another program's saving is noticed once, however it saves; what is no saving is no news."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from dreamina_desktop.ui import file_watch
from dreamina_desktop.ui.file_watch import FileWatch
from tests.ui.conftest import Until
from tests.ui.drafts import Counter

REST = 5


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> QObject:
    monkeypatch.setattr(file_watch, "_SETTLE_MILLISECONDS", REST)
    return QObject()


def test_every_way_of_saving_is_noticed(
    application: object, owner: QObject, until: Until, tmp_path: Path
) -> None:
    path, other = tmp_path / "a.png", tmp_path / "b.png"
    path.write_bytes(b"first")
    watch = FileWatch(owner)
    told = Counter(watch.file_saved)
    watch.watch(path)
    path.write_bytes(b"written over")
    until(lambda: told.count == 1)
    other.write_bytes(b"in its place, as most programs do")
    other.replace(path)
    until(lambda: told.count == 2)
    # First away, and back a while later.
    path.rename(tmp_path / "a.png~")
    QTest.qWait(20 * REST)
    assert told.count == 2
    path.write_bytes(b"the third")
    until(lambda: told.count == 3)
    watch.watch(None)
    path.write_bytes(b"of no interest any more")
    QTest.qWait(20 * REST)
    assert told.count == 3


def test_a_touch_of_its_rights_is_no_saving(
    application: object, owner: QObject, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"first")
    watch = FileWatch(owner)
    told = Counter(watch.file_saved)
    watch.watch(path)
    os.chmod(path, 0o600)  # noqa: PTH101
    QTest.qWait(20 * REST)
    assert told.count == 0


def test_what_is_not_there_is_not_watched(
    application: object, owner: QObject, tmp_path: Path, qt_messages: list[str]
) -> None:
    watch = FileWatch(owner)
    watch.watch(tmp_path / "nowhere.png")
    qt_messages.clear()
