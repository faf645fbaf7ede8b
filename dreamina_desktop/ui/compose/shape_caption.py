"""What shape the clip gets, and how much of the picture that costs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dreamina_desktop.core.model_spec import ModelSpec, OutputSize
from dreamina_desktop.core.verdict import Severity, worst
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import GAP


class ShapeCaption(QWidget):
    """``shapeLabel`` "Clip: 4:3 · 1664 × 1248", ``lostLabel`` "6 % cut off at top and bottom"."""

    def __init__(self, draft: Draft, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._sizes = spec.output_sizes
        self.shape_label = QLabel(self)
        self.shape_label.setObjectName("shapeLabel")
        self.shape_label.setAccessibleName(self.tr("Expected shape and size of the clip"))
        self.shape_label.setToolTip(
            self.tr("The shape nearest to the picture's; the provider decides")
        )
        self.lost_label = QLabel(self)
        self.lost_label.setObjectName("lostLabel")
        self.lost_label.setAccessibleName(self.tr("What is cut off"))
        self.lost_label.setProperty("look", "hint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.shape_label)
        layout.addStretch(1)
        layout.addWidget(self.lost_label)
        draft.picture_changed.connect(self._on_changed)
        draft.recipe_changed.connect(self._on_changed)
        self._on_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_lost()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, super().minimumSizeHint().height())

    def _on_changed(self) -> None:
        output = self._output()
        self.setVisible(output is not None)
        if output is not None:
            shape = f"{output.shape} · {output.width} × {output.height}"
            self.shape_label.setText(self.tr("Clip: {0}").format(shape))
            self._show_lost()

    def _output(self) -> OutputSize | None:
        frame, framing = self._draft.recipe.frame, self._draft.framing
        if framing is None or worst(self._draft.picture_verdicts()) is Severity.REFUSED:
            # Of what is refused nothing is made.
            return None
        chosen = frame.shape if frame is not None and self._draft.framer is not None else ""
        known = (size for size in self._sizes if size.shape == chosen)
        return next(known, framing.output)

    def _show_lost(self) -> None:
        long, short = self._lost_texts()
        room = self.width() - self.shape_label.sizeHint().width() - GAP
        fits = self.fontMetrics().horizontalAdvance(long) <= room
        self.lost_label.setText(long if fits else short)
        self.lost_label.setToolTip(long)
        self.lost_label.setAccessibleDescription(long)

    def _lost_texts(self) -> tuple[str, str]:
        """In full, and where there is little room."""
        draft, framing = self._draft, self._draft.framing
        framer, frame, facts = draft.framer, draft.recipe.frame, draft.picture.facts
        if framer is not None and frame is not None and facts is not None:
            lost = framer.cutout(frame).lost(facts.width, facts.height)
            return self._lost_text(lost), self._lost_text(lost)
        if framing is None or framing.lost <= 0:
            return self._lost_text(0), self._lost_text(0)
        short, shown = self._lost_text(framing.lost), self._share(framing.lost)
        if framing.crop.left > 0:
            return self.tr("{0} cut off at the sides").format(shown), short
        return self.tr("{0} cut off at top and bottom").format(shown), short

    def _lost_text(self, lost: float) -> str:
        if lost <= 0:
            return self.tr("nothing is cut off")
        return self.tr("{0} cut off").format(self._share(lost))

    def _share(self, lost: float) -> str:
        percent = lost * 100
        return self.tr("under 1 %") if percent < 1 else self.tr("{0} %").format(round(percent))
