"""The frame around the panes: menus, banner, status bar, the floating notice, keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.actions import Actions, Deed
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.notice_bar import NoticeBar
from dreamina_desktop.ui.notices import Notices
from dreamina_desktop.ui.practice_banner import PracticeBanner
from dreamina_desktop.ui.status_bar import StatusBar
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

NAME = "Dreamina Desktop"
_LEAST = (960, 620)
_USUAL = (1280, 800)
_NOTICE_WIDEST, _NOTICE_NARROWEST = 620, 380
_ALWAYS = frozenset({Deed.SETTINGS, Deed.QUIT, Deed.KEYS, Deed.PROVIDER_PAGE})
# Where "?" is, and whether it needs Shift, differs from keyboard to keyboard.
_KEY_LIST_SIGN = "?"


class MainWindow(QMainWindow):
    """Shown before its page is there, so that it is on the screen at once. Holds no rules."""

    painted = Signal()
    """For the first time; from inside the painting."""
    window_closed = Signal()

    def __init__(self, notices: Notices, theme: Theme, icons: Icons, *, is_practice: bool) -> None:
        super().__init__()
        self._is_practice = is_practice
        self._is_painted = False
        self._notices = notices
        self._anchor: QWidget | None = None
        self._take_key: Callable[[QKeyEvent], bool] | None = None
        self.deeds = Actions(self)
        self.menus = QMenuBar(self)
        self.banner = PracticeBanner(theme, icons, self) if is_practice else None
        self.status = StatusBar(theme, icons, is_practice=is_practice, parent=self)
        self.notice_bar = NoticeBar(notices, theme, icons, self)
        self._ground = QWidget(self)
        self._stack = QStackedWidget(self)
        self._blank = QWidget(self._stack)
        self._stack.addWidget(self._blank)
        self.setObjectName("mainWindow")
        self.setAccessibleName(NAME)
        self.setMinimumSize(*_LEAST)
        self.resize(*_USUAL)
        self._arrange()
        self._bind_switches()
        self.set_running(0)
        self.set_theme(theme, icons)
        self.notice_bar.height_changed.connect(self.place_notice)
        # What has the keys when nothing else wants them; a click on the ground gives them back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # ---- what it shows ---------------------------------------------------------------------

    def show_page(self, page: QWidget, anchor: QWidget | None = None) -> None:
        """Put a page where the panes go, and the focus into it.

        Notices float over ``anchor``, else over the page.
        """
        before = self._stack.currentWidget()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._anchor = anchor or page
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        if before is not None and before not in (self._blank, page):
            self._stack.removeWidget(before)
            before.deleteLater()
        self.place_notice()

    def show_blank(self) -> None:
        """Nothing for a moment: it is not known yet which page is right."""
        self._stack.setCurrentWidget(self._blank)
        self._anchor = self._blank

    def set_quiet(self, *, is_quiet: bool) -> None:
        """While there are no panes, there is nothing to say about them and nothing to do."""
        self.status.setVisible(not is_quiet)
        for deed in Deed:
            if deed not in _ALWAYS:
                self.deeds.of(deed).setEnabled(not is_quiet)

    def give_keys(self, take_key: Callable[[QKeyEvent], bool]) -> None:
        """Who gets the keys that nobody wanted; it says whether it did."""
        self._take_key = take_key

    def set_running(self, count: int) -> None:
        """Say in the title how many jobs are under way."""
        name = self.tr("{0} — practice").format(NAME) if self._is_practice else NAME
        self.setWindowTitle(f"({count}) {name}" if count else name)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self.setWindowIcon(icons.icon("application"))
        for deed, name in (
            (Deed.FOLD_COMPOSE, "pane-left"),
            (Deed.FOLD_WATCH, "pane-middle"),
            (Deed.FOLD_LIBRARY, "pane-right"),
        ):
            self.deeds.of(deed).setIcon(icons.icon(name))
        self.status.set_theme(theme, icons)
        self.notice_bar.set_theme(theme, icons)
        if self.banner is not None:
            self.banner.set_theme(theme, icons)

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

    # ---- building --------------------------------------------------------------------------

    def _arrange(self) -> None:
        ground = self._ground
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        if self.banner is not None:
            top.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(ground)
        column.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        column.setSpacing(TIGHT)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(ground)
        self.notice_bar.setParent(ground)
        ground.installEventFilter(self)

    def _bind_switches(self) -> None:
        for switch, deed in (
            (self.status.fold_compose, Deed.FOLD_COMPOSE),
            (self.status.fold_watch, Deed.FOLD_WATCH),
            (self.status.fold_library, Deed.FOLD_LIBRARY),
        ):
            action = self.deeds.of(deed)
            switch.setDefaultAction(action)
            switch.setAccessibleName(action.text().replace("&", ""))

    def place_notice(self) -> None:
        """Let the notice float over the top of its anchor."""
        anchor, bar = self._anchor, self.notice_bar
        if bar.isHidden():
            return
        ground = self._ground
        where = ground.rect()
        if anchor is not None and anchor.isVisible():
            where = QRect(anchor.mapTo(ground, QPoint(0, 0)), anchor.size())
        width = max(_NOTICE_NARROWEST, min(_NOTICE_WIDEST, where.width() - 2 * GAP))
        left = min(max(GAP, where.center().x() - width // 2), ground.width() - width - GAP)
        height = max(bar.heightForWidth(width), bar.minimumSizeHint().height())
        bar.setGeometry(left, where.top() + GAP, width, height)
        bar.raise_()

    # ---- events ----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Resize and watched is self._ground:
            self.place_notice()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.place_notice()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self._notices.current is not None:
            self._notices.dismiss()
            return
        if event.text() == _KEY_LIST_SIGN:
            self.deeds.of(Deed.KEYS).trigger()
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        action = self.deeds.typed(QKeySequence(event.key())) if plain else None
        if action is not None and action.isEnabled():
            action.trigger()
            return
        if self._take_key is None or not self._take_key(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        super().closeEvent(event)
        self.window_closed.emit()
