"""The window's frame: on the screen at once, filled with everything else right after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from dreamina_desktop.ui.theme import GAP, TIGHT

NAME = "Dreamina Desktop"
_LEAST = (960, 620)
_USUAL = (1280, 800)


class MainWindow(QMainWindow):
    """Holds no rules. ``ground`` is what everything stands on, in one column."""

    painted = Signal()
    """For the first time; from inside the painting."""
    window_closed = Signal()

    def __init__(self, *, is_practice: bool) -> None:
        super().__init__()
        self.is_practice = is_practice
        self._is_painted = False
        self._take_key: Callable[[QKeyEvent], bool] | None = None
        self.ground = QWidget(self)
        self._pages = QStackedWidget(self.ground)
        self._column = QVBoxLayout(self.ground)
        self._column.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        self._column.setSpacing(TIGHT)
        self._column.addWidget(self._pages, 1)
        self.setCentralWidget(self.ground)
        self.setObjectName("mainWindow")
        self.setAccessibleName(NAME)
        self.setMinimumSize(*_LEAST)
        self.resize(*_USUAL)
        self.count_unseen(0)
        # What has the keys when nothing else wants them; a click on the ground gives them back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # ---- what it shows ---------------------------------------------------------------------

    def show_page(self, page: QWidget, begin: QWidget) -> None:
        """Put a page in the middle, and the focus where people begin. The page before is gone.

        A page that is there already keeps the focus where somebody has put it.
        """
        before = self._pages.currentWidget()
        if before is page:
            return
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        begin.setFocus(Qt.FocusReason.OtherFocusReason)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()

    def frame_with(self, above: QWidget, below: QWidget) -> None:
        """Put these above and below the page."""
        self._column.insertWidget(0, above)
        self._column.addWidget(below)

    def give_keys(self, take_key: Callable[[QKeyEvent], bool]) -> None:
        """Who gets the keys that nobody wanted; it says whether it did."""
        self._take_key = take_key

    def count_unseen(self, count: int) -> None:
        """Say in the title how many clips were done while nobody was looking."""
        name = self.tr("{0} — practice").format(NAME) if self.is_practice else NAME
        self.setWindowTitle(f"({count}) {name}" if count else name)

    def come_to_front(self) -> None:
        """Be seen, whatever covered or minimised it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # ---- where it stands -------------------------------------------------------------------

    @property
    def geometry_text(self) -> str:
        """Where it stands, to be kept."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def stand_as(self, geometry_text: str) -> None:
        """Stand where it stood; on a screen that is gone, in the middle of another."""
        kept = QByteArray.fromBase64(geometry_text.encode("ascii", "ignore"))
        if geometry_text and self.restoreGeometry(kept):
            return
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(self.size().boundedTo(screen.size()))
        frame = QRect(QPoint(0, 0), self.size())
        frame.moveCenter(screen.center())
        self.move(frame.topLeft())

    # ---- events ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if self._take_key is None or not self._take_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        super().closeEvent(event)
        # Whoever hears of it may take a while, and nobody shall look at that.
        self.hide()
        self.window_closed.emit()
