"""How much of the prompt's length is used."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.theme import TIGHT, Theme

_ICON = 14


class PromptMeter(QLabel):
    """Objects named ``promptMeter`` are this. Text begins ``used/limit``, e.g. ``12/800``."""

    def __init__(
        self,
        draft: Draft,
        spec: ModelSpec,
        theme: Theme,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._theme = theme
        self._icons = icons
        self._icon = ""
        self.setObjectName("promptMeter")
        self.setAccessibleName(self.tr("Prompt meter"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setProperty("look", "hint")
        self.setToolTip(
            self.tr(
                "The model takes up to {0} characters. Its maker recommends at most {1}: a longer "
                "prompt is taken, but the model may not follow all of it."
            ).format(spec.prompt_limit, spec.prompt_recommended)
        )
        draft.prompt_changed.connect(self._on_prompt_changed)
        self._on_prompt_changed()

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Wear other colours."""
        self._theme, self._icons = theme, icons
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        text = super().sizeHint()
        return QSize(text.width() + _ICON + TIGHT, text.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if not self._icon:
            return
        colour = self._theme.bad if self._icon == "refused" else self._theme.warning
        painter = QPainter(self)
        pixmap = self._icons.pixmap(self._icon, _ICON, self.devicePixelRatioF(), colour)
        left = self.width() - self.fontMetrics().horizontalAdvance(self.text()) - _ICON - TIGHT
        painter.drawPixmap(left, (self.height() - _ICON) // 2, pixmap)
        painter.end()

    def _on_prompt_changed(self) -> None:
        used, limit = len(self._draft.prompt), self._spec.prompt_limit
        severity = self._severity(used)
        text = f"{used}/{limit}"
        if severity is Severity.REFUSED:
            text += " · " + self.tr("{0} too many").format(used - limit)
        elif severity is Severity.WARNING:
            text += " · " + self.tr("{0} recommended").format(self._spec.prompt_recommended)
        self.setText(text)
        self.setAccessibleDescription(text)
        self._icon = {Severity.REFUSED: "refused", Severity.WARNING: "warning"}.get(severity, "")
        tone = {Severity.REFUSED: "bad", Severity.WARNING: "warning"}.get(severity)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self.updateGeometry()

    def _severity(self, used: int) -> Severity:
        if used > self._spec.prompt_limit:
            return Severity.REFUSED
        return Severity.WARNING if used > self._spec.prompt_recommended else Severity.FITS
