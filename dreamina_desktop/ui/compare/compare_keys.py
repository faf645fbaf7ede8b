"""The keys of a comparison as data: for the stage, menus and the list of keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.ui.actions import KeyRow, shown_keys
from dreamina_desktop.ui.compare.compare_canvas import CompareCanvas
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.watch.watch_keys import KeyPlace, WatchKey


def compare_keys(
    choice: LookChoice,
    canvas: CompareCanvas,
    swap: Callable[[], None],
    fold: Callable[[], None],
    leave: Callable[[], None],
) -> tuple[WatchKey, ...]:
    """Every key of a comparison; all others are the player's.

    Those that the player has too, for zooming, mean the same here.
    """
    tr = QCoreApplication.translate
    at = KeyPlace.PLAYER
    return (
        WatchKey("wipeAction", ("1",), choice.wipe, tr("CompareKeys", "Wipe"), at),
        WatchKey("sideAction", ("2",), choice.side_by_side, tr("CompareKeys", "Side by side"), at),
        WatchKey("overlayAction", ("3",), choice.overlay, tr("CompareKeys", "Overlay"), at),
        WatchKey(
            "differenceAction", ("4",), choice.difference, tr("CompareKeys", "Difference"), at
        ),
        WatchKey("blinkAction", ("5",), choice.blink, tr("CompareKeys", "Blink"), at),
        WatchKey("showOtherAction", ("A",), choice.show_other, tr("CompareKeys", "A or B"), at),
        WatchKey(
            "turnAction", ("V",), choice.turn, tr("CompareKeys", "Left and right, or stacked"), at
        ),
        WatchKey("swapAction", ("W",), swap, tr("CompareKeys", "Swap A and B"), at),
        WatchKey(
            "raiseAmountAction",
            ("Up",),
            choice.raise_amount,
            tr("CompareKeys", "Divider, opacity or gain up"),
            at,
            repeats=True,
        ),
        WatchKey(
            "lowerAmountAction",
            ("Down",),
            choice.lower_amount,
            tr("CompareKeys", "Divider, opacity or gain down"),
            at,
            repeats=True,
        ),
        WatchKey(
            "slipBackAction",
            ("Alt+Left",),
            choice.slip_back,
            tr("CompareKeys", "B one frame back against A"),
            at,
            repeats=True,
        ),
        WatchKey(
            "slipForwardAction",
            ("Alt+Right",),
            choice.slip_forward,
            tr("CompareKeys", "B one frame on against A"),
            at,
            repeats=True,
        ),
        WatchKey("foldDifferencesAction", ("D",), fold, tr("CompareKeys", "What differs"), at),
        *_zoom_keys(canvas),
        WatchKey("leaveCompareAction", ("Esc",), leave, tr("CompareKeys", "Leave comparing"), at),
    )


def compare_key_rows() -> tuple[KeyRow, ...]:
    """For the list of keys, in few lines."""
    tr = QCoreApplication.translate
    return (
        KeyRow(("1–5",), tr("CompareKeys", "Wipe, side by side, overlay, difference, blink")),
        KeyRow(shown_keys(("A",)), tr("CompareKeys", "A or B")),
        KeyRow(shown_keys(("V",)), tr("CompareKeys", "Left and right, or stacked")),
        KeyRow(shown_keys(("W",)), tr("CompareKeys", "Swap A and B")),
        KeyRow(shown_keys(("Up", "Down")), tr("CompareKeys", "Divider, opacity or gain")),
        KeyRow(shown_keys(("Alt+Left", "Alt+Right")), tr("CompareKeys", "B against A by a frame")),
        KeyRow(shown_keys(("D",)), tr("CompareKeys", "What differs")),
        KeyRow(shown_keys(("Esc",)), tr("CompareKeys", "Leave comparing")),
    )


def _zoom_keys(canvas: CompareCanvas) -> tuple[WatchKey, ...]:
    tr = QCoreApplication.translate
    at = KeyPlace.PLAYER
    return (
        WatchKey(
            "compareZoomInAction",
            ("+", "=", "Shift++"),
            canvas.zoom_in,
            tr("CompareKeys", "Larger"),
            at,
            repeats=True,
        ),
        WatchKey(
            "compareZoomOutAction",
            ("-",),
            canvas.zoom_out,
            tr("CompareKeys", "Smaller"),
            at,
            repeats=True,
        ),
        WatchKey(
            "compareZoomAction", ("Z",), canvas.toggle_zoom, tr("CompareKeys", "Fit, or 100 %"), at
        ),
        WatchKey(
            "comparePanLeftAction",
            ("Ctrl+Left",),
            canvas.pan_left,
            tr("CompareKeys", "Look to the left"),
            at,
            repeats=True,
        ),
        WatchKey(
            "comparePanRightAction",
            ("Ctrl+Right",),
            canvas.pan_right,
            tr("CompareKeys", "Look to the right"),
            at,
            repeats=True,
        ),
        WatchKey(
            "comparePanUpAction",
            ("Ctrl+Up",),
            canvas.pan_up,
            tr("CompareKeys", "Look further up"),
            at,
            repeats=True,
        ),
        WatchKey(
            "comparePanDownAction",
            ("Ctrl+Down",),
            canvas.pan_down,
            tr("CompareKeys", "Look further down"),
            at,
            repeats=True,
        ),
    )
