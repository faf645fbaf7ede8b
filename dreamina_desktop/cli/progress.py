"""Progress on standard error: one live line on a terminal, a line for each change elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import TextIO

from dreamina_desktop.core.estimate import Estimate
from dreamina_desktop.core.job import Job, JobError, JobState
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

_CLEAR = "\r\x1b[K"


class Progress:
    """Says where jobs stand; never a percentage."""

    def __init__(self, stream: TextIO, words: Phrasebook) -> None:
        self._stream = stream
        self._words = words
        self._live = stream.isatty()
        self._live_line = False
        self._last: dict[str, str] = {}
        self._trouble: JobError | None = None

    def say(self, line: str) -> None:
        """A line of its own."""
        if self._live_line:
            self._stream.write(_CLEAR)
            self._live_line = False
        self._stream.write(line + "\n")
        self._stream.flush()

    def show(self, jobs: tuple[Job, ...], now: datetime, estimate: Estimate | None) -> None:
        """Where the jobs of this command stand; ``estimate`` is for the first of them."""
        for job in jobs:
            place = self._place(job)
            if self._last.get(job.id) != place:
                self._last[job.id] = place
                if not self._live or len(jobs) > 1:
                    self.say(f"{job.id}: {place}")
        if self._live and len(jobs) == 1:
            line = f"{self._place(jobs[0])} · {self._elapsed(jobs[0], now, estimate)}"
            self._stream.write(_CLEAR + line)
            self._stream.flush()
            self._live_line = True

    def trouble(self, error: JobError | None) -> None:
        """The provider does not answer, or answers again."""
        if error == self._trouble:
            return
        self._trouble = error
        if error is None:
            self.say(self._words.say(text.ANSWERS_AGAIN))
        else:
            self.say(self._words.job_error(error).text)

    def id_unsaved(self, job_id: str, request_id: str) -> None:
        """The one thing that must not be lost if the program has to end now."""
        self.say(self._words.say(text.ID_UNSAVED, job_id, request_id))

    def finish(self) -> None:
        """Leave no half line behind."""
        if self._live_line:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._live_line = False

    def _place(self, job: Job) -> str:
        state = self._words.state(job.state)
        if job.state is JobState.QUEUED and job.queue_position is not None:
            return self._words.say(text.PLACE_IN_QUEUE, state, job.queue_position)
        return state

    def _elapsed(self, job: Job, now: datetime, estimate: Estimate | None) -> str:
        since = job.running if job.state is JobState.RUNNING and job.running else job.created
        elapsed = self._words.say(text.ELAPSED, round((now - since).total_seconds()))
        if estimate is None or job.state not in (JobState.QUEUED, JobState.RUNNING):
            return elapsed
        usual = estimate.waiting if job.state is JobState.QUEUED else estimate.rendering
        return self._words.say(text.USUALLY, elapsed, round(usual.shortest), round(usual.longest))
