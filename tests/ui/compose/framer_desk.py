"""A picture that is being framed, and a person's mouse on it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.cutout import Cutout
from dreamina_desktop.core.recipe import Frame
from dreamina_desktop.ui.draft import Draft
from tests.ui.conftest import Until

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


def quarters(width: int, height: int) -> Image.Image:
    """Red and green above, blue and white below: every place tells where it is."""
    image = Image.new("RGB", (width, height), (200, 30, 60))
    image.paste((30, 160, 60), (width // 2, 0, width, height))
    image.paste((40, 60, 200), (0, height // 2, width // 2, height))
    image.paste((240, 240, 240), (width // 2, height // 2, width, height))
    return image


def taken(draft: Draft, until: Until, path: Path) -> None:
    draft.take_file(path)
    settled(draft, until)


def settled(draft: Draft, until: Until) -> None:
    """What is sent is made and shown."""
    until(lambda: draft.picture.prepared is not None and draft.view is not None)


def frame_of(draft: Draft) -> Frame:
    frame = draft.recipe.frame
    assert frame is not None
    return frame


def cutout_of(draft: Draft) -> Cutout:
    framer = draft.framer
    assert framer is not None
    return framer.cutout(frame_of(draft))


def _mouse(
    widget: QWidget, kind: QEvent.Type, at: QPoint, keys: Qt.KeyboardModifier, *, is_down: bool
) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    place = QPointF(at)
    event = QMouseEvent(
        kind,
        place,
        widget.mapToGlobal(place),
        none if kind is QEvent.Type.MouseMove else left,
        left if is_down else none,
        keys,
    )
    QCoreApplication.sendEvent(widget, event)


def press(widget: QWidget, at: QPoint) -> None:
    _mouse(widget, QEvent.Type.MouseButtonPress, at, NONE, is_down=True)


def move(widget: QWidget, at: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    _mouse(widget, QEvent.Type.MouseMove, at, keys, is_down=True)


def release(widget: QWidget, at: QPoint) -> None:
    _mouse(widget, QEvent.Type.MouseButtonRelease, at, NONE, is_down=False)


def drag(widget: QWidget, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    press(widget, start)
    move(widget, end, keys)
    release(widget, end)


def turn_wheel(widget: QWidget, at: QPoint, notches: int) -> bool:
    """Whether somebody had a use for it."""
    event = QWheelEvent(
        QPointF(at),
        widget.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(widget, event)
    return event.isAccepted()
