"""A person's hand on the frame: it drags, nudges and zooms; what it does is live at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.cutout import Framer, Snap
from dreamina_desktop.core.recipe import Fill, Frame
from dreamina_desktop.ui.picture_draft import PictureDraft

REST = 300
"""Milliseconds without a key or a turn of the wheel, after which the frame is settled."""


class FramingHand(QObject):
    """All distances are in pixels of the upright picture.

    Without a frame a drag makes one, of the shape that the model is expected to choose.
    """

    lines_changed = Signal()

    def __init__(self, draft: PictureDraft, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._gripped: Frame | None = None
        self._lines: Snap | None = None
        self._is_unsettled = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.settle)

    @property
    def is_holding(self) -> bool:
        """Whether a drag is going on that has moved something."""
        return self._gripped is not None and self._is_unsettled

    @property
    def is_unsettled(self) -> bool:
        """Whether the frame moves just now."""
        return self._is_unsettled

    @property
    def lines(self) -> Snap | None:
        """Where the frame snaps while it is dragged."""
        return self._lines

    def can_grip(self) -> bool:
        """Whether there is something to be moved."""
        return self._frame() is not None

    def grip(self) -> None:
        """Take hold of the frame."""
        self.settle()
        self._gripped = self._frame()

    def drag(self, across: float, down: float, reach: float | None) -> None:
        """The pointer is so far from where it gripped.

        The frame snaps to lines at most ``reach`` away; None for no snapping.
        """
        framer, gripped = self._draft.framer, self._gripped
        if framer is None or gripped is None:
            return
        moved = self._moved(framer, gripped, across, down)
        snap = Snap(moved) if reach is None else _told(framer, framer.snapped(moved, reach))
        now = self._draft.recipe.frame
        if now is None and framer.cutout(snap.frame) == framer.cutout(gripped):
            return
        self._set_lines(snap)
        if snap.frame != now:
            self._set_live(snap.frame)

    def release(self) -> None:
        """Let go; the frame stays where it is."""
        self._gripped = None
        self._set_lines(None)
        self.settle()

    def nudge(self, across: int, down: int) -> bool:
        """Move by so many pixels; False where there is no frame."""
        framer, frame = self._draft.framer, self._draft.recipe.frame
        if framer is None or frame is None:
            return False
        self._settle_later(self._moved(framer, frame, across, down))
        return True

    def zoom(self, factor: float, at_x: float | None = None, at_y: float | None = None) -> bool:
        """Go closer, at the frame's middle unless told where; False where there is no frame."""
        framer, frame = self._draft.framer, self._draft.recipe.frame
        if framer is None or frame is None:
            return False
        now = framer.cutout(frame)
        x = now.left + now.width / 2 if at_x is None else at_x
        y = now.top + now.height / 2 if at_y is None else at_y
        self._settle_later(framer.zoomed(frame, factor, x, y))
        return True

    def reset(self) -> bool:
        """Back to the middle, as far away as it goes; False where there is no frame."""
        frame = self._draft.recipe.frame
        if self._draft.framer is None or frame is None:
            return False
        self.settle()
        plain = unmoved(frame)
        if plain != frame:
            self._draft.set_recipe(replace(self._draft.recipe, frame=plain))
        return True

    def settle(self) -> None:
        """What was done so far is one step, and is prepared."""
        self._rest.stop()
        if self._is_unsettled:
            self._is_unsettled = False
            self._draft.settle_frame()

    # ---- inside ----------------------------------------------------------------------------

    def _frame(self) -> Frame | None:
        framer, frame, framing = self._draft.framer, self._draft.recipe.frame, self._draft.framing
        if framer is None or frame is not None:
            return None if framer is None else frame
        if framing is None or not framer.can_frame(framing.output.shape):
            return None
        return Frame(framing.output.shape)

    def _moved(self, framer: Framer, frame: Frame, across: float, down: float) -> Frame:
        """What is smaller moves in what is larger: the frame in the picture, or the other way."""
        now = framer.cutout(frame)
        return framer.moved(
            frame,
            -across if now.width > framer.width else across,
            -down if now.height > framer.height else down,
        )

    def _settle_later(self, frame: Frame) -> None:
        if frame != self._draft.recipe.frame:
            self._set_live(frame)
        if self._is_unsettled:
            self._rest.start()

    def _set_live(self, frame: Frame) -> None:
        self._is_unsettled = True
        self._draft.set_frame_live(frame)

    def _set_lines(self, snap: Snap | None) -> None:
        if snap != self._lines:
            self._lines = snap
            self.lines_changed.emit()


def unmoved(frame: Frame) -> Frame:
    """The frame in the middle, as far away as it goes."""
    return Frame(frame.shape, frame.fill, colour=frame.colour)


def filled(frame: Frame, fill: Fill) -> Frame:
    """The frame with other edges, in the middle again: closeness means another thing there."""
    return frame if fill is frame.fill else Frame(frame.shape, fill, colour=frame.colour)


def _told(framer: Framer, snap: Snap) -> Snap:
    """Without the lines along which nothing can move anyway."""
    now = framer.cutout(snap.frame)
    return replace(
        snap,
        line_x=None if now.width == framer.width else snap.line_x,
        line_y=None if now.height == framer.height else snap.line_y,
    )
