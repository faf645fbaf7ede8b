"""A calm line about the file where not the file, but what is made of it, counts."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.verdict import Severity, worst
from dreamina_desktop.pictures.probe import MOST_PIXELS_DECODED
from dreamina_desktop.ui.compose.measured import megabytes, number, pixels
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.ui.compose.verdict_rows import picture_rows
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.words import Phrasebook

_MILLION = 10**6


class FileNote(QLabel):
    """``fileNote``: why the file would be refused though what is sent fits, or what stands in the
    way of mending it. Gone where there is nothing to say.
    """

    def __init__(
        self, draft: Draft, spec: ModelSpec, words: Phrasebook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._spec = spec
        self._words = words
        self.setObjectName("fileNote")
        self.setAccessibleName(self.tr("About your file"))
        self.setProperty("look", "hint")
        self.setWordWrap(True)
        draft.picture_changed.connect(self._on_picture_changed)
        self._on_picture_changed()

    def _on_picture_changed(self) -> None:
        text = self._text()
        self.setText(text)
        self.setAccessibleDescription(text)
        self.setVisible(bool(text))
        verdicts = self._draft.file_verdicts()
        rows = picture_rows(verdicts, self._spec, self._words, is_final=True)
        self.setToolTip("\n".join(row.text for row in rows if row.severity is Severity.REFUSED))

    def _text(self) -> str:
        draft, picture = self._draft, self._draft.picture
        facts = picture.facts
        if facts is None or picture.is_address or picture.is_being_read:
            return ""
        if worst(draft.picture_verdicts()) is not Severity.REFUSED:
            if worst(draft.file_verdicts()) is not Severity.REFUSED:
                return ""
            (size,) = megabytes(facts.bytes)
            parts = [size, format_name(facts.format)]
            if facts.width and facts.height:
                parts.insert(0, pixels(facts.width, facts.height))
            return self.tr("Your file would not fit: {0}").format(" · ".join(parts))
        if not facts.format or draft.cures():
            return ""
        if picture.has_too_many_pixels:
            return self.tr(
                "It cannot be mended here: of its {0} million pixels at most {1} million can be "
                "opened."
            ).format(
                number(round(facts.width * facts.height / _MILLION)),
                number(MOST_PIXELS_DECODED // _MILLION),
            )
        if picture.is_unseen:
            return self.tr("It cannot be mended here: this file cannot be decoded.")
        if picture.recipe.cures:
            return self.tr("No way was found to make it fit; open it in a picture editor.")
        return ""
