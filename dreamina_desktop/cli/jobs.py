"""``jobs``: what was made and what is under way. Only reads."""

from __future__ import annotations

import sys

from dreamina_desktop.cli.evidence_lines import EvidenceLines
from dreamina_desktop.cli.json_output import print_jobs
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.job import JobState
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text
from dreamina_desktop.words.doubt_words import DOUBT


def list_jobs(profile: Profile, words: Phrasebook, *, as_json: bool) -> None:
    """Print every job that is not deleted, newest first."""
    jobs = profile.repository.all()
    evidence = EvidenceLines(profile, words)
    if as_json:
        print_jobs(jobs, words, evidence.of(jobs))
        return
    if not jobs:
        sys.stderr.write(words.say(text.NO_JOBS) + "\n")
    for job in jobs:
        prompt = " ".join(job.spec.prompt.split())[:60] if job.spec else job.request_id
        created = job.created.astimezone().strftime("%Y-%m-%d %H:%M")
        sys.stdout.write(
            f"{job.id}  {created}  {words.state(job.state):<28}  {job.file or prompt}\n"
        )
        if job.state is JobState.UNKNOWN:
            for line in (words.say(DOUBT), evidence.text(job)):
                if line:
                    sys.stdout.write(f"    {line}\n")
