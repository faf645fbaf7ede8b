"""What the stage says when there is no clip on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.error_codes import NOT_SENT_CODES
from dreamina_desktop.core.errors import NotSentError
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.ui.library.card_words import TICKING, CardWords, Tone, waits_for_network
from dreamina_desktop.ui.watch.frame_source import ClipBroke
from dreamina_desktop.ui.watch.stage_message import StageDeed, StageText
from dreamina_desktop.words import Phrasebook


def is_timed(job: Job) -> bool:
    """Whether a job's running time is told."""
    return job.state in TICKING and not job.resting


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

    def standing(self, job: Job, now: datetime) -> StageText:
        """The job has no clip, or none yet; ``now`` is what its running time is told for."""
        # Without its error a card tells the time, for which the stage has room besides.
        card = self._cards.of(replace(job, error=None), now)
        state = card.states[0][:1].upper() + card.states[0][1:]
        said = StageText(
            card.icon, state, clock=card.details[0] if is_timed(job) else "", tone=card.tone
        )
        if job.state is JobState.UNKNOWN:
            # What happened, and what to look for, stands in the notice and in the dialog.
            hint = self.tr("Nobody knows yet whether the provider has it.")
            return replace(said, hint=hint, deed=StageDeed.RESOLVE)
        if job.state is JobState.SUBMITTING and job.cancel_wanted:
            hint = self.tr("The answer to the request comes first; then it is cancelled.")
            return replace(said, hint=hint)
        if job.error is None:
            return said
        sentence = self._words.job_error(job.error)
        if waits_for_network(job):
            if job.error.code not in NOT_SENT_CODES:
                sentence = self._words.job_error(JobError(NotSentError.code))
            going_on = self.tr("It goes on by itself when the network is back.")
            return replace(said, hint=f"{sentence.text}\n{going_on}", details=job.error.message)
        hint = f"{sentence.text}\n{sentence.action}".strip()
        # The provider's own words are quoted in the sentence; folded out they say nothing new.
        details = "" if sentence.details in sentence.text else sentence.details
        return replace(said, hint=hint, details=details)

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
            deed=StageDeed.ASK_AGAIN,
            details=f"{broke.clip}\n{sentence.details}",
            tone=Tone.WARNING,
        )
