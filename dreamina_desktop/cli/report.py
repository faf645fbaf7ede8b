"""What is said when a command's jobs have come to where they stay."""

from __future__ import annotations

import sys

from dreamina_desktop.cli.errand import Outcome
from dreamina_desktop.cli.evidence_lines import EvidenceLines
from dreamina_desktop.cli.exit_code import ExitCode, exit_code
from dreamina_desktop.cli.progress import Progress
from dreamina_desktop.core.job import FINAL, Hold, Job, JobState
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text


class Report:
    """Says how each job ended and how to go on. ``again`` is the command line to repeat."""

    def __init__(
        self, progress: Progress, words: Phrasebook, evidence: EvidenceLines, again: str
    ) -> None:
        self._progress = progress
        self._words = words
        self._evidence = evidence
        self._again = again

    def conclude(self, outcome: Outcome, *, quiet_files: bool) -> ExitCode:
        """One or two lines a job on standard error; files also on standard output unless quiet.

        Returns the highest exit code among the jobs.
        """
        worst = ExitCode.DONE
        for job in outcome.jobs:
            code = exit_code(job, key_refused=outcome.key_refused)
            worst = max(worst, code)
            self._say(job)
            if job.file is not None and not quiet_files:
                sys.stdout.write(job.file + "\n")
        return worst

    def say_kept(self, job: Job) -> None:
        """How to go on with a job that is not at its end."""
        send = " --send" if job.hold is Hold.CONFIRM else ""
        self._progress.say(self._words.say(text.GO_ON, job.id, f"{self._again} resume{send}"))

    def say_evidence(self, job: Job) -> None:
        """The balance before and after a job's submit, where anything of it is known."""
        known = self._evidence.text(job)
        if known:
            self._progress.say(known)

    def say_waiting(self, count: int, amount: str) -> None:
        """Clicks too old to be sent without asking, and what they would cost together."""
        send = f"{self._again} resume --send"
        if count == 1:
            self._progress.say(self._words.say(text.SEND_WAITING_ONE, amount, send))
        else:
            self._progress.say(self._words.say(text.SEND_WAITING, count, amount, send))

    def _say(self, job: Job) -> None:
        say = self._words.say
        if job.state is JobState.DONE:
            self._progress.say(say(text.CLIP_IS_AT, job.file))
            return
        sentence = self._words.job(job)
        if sentence is not None:
            self._progress.say(f"{sentence.text} {sentence.action}")
        if job.state is JobState.UNKNOWN:
            self.say_evidence(job)
            adopt = f"{self._again} adopt REQUEST_ID --job {job.id}"
            resubmit = f"{self._again} resubmit {job.id}"
            self._progress.say(say(text.IN_DOUBT, job.id, adopt, resubmit))
        elif job.state is JobState.CANCELLED:
            self._progress.say(say(text.CANCELLED, job.id))
        elif job.state not in FINAL:
            self.say_kept(job)
