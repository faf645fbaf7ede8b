"""Two clips, or a clip and the picture that it was made from, held against each other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImageReader, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from dreamina_desktop.core.differences import differences
from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.ui.compare.compare_bar import CompareBar
from dreamina_desktop.ui.compare.compare_canvas import CompareCanvas
from dreamina_desktop.ui.compare.compare_hand import CompareHand
from dreamina_desktop.ui.compare.compare_keys import compare_keys
from dreamina_desktop.ui.compare.compare_look import CompareLook
from dreamina_desktop.ui.compare.difference_table import DifferenceTable
from dreamina_desktop.ui.compare.half_making import HalfMaking
from dreamina_desktop.ui.compare.look_choice import LookChoice
from dreamina_desktop.ui.compare.pair import Pair
from dreamina_desktop.ui.compare.pair_note import pair_note
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.theme import TIGHT, Theme
from dreamina_desktop.ui.watch.canvas import FramePainted
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import ClipBroke, FrameSource
from dreamina_desktop.ui.watch.play_position import USUAL_RATE, PlayPosition
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.watch_keys import WatchKey, press

# Lower than this, the table begins folded: the pictures come first.
_TABLE_LINES = 36


class CompareStage(QWidget):
    """Implements ``ui.watch.stage.Stage``: follows the playback, and holds it while it waits.

    ``blinks`` False honours a wish for reduced motion. ``keys`` are for menus and the key list;
    keys that it does not want go on to its parent.
    """

    left = Signal()
    measured = Signal()
    broke = Signal(object)
    """One of the two cannot be shown: a ``ClipBroke``."""

    def __init__(
        self,
        frames: FrameSource,
        background: Background,
        playback: Playback,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
        *,
        blinks: bool = True,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._playback = playback
        self._pair: Pair | None = None
        self._viewed: tuple[Viewed, Viewed] | None = None
        self._leading: Viewed | None = None
        self._reading: object = None
        self._is_resting = False
        self._is_folded: bool | None = None
        self._offset = 0
        self._making = HalfMaking(frames, background, self)
        self.choice = LookChoice(blinks=blinks, parent=self)
        self.canvas = CompareCanvas(self.choice, theme, self)
        CompareHand(self.canvas, self.choice)
        self._note = QLabel(self)
        self._bar = CompareBar(self.choice, icons, self)
        self.controls: tuple[QWidget, ...] = (self._bar,)
        self._table = DifferenceTable(theme, self)
        self.keys: tuple[WatchKey, ...] = compare_keys(
            self.choice, self.canvas, self.swap, self._on_fold_asked, self._on_leave_asked
        )
        self.setObjectName("compareStage")
        self.setAccessibleName(self.tr("Compare"))
        self.setFocusProxy(self.canvas)
        self._lay_out()
        self._connect()
        self.clear()

    # What is compared.

    def compare(self, a: Viewed, b: Viewed) -> None:
        """Two clips."""
        self.clear()
        self._viewed = (a, b)
        self._leading = a
        self._show(Pair(self._making.of_clip(a), self._making.of_clip(b)))

    def compare_with_picture(self, a: Viewed, picture: Path) -> None:
        """A clip and the file of the picture that was sent for it."""
        self.clear()
        self._leading = a
        reading = self._reading = object()

        def read(outcome: Outcome[QSize]) -> None:
            if reading is not self._reading:
                return
            size, broke = QSize(), None
            try:
                size = outcome.get()
            except ClipBrokenError as error:
                broke = ClipBroke(picture, error, is_missing=error.detail == "missing")
            self._show(Pair(self._making.of_clip(a), self._making.of_picture(a, picture, size)))
            if broke is not None:
                self._on_broke(broke)

        self._background.run(lambda: _size_of(picture), read)

    def swap(self) -> None:
        """A is B, and B is A; the same images stay on show."""
        pair, look = self._pair, self.choice.look
        if pair is None:
            return
        index = self._playback.position.index + look.offset
        pair.swap()
        if self._viewed is not None:
            self._viewed = (self._viewed[1], self._viewed[0])
            self._leading = self._viewed[0]
        self._mind_reach(pair)
        self.choice.set_offset(-look.offset)
        self._tell()
        self._playback.seek(index)
        self.canvas.refresh()
        self.canvas.update()

    def clear(self) -> None:
        """Let go of both."""
        self._reading = self._leading = self._viewed = None
        self._pair = None
        self.canvas.show_pair(None)
        self._making.let_go()
        self.choice.set_offset(0)
        self._table.show_differences(None)
        self._note.hide()
        self._mind_rest()

    @property
    def count(self) -> int:
        """Frames to play: until both have ended; 0 for nothing."""
        return self._pair.count if self._pair is not None else 0

    @property
    def frames_per_second(self) -> float:
        """A's rate, or the clip's beside a picture; 0 where nothing moves."""
        if self._pair is None or all(half.is_still for half in self._pair.halves):
            return 0.0
        lengths = [
            half.source.length.frames_per_second
            for half in self._pair.halves
            if isinstance(half.source, ClipSource) and half.source.length is not None
        ]
        return next((rate for rate in lengths if rate > 0), USUAL_RATE)

    @property
    def viewed(self) -> Viewed | None:
        """The clip that deeds are about: the one whose frames are numbered as the playback's."""
        return None if self._pair is None else self._leading

    @property
    def shown_frame(self) -> int | None:
        """The frame of it that is shown: its last one while the other goes on."""
        pair = self._pair
        if pair is None:
            return None
        half = pair.b if pair.a.is_picture else pair.a
        return half.nearest(self._playback.position.index)

    # How it is shown.

    def toggle_zoom(self) -> None:
        """All of both, or one pixel of A for each of the screen."""
        self.canvas.toggle_zoom()

    def zoom_in(self) -> None:
        """Larger."""
        self.canvas.zoom_in()

    def zoom_out(self) -> None:
        """Smaller."""
        self.canvas.zoom_out()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Take other colours."""
        self.canvas.set_theme(theme)
        self._bar.set_icons(icons)
        self._table.set_theme(theme)

    def set_resting(self, is_resting: bool) -> None:  # noqa: FBT001 - a switch is what it is
        """While it rests nothing is asked for, and nothing shown."""
        self._is_resting = is_resting
        self.canvas.set_resting(is_resting)
        self._mind_rest()

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here that nobody else wanted; whether it meant anything."""
        return press(self.keys, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not press(self.keys, event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._mind_rest()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._mind_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fold()

    # Inside.

    def _lay_out(self) -> None:
        self._note.setObjectName("compareNote")
        self._note.setProperty("look", "hint")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        # It breaks where there is no room; it never asks for any.
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._note.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._note)
        column.addWidget(self._bar)
        column.addWidget(self._table)

    def _connect(self) -> None:
        self._bar.swap_asked.connect(self.swap)
        self._bar.fold_asked.connect(self._on_fold_asked)
        self._bar.leave_asked.connect(self._on_leave_asked)
        self._making.image_arrived.connect(self.canvas.refresh)
        self._making.opened.connect(self._on_opened)
        self._making.broke.connect(self._on_broke)
        self.choice.look_changed.connect(self._on_look_changed)
        self.canvas.completeness_changed.connect(self._on_completeness_changed)
        # Not inside of painting.
        self.canvas.frame_painted.connect(
            self._on_frame_painted, Qt.ConnectionType.QueuedConnection
        )
        self._playback.position_changed.connect(self._on_position_changed)

    def _show(self, pair: Pair) -> None:
        self._pair = pair
        self.canvas.show_pair(pair)
        self.canvas.show_frame(self._playback.position.index)
        self._tell()
        self._mind_rest()

    def _tell(self) -> None:
        """Say what there is to say about these two."""
        pair = self._pair
        if pair is None:
            return
        self._mind_reach(pair)
        self._speak()
        self._note.setText(pair_note(pair, self.choice.look))
        self._note.setVisible(bool(self._note.text()))
        found = None
        if self._viewed is not None:
            a, b = self._viewed
            found = differences((a.job, a.clip), (b.job, b.clip))
        self._table.show_differences(found)
        self._fold()
        self.measured.emit()

    def _mind_reach(self, pair: Pair) -> None:
        least, most, reason = 1 - pair.a.count, pair.b.count - 1, ""
        if any(half.is_still for half in pair.halves):
            least = most = 0
            reason = self.tr("Only two clips can be offset against each other")
        self._bar.set_reach(least, most, reason)
        self.choice.set_reach(least, most)

    def _speak(self) -> None:
        """For assistive tools; a hundred times in five seconds would be noise."""
        if not self._playback.position.is_playing:
            self.canvas.setAccessibleDescription(" / ".join(self.canvas.lines))

    def _fold(self) -> None:
        is_low = self.height() < _TABLE_LINES * self.fontMetrics().lineSpacing()
        is_folded = is_low if self._is_folded is None else self._is_folded
        has_table = self._viewed is not None
        reason = "" if has_table else self.tr("A picture has no settings to differ in")
        self._bar.set_folded(is_folded or not has_table, reason)
        self._table.setVisible(has_table and not is_folded)

    def _mind_rest(self) -> None:
        idle = self._pair is None or self._is_resting or not self.isVisible()
        self.choice.set_resting(idle)
        if idle or self.canvas.is_complete:
            self._playback.release()
        elif self._playback.position.is_playing:
            # Both halves wait for the one that is not there yet, and the clock with them.
            self._playback.hold()

    # Slots.

    def _on_position_changed(self, position: PlayPosition) -> None:
        if self._pair is not None:
            self.canvas.show_frame(position.index)
            self._mind_rest()

    def _on_completeness_changed(self) -> None:
        self._mind_rest()

    def _on_frame_painted(self, painted: FramePainted) -> None:
        self._playback.note_painted(painted.index)
        self._speak()

    def _on_look_changed(self, look: CompareLook) -> None:
        if look.offset != self._offset:
            self._offset = look.offset
            self._tell()

    def _on_opened(self) -> None:
        for half in self._pair.halves if self._pair is not None else ():
            length = half.source.length if isinstance(half.source, ClipSource) else None
            if length is not None:
                half.count = max(1, length.count)
        self._tell()

    def _on_broke(self, broke: ClipBroke) -> None:
        for half in self._pair.halves if self._pair is not None else ():
            half.is_broken = half.is_broken or half.path == broke.clip
        self.canvas.refresh()
        self._tell()
        self.broke.emit(broke)

    def _on_fold_asked(self) -> None:
        self._is_folded = self._table.isVisible()
        self._fold()

    def _on_leave_asked(self) -> None:
        self.left.emit()


def _size_of(picture: Path) -> QSize:
    """A picture's size in pixels. Blocking. Raises ClipBrokenError where it is none."""
    if not picture.is_file():
        raise ClipBrokenError("missing")
    reader = QImageReader(str(picture))
    # By content: the name may say anything.
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isEmpty():
        raise ClipBrokenError("picture")
    return size
