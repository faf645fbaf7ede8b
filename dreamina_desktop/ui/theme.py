"""The window's colours and measures: two themes of the same tokens, and how Qt is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor, QPalette


class ThemeChoice(StrEnum):
    """What the user may choose; the values are kept in the settings."""

    DESKTOP = "desktop"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#rrggbb``. Text on any of these grounds has a contrast of at least 4.5:1.

    Grounds from back to front: ``window`` behind the panes, ``pane``, ``raised`` for cards and
    buttons, ``sunken`` for the stage that pictures and clips stand on, ``field`` to type in.
    """

    is_dark: bool
    window: str
    pane: str
    raised: str
    sunken: str
    field: str
    hover: str
    line: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    good: str
    warning: str
    bad: str


DARK = Theme(
    is_dark=True,
    window="#17181a",
    pane="#1f2023",
    raised="#2a2b2f",
    sunken="#141516",
    field="#141516",
    hover="#34363b",
    line="#393b41",
    text="#ececef",
    muted="#a6a9b1",
    disabled="#6b6e76",
    accent="#7aa2f7",
    accent_hover="#93b4fa",
    on_accent="#0d1321",
    selection="#2c3f66",
    good="#5ac08d",
    warning="#e5b252",
    bad="#f2777a",
)

LIGHT = Theme(
    is_dark=False,
    window="#e9eaec",
    pane="#f6f6f7",
    raised="#ffffff",
    sunken="#e4e5e8",
    field="#ffffff",
    hover="#eceef2",
    line="#cfd1d6",
    text="#1b1c1f",
    muted="#565a62",
    disabled="#9a9da4",
    accent="#2f5fd0",
    accent_hover="#2450b8",
    on_accent="#ffffff",
    selection="#cddcfb",
    good="#17724a",
    warning="#805300",
    bad="#bb2b30",
)

# One grid for everything: multiples of four pixels.
TIGHT, GAP, ROOM = 4, 8, 16
RADIUS = 6


def palette_of(theme: Theme) -> QPalette:
    """The Qt palette, for whatever a style sheet does not reach."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.field,
        QPalette.ColorRole.AlternateBase: theme.pane,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.bad,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Light: theme.raised,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Shadow: theme.window,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return palette
