"""What is fitted into the frame once it has been painted: menus, keys, status, the notice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenuBar, QWidget

from dreamina_desktop.ui.actions import Actions, Deed
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.notice import Notice
from dreamina_desktop.ui.notice_bar import NoticeBar
from dreamina_desktop.ui.notices import Notices, PostedNotice
from dreamina_desktop.ui.practice_banner import PracticeBanner
from dreamina_desktop.ui.return_key import press_with_return
from dreamina_desktop.ui.status_bar import StatusBar
from dreamina_desktop.ui.theme import GAP, Theme

_NOTICE_WIDEST, _NOTICE_NARROWEST = 620, 380
_ALWAYS = frozenset({Deed.SETTINGS, Deed.QUIT, Deed.KEYS, Deed.PROVIDER_PAGE})
# Where "?" is, and whether it needs Shift, differs from keyboard to keyboard.
_KEY_LIST_SIGN = "?"
_HINT, _HINT_SECONDS = "hint", 5.0


class WindowFittings(QObject):
    """Belongs to one window. Keys that nobody wanted come here before they go to the player."""

    def __init__(self, window: MainWindow, notices: Notices, theme: Theme, icons: Icons) -> None:
        super().__init__(window)
        self._window = window
        self._notices = notices
        self._anchor: QWidget = window.ground
        self._take_key: Callable[[QKeyEvent], bool] | None = None
        self.actions = Actions(window)
        self.menus = QMenuBar(window)
        self.banner = PracticeBanner(theme, icons, window) if window.is_practice else None
        self.status = StatusBar(theme, icons, is_practice=window.is_practice, parent=window)
        self.notice_bar = NoticeBar(notices, theme, icons, window.ground)
        self.notice_bar.height_changed.connect(self.place_notice)
        window.ground.installEventFilter(self)
        window.give_keys(self.take_key)
        for switch, deed in (
            (self.status.fold_compose, Deed.FOLD_COMPOSE),
            (self.status.fold_watch, Deed.FOLD_WATCH),
            (self.status.fold_library, Deed.FOLD_LIBRARY),
        ):
            action = self.actions.of(deed)
            switch.setDefaultAction(action)
            switch.setAccessibleName(action.text().replace("&", ""))
        top = self._top()
        self.frame: tuple[QWidget, ...] = (top, self.status)
        window.frame_with(top, self.status)
        self.set_theme(theme, icons)

    def _top(self) -> QWidget:
        top = QWidget(self._window)
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        if self.banner is not None:
            row.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignVCenter)
        return top

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        for deed, name in (
            (Deed.FOLD_COMPOSE, "pane-left"),
            (Deed.FOLD_WATCH, "pane-middle"),
            (Deed.FOLD_LIBRARY, "pane-right"),
        ):
            self.actions.of(deed).setIcon(icons.icon(name))
        self._window.setWindowIcon(icons.icon("application"))
        self.notice_bar.set_theme(theme, icons)
        self.status.set_theme(theme, icons)
        if self.banner is not None:
            self.banner.set_theme(theme, icons)

    def set_quiet(self, *, is_quiet: bool) -> None:
        """While there are no panes, there is nothing to say about them and nothing to do."""
        self.status.setVisible(not is_quiet)
        for deed in Deed:
            if deed not in _ALWAYS:
                self.actions.of(deed).setEnabled(not is_quiet)

    # ---- the notice ------------------------------------------------------------------------

    def hint(self, text: str) -> None:
        """Say it for a short while."""
        self._notices.post(PostedNotice(_HINT, Notice(text), seconds=_HINT_SECONDS))

    def float_over(self, anchor: QWidget) -> None:
        """Notices float over the top of this widget from now on."""
        self._anchor = anchor
        self.place_notice()

    def place_notice(self) -> None:
        """Put the notice where it belongs; the anchor has moved, or the notice has grown."""
        ground, bar = self._window.ground, self.notice_bar
        if bar.isHidden():
            return
        where = ground.rect()
        if self._anchor.isVisible():
            where = QRect(self._anchor.mapTo(ground, QPoint(0, 0)), self._anchor.size())
        width = max(_NOTICE_NARROWEST, min(_NOTICE_WIDEST, where.width() - 2 * GAP))
        left = min(max(GAP, where.center().x() - width // 2), ground.width() - width - GAP)
        height = max(bar.heightForWidth(width), bar.minimumSizeHint().height())
        bar.setGeometry(left, where.top() + GAP, width, height)
        bar.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Resize:
            self.place_notice()
        return super().eventFilter(watched, event)

    # ---- keys ------------------------------------------------------------------------------

    def give_keys(self, take_key: Callable[[QKeyEvent], bool]) -> None:
        """Who gets the keys that mean nothing here; it says whether they mean something there."""
        self._take_key = take_key

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for that no widget wanted; whether it stands for anything."""
        if event.key() == Qt.Key.Key_Escape and self._notices.current is not None:
            self._notices.dismiss()
            return True
        if event.text() == _KEY_LIST_SIGN:
            self.actions.of(Deed.KEYS).trigger()
            return True
        if press_with_return(QApplication.focusWidget(), event):
            return True
        # First, for what is on show may have meanings of its own.
        if self._take_key is not None and self._take_key(event):
            return True
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier:
            action = self.actions.typed(QKeySequence(event.key()))
            if action is not None and action.isEnabled():
                # Most of them take back what they did: held down, a key would flicker.
                if not event.isAutoRepeat():
                    action.trigger()
                return True
        return False
