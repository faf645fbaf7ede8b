"""The best loop of a clip: found in the background, tried in the player, and taken back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.core.export_result import Loop
from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.export.cut_row import CutRow
from dreamina_desktop.ui.export.export_plan import ExportPlan
from dreamina_desktop.ui.export.export_words import ExportWords
from dreamina_desktop.ui.export.played_cut import PlayedCut
from dreamina_desktop.ui.export.watched_work import WatchedWork, WorkStep
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme
from dreamina_desktop.video.loop_finder import SHORTEST, find_loop


class LoopRow(QWidget):
    """From which frame to which, with a button that finds them, and what came of that."""

    def __init__(
        self,
        plan: ExportPlan,
        played: PlayedCut,
        rate: float,
        background: Background,
        words: ExportWords,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        """``rate`` in frames a second, 0 where it is not known."""
        super().__init__(parent)
        self._plan = plan
        self._played = played
        self._words = words
        self._found: Cut | None = None
        self._work = WatchedWork(background, self)
        cut = CutRow(plan, rate, self)
        self._find = DialogButton("findLoopButton", self.tr("Find the best loop"), self)
        self._undo = DialogButton("undoLoopButton", self.tr("Undo"), self)
        self._undo.setToolTip(self.tr("Back to the frames chosen before"))
        self._undo.setProperty("look", "link")
        self._answer = AnswerLine("loopAnswer", self.tr("Loop"), theme, icons, self)
        self._answer.setMinimumHeight(self._undo.sizeHint().height())
        told = QHBoxLayout()
        told.setSpacing(GAP)
        told.addWidget(self._answer, 1)
        told.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(cut)
        row.addStretch(1)
        row.addWidget(self._find)
        column.addLayout(row)
        column.addLayout(told)
        self._find.clicked.connect(self._on_find_clicked)
        self._undo.clicked.connect(self._on_undo_clicked)
        self._work.stepped.connect(self._on_stepped)
        plan.order_changed.connect(self._on_order_changed)
        self._undo.hide()
        self._show_button()
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._answer.set_theme(theme, icons)
        self._find.setIcon(icons.icon("loop"))
        # The link's own colour holds for one that is off too.
        self._undo.setStyleSheet(f"QPushButton:disabled {{ color: {theme.disabled}; }}")

    def begin(self) -> None:
        """Begin to look for it, unless that is under way."""
        if not self._work.is_busy and self._find.isEnabled():
            self._say(self.tr("Looking for the best loop…"), AnswerTone.BUSY)
            self._work.run(partial(find_loop, self._plan.viewed.path, SHORTEST), self._on_found)
            self._show_button()

    def stop(self) -> None:
        """It does not matter any more."""
        self._work.abandon()

    def _say(self, text: str, tone: AnswerTone) -> None:
        self._answer.say(text, tone)

    def _show_button(self) -> None:
        is_busy, is_long = self._work.is_busy, self._plan.count >= SHORTEST
        label = self.tr("Stop looking") if is_busy else self.tr("Find the best loop")
        tip = self.tr("The in and out point between which a jump is seen least; it plays at once")
        if not is_long:
            tip = self.tr("A loop has {0} frames or more: this clip is shorter.").format(SHORTEST)
        self._find.setText(label)
        self._find.setAccessibleName(label)
        self._find.setToolTip(tip)
        self._find.setEnabled(is_long)

    # ---- slots -----------------------------------------------------------------------------

    def _on_find_clicked(self) -> None:
        if self._work.is_busy:
            self._work.abandon()
            self._say("", AnswerTone.BUSY)
            self._show_button()
        else:
            self.begin()

    def _on_stepped(self, step: WorkStep) -> None:
        said = self.tr("Looking for the best loop, {0} %")
        self._say(said.format(step.done * 100 // max(1, step.total)), AnswerTone.BUSY)

    def _on_found(self, outcome: Outcome[Loop]) -> None:
        self._show_button()
        try:
            loop = outcome.get()
        except DreaminaError as error:
            self._say(self._words.error(error), AnswerTone.BAD)
            return
        self._found = Cut(loop.first, loop.last)
        self._played.preview(self._found)
        tone = AnswerTone.GOOD if loop.is_seamless else AnswerTone.WARNING
        self._say(self._words.loop(loop), tone)
        self._undo.show()

    def _on_undo_clicked(self) -> None:
        self._forget()
        self._played.undo()
        self._find.setFocus()

    def _on_order_changed(self) -> None:
        if self._found is not None and self._plan.cut != self._found:
            self._forget()
            self._played.forget()

    def _forget(self) -> None:
        self._found = None
        self._undo.hide()
        self._say("", AnswerTone.GOOD)
