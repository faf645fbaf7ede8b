"""Several clips as one film."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.ui.export.clip_order import ClipOrder
from dreamina_desktop.ui.export.export_needs import ExportNeeds
from dreamina_desktop.ui.export.export_plan import keep_template
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.export.file_making import FileMaking
from dreamina_desktop.ui.export.folder_row import FolderRow
from dreamina_desktop.ui.export.name_row import NameRow
from dreamina_desktop.ui.export.new_name import NewName
from dreamina_desktop.ui.export.work_foot import WorkFoot
from dreamina_desktop.ui.growing_dialog import GrowingDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, ROOM, Theme
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.video.film_clip import film_clip
from dreamina_desktop.video.joining import Joining

_WIDTH = 480
_ENDING = "_film"
"""Behind the first clip's name, so that the film is told from it."""


class JoinDialog(GrowingDialog):
    """``joinDialog``: begins with the clips in the order in which they were made."""

    def __init__(
        self,
        clips: Sequence[Viewed],
        needs: ExportNeeds,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._words = ExportWords(needs.words, self)
        self._preferences = needs.preferences
        clips = sorted(clips, key=_age)
        template = needs.preferences.current.exports.template
        self._new = NewName(clips[0], template, _ENDING, self)
        self.setObjectName("joinDialog")
        self.setAccessibleName(self.tr("Join clips into one film"))
        self.setWindowTitle(self.tr("Join clips"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._order = ClipOrder(clips, needs.thumbnails, theme, icons, self)
        self._name = NameRow(self._new, self._words, self)
        self._name.set_suffix(ExportKind.MP4.suffix)
        self._folder = FolderRow(self._new, icons, self)
        self._foot = WorkFoot(self.tr("Join"), self.tr("Make one film"), theme, icons, self)
        self._making = FileMaking(self._foot, needs.background, self._words, needs.opener)
        self._lay_out()
        self._order.order_changed.connect(self._on_clips_moved)
        self._new.name_changed.connect(self._on_name_changed)
        self._making.busy_changed.connect(self._on_busy_changed)
        self._foot.start_wanted.connect(self._on_start_wanted)
        self._foot.close_wanted.connect(self.reject)
        self._order.take_focus()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._order.set_theme(theme, icons)
        self._folder.set_icons(icons)
        self._foot.set_theme(theme, icons)

    @property
    def is_busy(self) -> bool:
        """Whether the film is being made."""
        return self._making.is_busy

    def done(self, result: int) -> None:
        """Qt calls it however the dialog is closed. Waits for nothing."""
        self._making.abandon()
        super().done(result)

    def _lay_out(self) -> None:
        hint = QLabel(
            self.tr(
                "One film in this order, as large as its first clip. Where a clip goes on from a "
                "frame of the one before, that one ends there, and the frame is shown once."
            ),
            self,
        )
        hint.setProperty("look", "hint")
        hint.setWordWrap(True)
        self._form = QWidget(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(GAP + GAP // 2)
        grid.setColumnStretch(1, 1)
        rows = ((self.tr("Name"), self._name), (self.tr("Folder"), self._folder))
        for number, (text, row) in enumerate(rows):
            label = QLabel(text, self._form)
            label.setProperty("look", "hint")
            label.setFixedHeight(ROOM * 2)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(row, number, 1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(ROOM)
        form.addWidget(self._order)
        form.addLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(hint)
        column.addWidget(self._form)
        column.addStretch(1)
        column.addWidget(self._foot)

    # ---- slots -----------------------------------------------------------------------------

    def _on_clips_moved(self) -> None:
        self._new.set_clip(self._order.clips[0])

    def _on_name_changed(self) -> None:
        error = self._new.error
        self._foot.refuse("" if error is None else self._words.error(error))

    def _on_start_wanted(self) -> None:
        if self._making.is_busy or self._new.error is not None:
            return
        keep_template(self._preferences, self._new)
        joining = Joining([film_clip(viewed.job, viewed.clip) for viewed in self._order.clips])
        target = self._new.target(ExportKind.MP4.suffix)
        self._making.make(partial(joining.run, target, finds_name=True))

    def _on_busy_changed(self) -> None:
        self._form.setEnabled(not self._making.is_busy)


def _age(viewed: Viewed) -> tuple[object, int]:
    return viewed.job.created, viewed.clip.ordinal
