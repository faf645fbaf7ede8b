"""The menu of the shown clip: everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dreamina_desktop.ui.actions import menu_text
from dreamina_desktop.ui.watch.play_position import SPEEDS
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.speed_choice import speed_text
from dreamina_desktop.ui.watch.watch_keys import WatchKey

_GROUPS = (
    ("useFrameAction", "compareAction"),
    ("captureFrameAction", "copyFrameAction"),
    ("copyFileAction", "revealAction", "openAction"),
    ("zoomAction", "zoomInAction", "zoomOutAction", "fullScreenAction"),
    ("goToFrameAction", "playModeAction", "clearPointsAction", "meterAction"),
)


@dataclass(frozen=True, slots=True)
class WindowEntries:
    """What the window brings: entries that are on and off as they are in its own menus."""

    judging: tuple[QAction, ...] = ()
    making: tuple[QAction, ...] = ()


@dataclass(frozen=True, slots=True)
class FileDeeds:
    """What has no key of its own."""

    reveal: Callable[[], None]
    open: Callable[[], None]


class PlayerMenu(QObject):
    """Made anew for each time it is opened."""

    def __init__(
        self, playback: Playback, keys: tuple[WatchKey, ...], files: FileDeeds, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._keys = {key.name: key for key in keys}
        self._files = files
        self._offered: Callable[[], WindowEntries] = WindowEntries

    def offer(self, offered: Callable[[], WindowEntries]) -> None:
        """Have these among the others; asked for each time that the menu is opened."""
        self._offered = offered

    def open(self, widget: QWidget, place: QPoint, *, reason: str = "") -> QMenu:
        """At a point of the screen. ``reason`` says why nothing can be done, "" where it can."""
        menu = QMenu(widget)
        menu.setObjectName("playerMenu")
        menu.setToolTipsVisible(True)
        offered = self._offered()
        for group in _GROUPS:
            for name in group:
                action = self._make(name, menu)
                action.setEnabled(not reason)
                action.setToolTip(reason or action.toolTip())
                menu.addAction(action)
            if group is _GROUPS[0]:
                menu.addActions(offered.judging)
                menu.addSeparator()
                menu.addActions(offered.making)
            if group is not _GROUPS[-1]:
                menu.addSeparator()
        self._add_speeds(menu, is_possible=not reason)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
        return menu

    def _add_speeds(self, menu: QMenu, *, is_possible: bool) -> None:
        """Where there is little room its button is not to be seen."""
        speeds = menu.addMenu(QCoreApplication.translate("PlayerMenu", "Speed"))
        speeds.setObjectName("playerSpeedMenu")
        speeds.setEnabled(is_possible)
        for speed in SPEEDS:
            action = speeds.addAction(speed_text(speed))
            action.setCheckable(True)
            action.setChecked(abs(self._playback.position.speed) == speed)
            action.triggered.connect(partial(self._playback.set_speed, speed))

    def _make(self, name: str, menu: QMenu) -> QAction:
        action = QAction(menu)
        action.setObjectName(name)
        key = self._keys.get(name)
        if key is not None:
            action.setText(menu_text(key.text, key.keys))
            action.setToolTip(key.text)
            action.triggered.connect(key.act)
        elif name == "revealAction":
            action.setText(QCoreApplication.translate("PlayerMenu", "Show in its folder"))
            action.triggered.connect(self._files.reveal)
        else:
            action.setText(QCoreApplication.translate("PlayerMenu", "Open in the system's player"))
            action.triggered.connect(self._files.open)
        return action
