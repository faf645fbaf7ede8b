"""The JSON on standard output. Its keys are a contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from dreamina_desktop.core.framing import Framing
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.core.verdict import Severity, Verdict, worst
from dreamina_desktop.words import Phrasebook


def print_job(job: Job, words: Phrasebook) -> None:
    """One job as an object."""
    _print(_job(job, words))


def print_jobs(jobs: Iterable[Job], words: Phrasebook) -> None:
    """Jobs as a list."""
    _print([_job(job, words) for job in jobs])


def print_nothing_sent(
    *, prompt: str | None, frames: int | None, seed: int | None, code: str, message: str
) -> None:
    """A request that never became a job, in the shape of one."""
    _print(
        {
            "job_id": None,
            "request_id": None,
            "state": JobState.DRAFT.value,
            "prompt": prompt,
            "frames": frames,
            "seed": seed,
            "file": None,
            "sha256": None,
            "cost": None,
            "created": None,
            "error": {"code": code, "message": message},
        }
    )


def print_check(
    facts: PictureFacts, framing: Framing | None, verdicts: tuple[Verdict, ...], words: Phrasebook
) -> None:
    """What ``check`` found."""
    crop = None
    if framing is not None:
        crop = {
            "left": framing.crop.left,
            "top": framing.crop.top,
            "width": framing.crop.width,
            "height": framing.crop.height,
        }
    _print(
        {
            "sendable": worst(verdicts) is not Severity.REFUSED,
            "width": facts.width,
            "height": facts.height,
            "format": facts.format or None,
            "bytes": facts.bytes,
            "shape": framing.output.shape if framing else None,
            "crop": crop,
            "verdicts": [
                {
                    "code": verdict.code.value,
                    "severity": verdict.severity.value,
                    "message": words.verdict(verdict),
                    "measured": verdict.measured,
                    "limit": verdict.limit,
                    "cure": words.cure(verdict.cure) or None,
                }
                for verdict in verdicts
            ],
        }
    )


def _job(job: Job, words: Phrasebook) -> dict[str, object]:
    spec = job.spec
    return {
        "job_id": job.id,
        "request_id": job.request_id,
        "state": job.state.value,
        "prompt": spec.prompt if spec else None,
        "frames": spec.frames if spec else None,
        "seed": spec.seed if spec else None,
        "file": job.file,
        "sha256": next((clip.sha256 for clip in job.clips if clip.landed), None),
        "cost": None if job.cost is None else str(job.cost),
        "created": job.created.isoformat(),
        "error": _error(job, words),
    }


def _error(job: Job, words: Phrasebook) -> dict[str, object] | None:
    sentence = words.job(job)
    if job.error is None or sentence is None:
        return None
    return {"code": job.error.code, "message": sentence.text}


def _print(document: object) -> None:
    # ASCII only: a terminal's or pipe's encoding must not be able to spoil it.
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    sys.stdout.flush()
