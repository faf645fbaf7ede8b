"""What the stage says when there is no clip on it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.library.card_words import CardWords, Tone
from dreamina_desktop.ui.watch.frame_source import ClipBroke
from dreamina_desktop.ui.watch.stage_message import StageText
from dreamina_desktop.words import Phrasebook


class StageWords(QObject):
    """Puts into words why nothing plays. A job's state reads as on its card."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cards = CardWords(words, self)

    def nothing(self) -> StageText:
        """No job is chosen."""
        return StageText(
            "clip",
            self.tr("Your clip plays here"),
            self.tr("Generate one, or choose one in the library."),
        )

    def elsewhere(self) -> StageText:
        """The clip has the screen to itself."""
        return StageText("full-screen", self.tr("Shown on the full screen"))

    def standing(self, job: Job) -> StageText:
        """The job has no clip, or none yet."""
        card = self._cards.of(job, datetime.now(UTC))
        state = card.states[0][:1].upper() + card.states[0][1:]
        if job.error is None:
            return StageText(card.icon, state, tone=card.tone)
        sentence = self._words.job_error(job.error)
        hint = f"{sentence.text} {sentence.action}".strip()
        return StageText(card.icon, state, hint, details=sentence.details, tone=card.tone)

    def breakage(self, broke: ClipBroke) -> StageText:
        """The clip cannot be shown."""
        sentence = self._words.error(broke.error)
        text = sentence.text
        if broke.is_missing:
            text = self.tr("The clip's file is not there any more.")
        return StageText(
            "warning",
            text,
            sentence.action,
            action=self.tr("Ask again"),
            details=f"{broke.clip}\n{sentence.details}",
            tone=Tone.WARNING,
        )
