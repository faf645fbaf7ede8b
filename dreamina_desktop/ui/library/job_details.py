"""All that is known of a job, as lines of text to copy."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.ui.money import dollars
from dreamina_desktop.words import Phrasebook


class JobDetails(QObject):
    """Labels for people, values as they are."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def text(self, job: Job) -> str:
        """One fact a line; what is not known is left out."""
        lines = [(self.tr("State"), self._words.state(job.state))]
        sentence = self._words.job(job)
        if sentence is not None:
            lines.append((self.tr("Reason"), sentence.text))
        if job.spec is not None:
            lines += [
                (self.tr("Prompt"), job.spec.prompt),
                (self.tr("Seed"), str(job.spec.seed)),
                (self.tr("Frames"), str(job.spec.frames)),
                (self.tr("Picture"), self._picture(job.spec.picture)),
                (self.tr("Model"), job.spec.model_id),
            ]
        if job.cost is not None:
            lines.append((self.tr("Cost"), dollars(job.cost)))
        for label, moment in (
            (self.tr("Created"), job.created),
            (self.tr("Sent"), job.submitted),
            (self.tr("Finished"), job.completed),
        ):
            if moment is not None:
                lines.append((label, _local(moment)))
        lines += [
            (self.tr("File"), clip.path)
            for clip in job.clips
            if clip.landed and clip.path is not None
        ]
        if job.request_id is not None:
            lines.append((self.tr("Request id"), job.request_id))
        lines.append((self.tr("Job"), job.id))
        return "\n".join(f"{label}: {value}" for label, value in lines)

    def _picture(self, picture: SentPicture) -> str:
        if picture.origin is None:
            return picture.source
        frame, job_id = picture.origin.frame + 1, picture.origin.job_id
        return self.tr("{0} (from frame {1} of {2})").format(picture.source, frame, job_id)


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
