"""The empty window, and what every part of it speaks and looks with."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.notices import Notices
from dreamina_desktop.ui.theme_switch import ThemeSwitch
from dreamina_desktop.ui.window_fittings import WindowFittings
from dreamina_desktop.words import Phrasebook


@dataclass(frozen=True, slots=True)
class Room:
    """The empty window, and what every part of it speaks and looks with."""

    window: MainWindow
    fittings: WindowFittings
    notices: Notices
    switch: ThemeSwitch
    words: Phrasebook
