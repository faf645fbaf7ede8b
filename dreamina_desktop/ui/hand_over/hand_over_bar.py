"""Over the stage's lower edge: which frame became the next picture, why, and the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import override

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dreamina_desktop.ui.focus_leaving import leave
from dreamina_desktop.ui.hand_over.candidate import Candidate
from dreamina_desktop.ui.hand_over.candidate_delegate import CandidateDelegate
from dreamina_desktop.ui.hand_over.candidate_model import CANDIDATE, CandidateModel
from dreamina_desktop.ui.hand_over.candidate_row import CandidateRow
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_WIDEST = 720
_CROSS = 16


class HandOverBar(QFrame):
    """``handOverBar`` with ``handOverReason``, ``handOverHint`` and ``handOverFrames``.

    It lies over a stage, whose size it does not change, so that nothing is decoded anew; it goes
    with it too. While it is put away, it belongs to ``home``.
    """

    frame_chosen = Signal(object)
    """Carries the ``Candidate`` that is wanted instead."""
    undo_asked = Signal()

    def __init__(self, home: QWidget, theme: Theme, icons: Icons) -> None:
        super().__init__(home)
        self._home = home
        self._stage: QWidget | None = None
        self._is_looking = False
        self._focus_before: QWidget | None = None
        self._model = CandidateModel(self)
        self._reason = QLabel(self)
        self._hint = QLabel(self)
        self._undo = QToolButton(self)
        self._close = QToolButton(self)
        self._row = CandidateRow(self)
        self._delegate = CandidateDelegate(theme, icons, self._row)
        self._name()
        self._arrange()
        self._row.taking_asked.connect(self._on_taking_asked)
        self._row.selectionModel().currentChanged.connect(self._on_current_changed)
        self._undo.clicked.connect(self.undo_asked)
        self._close.clicked.connect(self.dismiss)
        self.set_theme(theme, icons)
        self.hide()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._delegate.set_theme(theme, icons)
        self._undo.setIcon(icons.icon("undo"))
        self._close.setIcon(icons.icon("clear"))
        self._row.viewport().update()

    def begin(self, seen: Candidate, stage: QWidget) -> None:
        """A frame is being taken; for now there is only the one that is on the stage."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self._focus_before = focus
        self._stand_on(stage)
        self._is_looking = True
        self._model.take(None)
        self._show([seen])

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """These can be chosen from, in this order; no more will come.

        Nothing shows where it has been put away meanwhile.
        """
        self._is_looking = False
        if not self.isHidden():
            self._show(candidates)

    def picture(self, candidate: Candidate) -> None:
        """What one of them looks like is known now."""
        self._model.replace(candidate)

    def take(self, index: int) -> None:
        """Frame ``index`` is the picture now."""
        self._model.take(index)
        self._row.setCurrentIndex(self._model.place(index))
        self._tell()
        self._focus_row()

    def dismiss(self) -> None:
        """Go away; the draft stays as it is."""
        if self.isHidden():
            return
        focus, before = QApplication.focusWidget(), self._focus_before
        self._focus_before = None
        if focus is not None and self.isAncestorOf(focus):
            # Where it came from, as long as that is there.
            if before is not None and before.isVisible() and before.isEnabled():
                before.setFocus()
            else:
                leave(focus)
        self.hide()
        self._stand_on(None)

    # ---- building --------------------------------------------------------------------------

    def _name(self) -> None:
        self.setObjectName("handOverBar")
        self.setAccessibleName(self.tr("Next picture"))
        self.setProperty("look", "notice")
        # A click beside a frame is none on the stage behind.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self._reason.setObjectName("handOverReason")
        self._reason.setAccessibleName(self.tr("Why this frame"))
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setWordWrap(True)
        self._hint.setObjectName("handOverHint")
        self._hint.setAccessibleName(self.tr("What can be done"))
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setProperty("look", "hint")
        self._hint.setWordWrap(True)
        self._row.setObjectName("handOverFrames")
        self._row.setAccessibleName(self.tr("Frames to choose from"))
        self._row.setModel(self._model)
        self._row.setItemDelegate(self._delegate)
        undo_text = self.tr("Put back what was composed before")
        self._undo.setObjectName("undoHandOverButton")
        self._undo.setAccessibleName(undo_text)
        self._undo.setToolTip(undo_text)
        self._close.setObjectName("closeHandOverButton")
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        for button in (self._undo, self._close):
            button.setProperty("look", "quiet")
            button.setIconSize(QSize(_CROSS, _CROSS))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(TIGHT)
        head.addWidget(self._reason, 1)
        head.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP + TIGHT, GAP, GAP, GAP)
        self._column.setSpacing(TIGHT)
        self._column.addLayout(head)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._row)

    # ---- showing ---------------------------------------------------------------------------

    def _stand_on(self, stage: QWidget | None) -> None:
        if stage is self._stage:
            return
        if self._stage is not None:
            self._stage.removeEventFilter(self)
        self._stage = stage
        self.setParent(stage if stage is not None else self._home)
        if stage is not None:
            stage.installEventFilter(self)

    def _show(self, candidates: Sequence[Candidate]) -> None:
        self._model.show(candidates)
        self._row.setFixedHeight(self._row.sizeHintForRow(0))
        self._row.setCurrentIndex(self._model.place(self._model.taken))
        self._tell()
        self.show()
        self.raise_()
        self._focus_row()

    def _focus_row(self) -> None:
        """Unless the person has gone elsewhere meanwhile, arrows choose a frame."""
        is_chosen_from = self.isVisible() and self._model.taken is not None
        if is_chosen_from and QApplication.focusWidget() is self._focus_before:
            self._row.setFocus()

    def _tell(self) -> None:
        place = self._row.currentIndex()
        if self._model.taken is None:
            self._reason.setText(self.tr("Taking a frame as the next picture …"))
            self._hint.setText("")
        else:
            self._reason.setText(self._model.reason(place))
            self._hint.setText(self._state_of(place.data(CANDIDATE)))
        self._hint.setVisible(bool(self._hint.text()))
        self._undo.setVisible(self._model.taken is not None)
        self._place()

    def _state_of(self, current: Candidate | None) -> str:
        if current is None or current.index != self._model.taken:
            return self.tr("Enter or a click takes it instead.")
        if self._is_looking:
            return self.tr("The next picture. Looking at the last frames too …")
        return self.tr("The next picture. Arrows and Enter take another.")

    def _place(self) -> None:
        if self._stage is None:
            return
        around = self._stage.rect().adjusted(GAP, GAP, -GAP, -GAP)
        width = min(_WIDEST, around.width())
        self._column.activate()
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = around.center().x() - width // 2
        self.setGeometry(left, max(0, around.bottom() + 1 - height), width, height)

    # ---- slots and events ------------------------------------------------------------------

    def _on_taking_asked(self) -> None:
        candidate: Candidate | None = self._row.currentIndex().data(CANDIDATE)
        if candidate is not None and candidate.index != self._model.taken:
            self.frame_chosen.emit(candidate)

    def _on_current_changed(self) -> None:
        self._tell()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        elif event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.dismiss()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
