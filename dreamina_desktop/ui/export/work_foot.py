"""The lower end of a dialog that makes a file: how far it is, what came of it, its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dreamina_desktop.ui.dialog_button import DialogButton
from dreamina_desktop.ui.export.watched_work import WorkStep
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.answer_line import AnswerLine, AnswerTone
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme


class WorkFoot(QWidget):
    """Carries nothing out itself: it tells what is wanted, and shows what it is told."""

    start_wanted = Signal()
    stop_wanted = Signal()
    close_wanted = Signal()
    reveal_wanted = Signal()

    def __init__(self, start: str, tip: str, theme: Theme, icons: Icons, parent: QWidget) -> None:
        """``start`` is what the button says that begins, ``tip`` what it does."""
        super().__init__(parent)
        self._tip = tip
        self._bar = QProgressBar(self)
        self._bar.setObjectName("exportProgress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(TIGHT + 2)
        self._answer = AnswerLine("exportAnswer", self.tr("What came of it"), theme, icons, self)
        self.show_file = DialogButton("exportRevealButton", self.tr("Show"), self)
        self.show_file.setToolTip(self.tr("Show it in its folder"))
        self.show_file.hide()
        self._close = DialogButton("exportCloseButton", self.tr("Close"), self)
        self._close.setToolTip(self.tr("What is under way is stopped, and leaves nothing (Esc)"))
        self._stop = DialogButton("exportCancelButton", self.tr("Cancel"), self)
        self._stop.setToolTip(self.tr("Stop; nothing is left behind"))
        self.start = DialogButton("exportStartButton", start, self)
        self.start.setProperty("look", "primary")
        self.start.setDefault(True)
        self._lay_out()
        self.start.clicked.connect(self.start_wanted)
        self._stop.clicked.connect(self.stop_wanted)
        self._close.clicked.connect(self.close_wanted)
        self.show_file.clicked.connect(self.reveal_wanted)
        self.show_ready()
        self.refuse("")
        self.set_theme(theme, icons)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._answer.set_theme(theme, icons)
        self.show_file.setIcon(icons.icon("open"))
        radius = self._bar.height() // 2
        self._bar.setStyleSheet(
            f"QProgressBar {{ background: {theme.line}; border: none; border-radius: {radius}px; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: {radius}px; }}"
        )

    def refuse(self, reason: str) -> None:
        """It cannot be begun for that reason; "" where it can."""
        self.start.setEnabled(not reason)
        self.start.setToolTip(reason or self.tr("{0} (Enter)").format(self._tip))

    def show_busy(self) -> None:
        """It has begun."""
        self.say("", AnswerTone.BUSY)
        self._bar.setRange(0, 0)
        self._bar.show()
        self.start.hide()
        self._stop.show()
        self._stop.setFocus()

    def show_step(self, step: WorkStep) -> None:
        """It is so far."""
        self._bar.setRange(0, max(1, step.total))
        self._bar.setValue(step.done)

    def show_stopping(self) -> None:
        """It will end soon."""
        self.say(self.tr("Stopping…"), AnswerTone.BUSY)

    def show_ready(self) -> None:
        """Nothing is under way."""
        had_focus = self._stop.hasFocus()
        self._bar.hide()
        self.start.show()
        if had_focus:
            self.start.setFocus()
        self._stop.hide()

    def say(self, text: str, tone: AnswerTone, *, is_there: bool = False) -> None:
        """What came of it; ``is_there`` when there is a file to show."""
        self._answer.say(text, tone)
        self.show_file.setVisible(is_there)
        if is_there and self.start.hasFocus():
            # A second Return is not to make the same file again.
            self.show_file.setFocus()

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(GAP)
        told.addWidget(self._answer, 1)
        told.addWidget(self.show_file, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._stop)
        buttons.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._bar)
        column.addLayout(told)
        column.addLayout(buttons)
