"""What of the picture is sent, in figures, and the way to compare it with the file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dreamina_desktop.core.change import ChangeKind
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.verdict import Severity, worst
from dreamina_desktop.ui.compose.measured import megabytes, size
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import TIGHT

_INVISIBLE = frozenset({ChangeKind.METADATA_REMOVED, ChangeKind.GPS_REMOVED})


class SentCaption(QWidget):
    """``sentLabel`` "Sent: 1 664 × 1 248 px · 1.2 MB · JPEG", and ``compareOriginalButton``.

    Gone where no picture is, or can be, sent from here. The button is there where there is a
    difference to be seen.
    """

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.label = QLabel(self)
        self.label.setObjectName("sentLabel")
        self.label.setAccessibleName(self.tr("What is sent"))
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.compare_button = QPushButton(self)
        self.compare_button.setObjectName("compareOriginalButton")
        self.compare_button.setAccessibleName(self.tr("Compare with the original"))
        self.compare_button.setProperty("look", "link")
        self.compare_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.compare_button.setCheckable(True)
        self.compare_button.clicked.connect(self._on_compare_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.compare_button)
        draft.picture_changed.connect(self._on_changed)
        draft.preview_changed.connect(self._on_changed)
        draft.step_reached.connect(self._on_changed)
        self._on_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_text()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _on_changed(self) -> None:
        draft = self._draft
        picture = draft.picture
        shows = draft.shows_original
        is_refused = worst(draft.picture_verdicts()) is Severity.REFUSED
        is_sent = picture.sent is not None and not is_refused
        self.setVisible(is_sent or picture.is_being_cured)
        self.compare_button.setVisible(shows or self._has_difference())
        self.compare_button.setChecked(shows)
        self.compare_button.setText(self.tr("As sent") if shows else self.tr("Original"))
        self.compare_button.setToolTip(
            self.tr("Show the picture as it is sent")
            if shows
            else self.tr("Show the file as it is, to compare")
        )
        self._show_text()

    def _has_difference(self) -> bool:
        draft = self._draft
        prepared = draft.picture.prepared
        if prepared is None or draft.view is None or draft.preview is None:
            # While it is being made, the button does not come and go.
            return draft.picture.is_being_read and not self.compare_button.isHidden()
        return any(change.kind not in _INVISIBLE for change in prepared.changes)

    def _show_text(self) -> None:
        text = self._text()
        metrics = self.label.fontMetrics()
        self.label.setText(
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.label.width())
        )
        self.label.setToolTip(text)
        self.label.setAccessibleDescription(text)

    def _text(self) -> str:
        picture, step = self._draft.picture, self._draft.step
        facts = picture.sent
        is_refused = worst(self._draft.picture_verdicts()) is Severity.REFUSED
        if picture.is_being_read and (step is not None or facts is None or is_refused):
            return self._step_text(step)
        if facts is None:
            return ""
        # Short: it has to stand beside its button in the narrowest pane.
        (weight,) = megabytes(facts.bytes)
        parts = (size(facts.width, facts.height), weight, format_name(facts.format))
        return self.tr("Sent: {0}").format(" · ".join(parts))

    def _step_text(self, step: Step | None) -> str:
        return {
            None: self.tr("Being made ready…"),
            Step.READING: self.tr("Being made ready: reading…"),
            Step.CONVERTING: self.tr("Being made ready: converting…"),
            Step.SCALING: self.tr("Being made ready: scaling…"),
            Step.ENCODING: self.tr("Being made ready: encoding…"),
        }[step]

    def _on_compare_clicked(self) -> None:
        self._draft.show_original(is_wanted=self.compare_button.isChecked())
