"""Where the prompt is written."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.compose.incoming_picture import incoming_picture
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.ports import PromptHistory
from dreamina_desktop.ui.theme import TIGHT, Theme

_FEWEST_LINES, _USUAL_LINES = 4, 5
_AROUND = 2 * (TIGHT + 2) + 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EXAMPLE_LENGTH = 110


class PromptEditor(QPlainTextEdit):
    """Objects named ``promptEdit`` are this. Enter breaks the line, Ctrl+Enter generates,
    Alt+Up and Alt+Down go through earlier prompts; what is too long is marked, never cut.
    """

    generate_requested = Signal()
    picture_arrived = Signal(object)
    """Carries an ``IncomingPicture`` that was pasted here."""

    def __init__(
        self,
        draft: Draft,
        spec: ModelSpec,
        history: PromptHistory,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._history = history
        self._theme = theme
        self._own_text = ""
        self._place: int | None = None
        self._is_recalling = False
        self.setObjectName("promptEdit")
        self.setAccessibleName(self.tr("Prompt"))
        self.setToolTip(
            self.tr("What shall move, and how. Ctrl+Enter generates, Alt+Up brings earlier prompts")
        )
        example = _shortened(spec.prompt_example)
        self.setPlaceholderText(
            self.tr("What shall move, and how? For example: {0}").format(example)
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.setMinimumHeight(self._height_of(_FEWEST_LINES))
        self.textChanged.connect(self._on_text_changed)
        draft.prompt_changed.connect(self._on_prompt_changed)
        self._on_prompt_changed()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._mark_overflow()

    def select_overflow(self) -> None:
        """Put the selection on what is too long, ready to be deleted."""
        cursor = self._overflow()
        if cursor is not None:
            self.setTextCursor(cursor)

    # ---- Qt --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(280, self._height_of(_USUAL_LINES))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, self._height_of(_FEWEST_LINES))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier:
            # Held down it would pay again and again.
            if not event.isAutoRepeat():
                self.generate_requested.emit()
        elif held == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Up:
            self._recall(1)
        elif held == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self._recall(-1)
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        # Files and pictures that are dragged across belong to the picture.
        return _is_text(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        if _is_text(source):
            super().insertFromMimeData(source)
            return
        arrived = incoming_picture(source)
        if arrived is not None:
            self.picture_arrived.emit(arrived)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.ensureCursorVisible()

    # ---- inside ----------------------------------------------------------------------------

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + _AROUND

    def _on_text_changed(self) -> None:
        if not self._is_recalling:
            # An earlier prompt that is being changed is one's own again.
            self._place = None
        self._mark_overflow()
        self._draft.set_prompt(self.toPlainText())

    def _on_prompt_changed(self) -> None:
        if self._draft.prompt != self.toPlainText():
            self._replace(self._draft.prompt)

    def _recall(self, step: int) -> None:
        if self._place is None:
            self._own_text = self.toPlainText()
        prompts = [text for text in self._history.prompts() if text != self._own_text]
        place = (-1 if self._place is None else self._place) + step
        if not -1 <= place < len(prompts):
            return
        self._is_recalling = True
        self._replace(self._own_text if place < 0 else prompts[place])
        self._is_recalling = False
        self._place = place if place >= 0 else None

    def _replace(self, text: str) -> None:
        """Put other text in place of all there is; undo brings the old one back."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def _overflow(self) -> QTextCursor | None:
        text = self.toPlainText()
        limit = self._spec.prompt_limit
        if len(text) <= limit:
            return None
        # Qt counts UTF-16 units, the model Unicode code points.
        start = len(text[:limit].encode("utf-16-le", "surrogatepass")) // 2
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark_overflow(self) -> None:
        cursor = self._overflow()
        if cursor is None:
            self.setExtraSelections([])
            return
        mark = QTextCharFormat()
        colour = QColor(self._theme.bad)
        mark.setForeground(colour)
        mark.setUnderlineColor(colour)
        mark.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, mark
        self.setExtraSelections([selection])


def _is_text(source: QMimeData) -> bool:
    return source.hasText() and not source.hasUrls()


def _shortened(example: str) -> str:
    if len(example) <= _EXAMPLE_LENGTH:
        return example
    return example[:_EXAMPLE_LENGTH].rpartition(" ")[0].rstrip(",.;") + "…"
