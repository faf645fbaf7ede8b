"""How long the clip is to be."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.theme import TIGHT


class LengthChoice(QWidget):
    """``framesChoice``, with a button for each length, e.g. ``frames121Button``."""

    def __init__(self, draft: Draft, spec: ModelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setObjectName("framesChoice")
        self.setAccessibleName(self.tr("Frames choice"))
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TIGHT)
        for frames in spec.frames_offered:
            seconds = round(spec.seconds(frames))
            button = QPushButton(self.tr("{0} s · {1} frames").format(seconds, frames), parent=self)
            button.setObjectName(f"frames{frames}Button")
            button.setAccessibleName(self.tr("{0} frames").format(frames))
            button.setToolTip(
                self.tr("{0} frames, {1} a second (arrow keys change the length)").format(
                    frames, spec.frames_per_second
                )
            )
            button.setProperty("look", "segment")
            button.setCheckable(True)
            self._group.addButton(button, frames)
            layout.addWidget(button, 1)
        self._group.idClicked.connect(self._on_length_clicked)
        draft.frames_changed.connect(self._on_frames_changed)
        self._on_frames_changed()

    def _on_length_clicked(self, frames: int) -> None:
        self._draft.set_frames(frames)

    def _on_frames_changed(self) -> None:
        chosen = self._group.button(self._draft.frames)
        if chosen is not None:
            chosen.setChecked(True)
