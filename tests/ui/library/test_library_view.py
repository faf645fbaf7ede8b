"""The grid: columns, keys, the time that runs, drags to other programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView

from dreamina_desktop.core.job import JobState
from dreamina_desktop.pictures.picture_process import PictureProcess
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.image_drop import ImageDrop
from dreamina_desktop.ui.compose.recent_menu import RecentMenu
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.library_model import PAGE
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.library_view import LibraryView
from dreamina_desktop.ui.theme import Theme
from dreamina_desktop.words import Phrasebook
from tests.ui.compose.drops import enter, mime
from tests.ui.conftest import Show, Until
from tests.ui.drafts import Recents, SlowBackground
from tests.ui.library.rows import Rows, StandingClock, a_job, done, many


@pytest.fixture
def view(pane: LibraryPane) -> LibraryView:
    found = pane.findChild(QListView, "libraryView")
    assert isinstance(found, LibraryView)
    return found


def filled(pane: LibraryPane, view: LibraryView, until: Until) -> None:
    pane.read()
    until(lambda: view.model().rowCount() > 0)
    pane.activateWindow()
    view.setFocus()


def press(view: LibraryView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> bool:
    """Press a key; whether the view took it."""
    with_keys = modifiers[0] if modifiers else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key.value, with_keys)
    QApplication.sendEvent(view, event)
    return event.isAccepted()


@pytest.mark.parametrize("width", [260, 300, 328, 340, 380, 420, 500, 640])
def test_cards_fill_the_pane(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until, width: int
) -> None:
    rows.put(*many(40))
    pane.resize(width, 640)
    filled(pane, view, until)
    until(view.verticalScrollBar().isVisible)
    cards = [view.visualRect(view.model().index(row, 0)) for row in range(12)]
    lefts = sorted({card.left() for card in cards})
    columns = len(lefts)
    assert columns == max(1, (width - 16) // 156)
    assert len({card.size().toTuple() for card in cards}) == 1
    # Row after row, each filled before the next begins, and no scroll bar from left to right.
    assert [card.left() for card in cards] == (lefts * 12)[:12]
    right = view.viewport().width() - (cards[columns - 1].right() + 1)
    assert 1 <= right <= columns
    assert view.horizontalScrollBar().maximum() == 0


def test_the_first_page_is_enough_to_begin_with(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(3 * PAGE))
    filled(pane, view, until)
    assert view.model().rowCount() == PAGE
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    until(lambda: view.model().rowCount() == 2 * PAGE)


def test_arrows_go_from_card_to_card(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(12))
    filled(pane, view, until)
    assert view.currentIndex().row() == 0
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 11),
        (Qt.Key.Key_Home, 0),
    ):
        assert press(view, key)
        assert view.currentIndex().row() == row
        assert [job.id for job in view.selected_jobs()] == [f"job-{11 - row:05}"]


def test_several_cards_are_selected_with_shift_and_all_with_a(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(5))
    filled(pane, view, until)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selected_jobs()) == 2
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert [job.id for job in view.selected_jobs()] == [f"job-{n:05}" for n in (4, 3, 2, 1, 0)]


def test_keys_mean_deeds(view: LibraryView) -> None:
    deeds: list[Deed] = []
    others: list[str] = []
    view.deed_wanted.connect(deeds.append)
    view.undo_wanted.connect(lambda: others.append("undo"))
    view.job_opened.connect(lambda: others.append("open"))
    assert press(view, Qt.Key.Key_Delete)
    assert press(view, Qt.Key.Key_Backspace)
    assert press(view, Qt.Key.Key_R)
    assert press(view, Qt.Key.Key_Return)
    assert press(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert deeds == [Deed.DELETE, Deed.DELETE, Deed.LOAD]
    assert others == ["open", "undo"]


def test_a_held_delete_takes_one_card(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(12))
    filled(pane, view, until)
    view.choose(view.model().index(0, 0))
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        before = view.model().rowCount()
        for is_held in (False, True, True, True):
            event = QKeyEvent(
                QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, "", is_held
            )
            QApplication.sendEvent(view, event)
            assert event.isAccepted()
        assert view.model().rowCount() == before - 1


@pytest.mark.parametrize(
    "key",
    [Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Comma, Qt.Key.Key_F11, Qt.Key.Key_Escape],
)
def test_the_players_keys_are_left_to_the_window(view: LibraryView, key: Qt.Key) -> None:
    assert not press(view, key)


def test_control_r_is_not_r(view: LibraryView) -> None:
    assert not press(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_drops_belong_to_the_window(view: LibraryView) -> None:
    assert not view.acceptDrops()
    assert not view.viewport().acceptDrops()


class Drags(QObject):
    """Stands in for the desktop that takes a drag."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self.taken: list[tuple[list[str], bool]] = []

        def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
            data: QMimeData = drag.mimeData()
            paths = [url.toLocalFile() for url in data.urls()]
            self.taken.append((paths, drag.pixmap().isNull()))
            return action

        monkeypatch.setattr(QDrag, "exec", exec_)


def test_a_clip_is_dragged_out_with_its_picture(
    pane: LibraryPane,
    view: LibraryView,
    rows: Rows,
    until: Until,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drags = Drags(monkeypatch)
    rows.put(a_job(1, JobState.RUNNING), done(2, tmp_path / "a.mp4"))
    filled(pane, view, until)
    view.selectAll()
    view.startDrag(Qt.DropAction.CopyAction)
    assert drags.taken == [([str(tmp_path / "a.mp4")], False)]
    view.choose(view.model().index(1, 0))
    view.startDrag(Qt.DropAction.CopyAction)
    assert len(drags.taken) == 1


def test_a_real_drag_of_the_mouse_starts_it(
    pane: LibraryPane,
    view: LibraryView,
    rows: Rows,
    until: Until,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drags = Drags(monkeypatch)
    rows.put(done(2, tmp_path / "a.mp4"))
    filled(pane, view, until)
    start = view.visualRect(view.model().index(0, 0)).center()
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in (10, 20, 40):
        QTest.mouseMove(port, start + QPoint(step, step))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton)
    assert drags.taken
    assert drags.taken[0][0] == [str(tmp_path / "a.mp4")]


def test_a_card_is_no_picture_to_begin_from(
    pane: LibraryPane,
    view: LibraryView,
    rows: Rows,
    until: Until,
    tmp_path: Path,
    draft: Draft,
    theme: Theme,
    icons: Icons,
    show: Show,
    picture_process: PictureProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    menu = RecentMenu(Recents(), Glances(picture_process, SlowBackground()), Phrasebook(), icons)
    zone = ImageDrop(draft, menu, theme, icons)
    show(zone, 300, 200)
    rows.put(done(2, tmp_path / "a.mp4"))
    filled(pane, view, until)
    view.choose(view.model().index(0, 0))
    taken: list[bool] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(QDropEvent, "source", lambda _: drag.source())
            taken.append(enter(zone, drag.mimeData()))
        return action

    monkeypatch.setattr(QDrag, "exec", exec_)
    view.startDrag(Qt.DropAction.CopyAction)
    assert taken == [False]
    # From elsewhere the same file is taken.
    assert enter(zone, mime(tmp_path / "a.mp4"))


def test_the_time_runs_only_while_somebody_sees_it(
    pane: LibraryPane, view: LibraryView, rows: Rows, clock: StandingClock, until: Until
) -> None:
    running = a_job(500, JobState.RUNNING)
    rows.put(*many(60), replace(running, running=running.created))
    filled(pane, view, until)
    until(lambda: view.is_ticking)
    before = view.viewport().grab().toImage()
    clock.pass_seconds(500 * 60 + 7)
    until(lambda: view.viewport().grab().toImage() != before)
    # Scrolled out of sight it stops by itself.
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    until(lambda: not view.is_ticking)
    view.verticalScrollBar().setValue(0)
    until(lambda: view.is_ticking)
    pane.hide()
    assert not view.is_ticking


def test_without_live_cards_nothing_ticks(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(10))
    filled(pane, view, until)
    view.viewport().grab()
    assert not view.is_ticking


def test_the_chosen_card_stays_in_sight_when_the_pane_changes_its_width(
    pane: LibraryPane, view: LibraryView, rows: Rows, until: Until
) -> None:
    rows.put(*many(100))
    filled(pane, view, until)
    view.choose(view.model().index(70, 0))
    for width in (260, 500, 340):
        pane.resize(width, 640)
        until(lambda: view.viewport().rect().intersects(view.visualRect(view.currentIndex())))
