"""The balance around a job's submit, as the command line tells it."""

from __future__ import annotations

from dreamina_desktop.cli.prices import clip_total
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.evidence import Evidence
from dreamina_desktop.core.job import Job
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.doubt_words import evidence_text

_AT_ONCE = 200


class EvidenceLines:
    """Reads it from the profile; changes nothing. All raise DiskError."""

    def __init__(self, profile: Profile, words: Phrasebook) -> None:
        self._profile = profile
        self._words = words

    def of(self, jobs: tuple[Job, ...]) -> dict[str, Evidence]:
        """For those of the jobs that were ever sent, by their ids; read in short pieces."""
        ids = [job.id for job in jobs]
        found: dict[str, Evidence] = {}
        for first in range(0, len(ids), _AT_ONCE):
            found |= self._profile.repository.evidence(*ids[first : first + _AT_ONCE])
        return found

    def text(self, job: Job) -> str:
        """One sentence, "" where nothing is known."""
        evidence = self.of((job,)).get(job.id)
        if evidence is None or job.spec is None:
            return ""
        price = self._profile.repository.latest_price(job.spec.model_id)
        total = None
        if price is not None:
            total = clip_total(price, job.spec.frames, self._profile.spec)
        return evidence_text(self._words, evidence, total)
