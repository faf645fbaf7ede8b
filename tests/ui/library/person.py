"""Somebody in front of the pane, with eyes, keys and a mouse."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QListView,
    QToolButton,
)

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.job_events import RequestCheckWanted
from dreamina_desktop.ui.library.library_events import (
    DeletionLapsed,
    JobChosen,
    JobReleased,
    JobsDeleted,
    JobSeen,
    LoadRequested,
)
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.library_view import LibraryView
from dreamina_desktop.ui.notice import Notice
from tests.ui.conftest import Until
from tests.ui.library.rows import Rows


@dataclass(slots=True)
class Heard:
    """Everything that the pane told."""

    chosen: list[JobChosen] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    seen: list[JobSeen] = field(default_factory=list)
    loads: list[LoadRequested] = field(default_factory=list)
    released: list[JobReleased] = field(default_factory=list)
    deleted: list[JobsDeleted] = field(default_factory=list)
    lapsed: list[DeletionLapsed] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    checks: list[RequestCheckWanted] = field(default_factory=list)
    balances: list[str] = field(default_factory=list)

    def listen(self, pane: LibraryPane) -> None:
        pane.job_chosen.connect(self.chosen.append)
        pane.nothing_chosen.connect(lambda: self.nothing.append("nothing"))
        pane.job_seen.connect(self.seen.append)
        pane.load_requested.connect(self.loads.append)
        pane.job_released.connect(self.released.append)
        pane.deleted.connect(self.deleted.append)
        pane.deletion_lapsed.connect(self.lapsed.append)
        pane.notice_raised.connect(self.notices.append)
        pane.check_wanted.connect(self.checks.append)
        pane.balance_wanted.connect(lambda: self.balances.append("balance"))

    @property
    def texts(self) -> list[str]:
        return [notice.text for notice in self.notices]


class Person:
    """Eyes, keys and mouse in front of the pane."""

    def __init__(self, pane: LibraryPane, until: Until) -> None:
        self.pane = pane
        self.until = until
        self.heard = Heard()
        self.heard.listen(pane)
        found = pane.findChild(QListView, "libraryView")
        assert isinstance(found, LibraryView)
        self.view = found

    def open_library(self, count: int) -> None:
        self.pane.activateWindow()
        self.pane.read()
        self.until(lambda: self.view.model().rowCount() == count)
        self.view.setFocus()

    def button(self, name: str) -> QToolButton:
        found = self.pane.findChild(QToolButton, name)
        assert isinstance(found, QToolButton)
        return found

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def click_card(self, row: int) -> None:
        place = self.view.visualRect(self.view.model().index(row, 0)).center()
        QTest.mouseClick(
            self.view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )

    def use_by_keyboard(self, name: str) -> None:
        """Tab to a button of the bar and press it."""
        self.view.setFocus()
        for _ in range(8):
            self.press(Qt.Key.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
            if focused.objectName() == name:
                self.press(Qt.Key.Key_Space)
                return
        raise AssertionError(f"{name} is not reached")

    def listed(self) -> list[str]:
        model = self.view.model()
        return [
            model.index(row, 0).data(Qt.ItemDataRole.UserRole + 2)
            for row in range(model.rowCount())
        ]

    def label(self, name: str) -> str:
        found = self.pane.findChild(QLabel, name)
        assert isinstance(found, QLabel)
        return found.text() if found.isVisible() else ""


def change(rows: Rows, person: Person, job: Job) -> None:
    """What the engine does: write the row, tell its id."""
    rows.put(job)
    count = len(person.heard.seen)
    person.pane.row_changed(job.id)
    person.until(lambda: len(person.heard.seen) > count)
