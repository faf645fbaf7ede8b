"""One clip as a file of another kind, or a part of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.core.export_purpose import Purpose
from dreamina_desktop.ui.export.choice_row import Choice, ChoiceRow
from dreamina_desktop.ui.export.estimating import Estimate, Estimating
from dreamina_desktop.ui.export.export_needs import ExportNeeds
from dreamina_desktop.ui.export.export_plan import ExportPlan
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.export.file_making import FileMaking
from dreamina_desktop.ui.export.folder_row import FolderRow
from dreamina_desktop.ui.export.loop_row import LoopRow
from dreamina_desktop.ui.export.name_row import NameRow
from dreamina_desktop.ui.export.played_cut import PlayedCut
from dreamina_desktop.ui.export.width_row import WidthRow
from dreamina_desktop.ui.export.work_foot import WorkFoot
from dreamina_desktop.ui.growing_dialog import GrowingDialog
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, ROOM, Theme
from dreamina_desktop.ui.watch.playback import Playback
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.video.export_clip import ClipExport

_WIDTH = 480


class ExportDialog(GrowingDialog):
    """``exportDialog``: beside the player, whose in and out points it shares."""

    def __init__(
        self,
        viewed: Viewed,
        playback: Playback,
        shown: Callable[[], Viewed | None],
        needs: ExportNeeds,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        """``shown`` tells what the player shows."""
        super().__init__(parent)
        self.viewed = viewed
        self._words = ExportWords(needs.words, self)
        position = playback.position
        # Not the player's, which may show it beside a longer one.
        count = needs.count_of(viewed.path) or viewed.clip.frames or 0
        self.plan = plan = ExportPlan(viewed, max(1, count), needs.preferences, self)
        self._played = PlayedCut(plan, playback, shown, self)
        self._estimating = Estimating(viewed.path, needs.background, self)
        self.setObjectName("exportDialog")
        self.setAccessibleName(self.tr("Export the clip"))
        self.setWindowTitle(self.tr("Export clip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._purposes = ChoiceRow(
            "exportPurposes", self.tr("What it is for"), self._all_purposes(), self
        )
        self._kinds = ChoiceRow("exportFormats", self.tr("Format"), self._all_kinds(), self)
        self._loop = LoopRow(
            plan,
            self._played,
            position.frames_per_second,
            needs.background,
            self._words,
            theme,
            icons,
            self,
        )
        self._width = WidthRow(plan, self)
        self._name = NameRow(plan.name, self._words, self)
        self._folder = FolderRow(plan.name, icons, self)
        self._size = QLabel(self)
        self._size.setObjectName("exportSize")
        self._size.setAccessibleName(self.tr("Size of the file"))
        self._size.setWordWrap(True)
        self._foot = WorkFoot(self.tr("Export"), self.tr("Make the file"), theme, icons, self)
        self._making = FileMaking(self._foot, needs.background, self._words, needs.opener)
        self._lay_out()
        self._connect()
        self._on_order_changed()
        self._foot.start.setFocus()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._loop.set_theme(theme, icons)
        self._folder.set_icons(icons)
        self._foot.set_theme(theme, icons)

    def find_loop(self) -> None:
        """Look for the best loop, and play it."""
        self._loop.begin()

    @property
    def is_busy(self) -> bool:
        """Whether a file is being made."""
        return self._making.is_busy

    def done(self, result: int) -> None:
        """Qt calls it however the dialog is closed. Waits for nothing."""
        self.abandon()
        super().done(result)

    def abandon(self) -> None:
        """Stop whatever is under way; nothing is left of it."""
        self._making.abandon()
        self._loop.stop()
        self._estimating.stop()

    # ---- parts -----------------------------------------------------------------------------

    def _all_purposes(self) -> tuple[Choice, ...]:
        return (
            Choice(
                f"{Purpose.SHARE}Button",
                self.tr("Share"),
                self.tr("MP4 as large as the clip: plays everywhere"),
            ),
            Choice(
                f"{Purpose.WEB}Button",
                self.tr("Web page"),
                self.tr("WebP, 640 pixels wide: plays in a page by itself"),
            ),
            Choice(
                f"{Purpose.EDIT}Button",
                self.tr("Edit"),
                self.tr("A folder of PNG files: every frame without loss"),
            ),
        )

    def _all_kinds(self) -> tuple[Choice, ...]:
        return (
            Choice(_name(ExportKind.MP4), "MP4", self.tr("Copied without loss where possible")),
            Choice(_name(ExportKind.GIF), "GIF", self.tr("Plays everywhere, few colours, large")),
            Choice(_name(ExportKind.WEBP), "WebP", self.tr("Plays in browsers, small")),
            Choice(_name(ExportKind.PNG_SEQUENCE), "PNG", self.tr("A folder, a file each frame")),
        )

    def _lay_out(self) -> None:
        self._form = QWidget(self)
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(ROOM)
        grid.setVerticalSpacing(GAP + GAP // 2)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("For"), self._purposes),
            (self.tr("Format"), self._kinds),
            (self.tr("Frames"), self._loop),
            (self.tr("Width"), self._width),
            (self.tr("Name"), self._name),
            (self.tr("Folder"), self._folder),
            (self.tr("Size"), self._size),
        )
        for number, (text, row) in enumerate(rows):
            label = QLabel(text, self._form)
            label.setProperty("look", "hint")
            # Beside the first line of what may have several.
            label.setFixedHeight(row.sizeHint().height() if row is self._size else ROOM * 2)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(row, number, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(ROOM, ROOM, ROOM, ROOM)
        column.setSpacing(ROOM)
        column.addWidget(self._form)
        column.addStretch(1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        self._purposes.picked.connect(self._on_purpose_picked)
        self._kinds.picked.connect(self._on_kind_picked)
        self.plan.order_changed.connect(self._on_order_changed)
        self.plan.name.name_changed.connect(self._on_name_changed)
        self._estimating.estimated.connect(self._on_estimated)
        self._making.busy_changed.connect(self._on_busy_changed)
        self._foot.start_wanted.connect(self._on_start_wanted)
        self._foot.close_wanted.connect(self.reject)

    # ---- slots -----------------------------------------------------------------------------

    def _on_purpose_picked(self, choice: Choice) -> None:
        purpose = next(one for one in Purpose if choice.name == f"{one}Button")
        self.plan.choose_purpose(purpose)
        self._show_choices()

    def _on_kind_picked(self, choice: Choice) -> None:
        self.plan.choose_kind(next(one for one in ExportKind if choice.name == _name(one)))
        self._show_choices()

    def _show_choices(self) -> None:
        purpose = self.plan.purpose
        self._purposes.show_choice("" if purpose is None else f"{purpose}Button")
        self._kinds.show_choice(_name(self.plan.kind))

    def _on_order_changed(self) -> None:
        self._show_choices()
        self._name.set_suffix(self.plan.kind.suffix)
        if not self._making.is_busy:
            self._estimating.estimate(self.plan.order)

    def _on_name_changed(self) -> None:
        error = self.plan.name.error
        self._foot.refuse("" if error is None else self._words.error(error))

    def _on_estimated(self, estimate: Estimate) -> None:
        if estimate.error is not None:
            said = self._words.error(estimate.error)
        elif estimate.size is None:
            said = self.tr("Measuring…")
        else:
            said = self._words.expected(estimate.size)
        self._size.setText(said)
        self._size.setAccessibleDescription(said)

    def _on_start_wanted(self) -> None:
        plan = self.plan
        if self._making.is_busy or plan.name.error is not None:
            return
        self._estimating.stop()
        plan.keep()
        export = ClipExport(plan.viewed.path, plan.order)
        target = plan.name.target(plan.kind.suffix)
        self._making.make(partial(export.run, target, finds_name=True))

    def _on_busy_changed(self) -> None:
        self._form.setEnabled(not self._making.is_busy)
        if not self._making.is_busy:
            self._estimating.estimate(self.plan.order)


def _name(kind: ExportKind) -> str:
    return f"{kind}FormatButton"
