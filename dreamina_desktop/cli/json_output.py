"""The JSON on standard output. Its keys are a contract."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.diagnosis import Diagnosis, StepEnded
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.evidence import Evidence, SeenBalance
from dreamina_desktop.core.framing import Framing
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.verdict import Severity, Verdict, worst
from dreamina_desktop.words import Phrasebook


def print_job(job: Job, words: Phrasebook, evidence: Evidence | None) -> None:
    """One job as an object; ``evidence`` is that of its last submit, if there was one."""
    _print(_job(job, words, evidence))


def print_jobs(jobs: Iterable[Job], words: Phrasebook, evidence: Mapping[str, Evidence]) -> None:
    """Jobs as a list; ``evidence`` by their ids."""
    _print([_job(job, words, evidence.get(job.id)) for job in jobs])


def print_nothing_sent(
    *, takes: int, prompt: str | None, frames: int | None, seed: int | None, code: str, message: str
) -> None:
    """A request that never became a job, in the shape of one; of several takes, in that of all.

    ``seed`` is that of the first take.
    """
    drafts = [
        {
            "job_id": None,
            "request_id": None,
            "state": JobState.DRAFT.value,
            "prompt": prompt,
            "frames": frames,
            "seed": seed if number == 0 else None,
            "file": None,
            "sha256": None,
            "cost": None,
            "balance_before": None,
            "balance_after": None,
            "created": None,
            "error": {"code": code, "message": message},
        }
        for number in range(takes)
    ]
    _print(drafts if takes > 1 else drafts[0])


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A prepared picture and what is thought of it; ``output`` is the file that was written."""

    picture: PreparedPicture
    framing: Framing | None
    verdicts: tuple[Verdict, ...]
    output: Path | None = None

    @property
    def is_sendable(self) -> bool:
        """Whether there are bytes that the model takes."""
        return bool(self.picture.data) and worst(self.verdicts) is not Severity.REFUSED


def print_check(
    facts: PictureFacts, framing: Framing | None, verdicts: tuple[Verdict, ...], words: Phrasebook
) -> None:
    """What ``check`` found."""
    _print(_checked(facts, framing, verdicts, words))


def print_prepared(report: PreparedReport, words: Phrasebook) -> None:
    """The same of what would be sent, with all that was done for it."""
    picture = report.picture
    _print(
        {
            **_checked(picture.facts, report.framing, report.verdicts, words),
            "sendable": report.is_sendable,
            "sha256": picture.sha256 if picture.data else None,
            "unchanged": picture.unchanged,
            "changes": [
                {
                    "kind": change.kind.value,
                    "before": change.before,
                    "after": change.after,
                    "message": words.change(change),
                }
                for change in picture.changes
            ],
            "output": None if report.output is None else str(report.output),
        }
    )


def _checked(
    facts: PictureFacts, framing: Framing | None, verdicts: tuple[Verdict, ...], words: Phrasebook
) -> dict[str, object]:
    crop = None
    if framing is not None:
        crop = {
            "left": framing.crop.left,
            "top": framing.crop.top,
            "width": framing.crop.width,
            "height": framing.crop.height,
        }
    return {
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


def print_diagnosis(diagnosis: Diagnosis, steps: tuple[StepEnded, ...], words: Phrasebook) -> None:
    """What ``diagnostics`` found; ``check`` is empty when nobody was asked."""
    _print(
        {
            "findings": {
                finding.fact.value: _trouble(finding.trouble, words) or finding.value
                for finding in diagnosis.findings
            },
            "jobs": {found.state.value: found.count for found in diagnosis.jobs},
            "check": [
                {
                    "step": ended.step.value,
                    "detail": ended.detail,
                    "error": _trouble(ended.error, words),
                }
                for ended in steps
            ],
            "error": _trouble(diagnosis.trouble, words),
        }
    )


def _trouble(error: DreaminaError | None, words: Phrasebook) -> dict[str, object] | None:
    return None if error is None else {"code": error.code, "message": words.error(error).text}


def _job(job: Job, words: Phrasebook, evidence: Evidence | None) -> dict[str, object]:
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
        "balance_before": _amount(evidence.before if evidence else None),
        "balance_after": _amount(evidence.after if evidence else None),
        "created": job.created.isoformat(),
        "error": _error(job, words),
    }


def _amount(seen: SeenBalance | None) -> str | None:
    return None if seen is None else str(seen.balance.amount)


def _error(job: Job, words: Phrasebook) -> dict[str, object] | None:
    sentence = words.job(job)
    if job.error is None or sentence is None:
        return None
    return {"code": job.error.code, "message": sentence.text}


def _print(document: object) -> None:
    # ASCII only: a terminal's or pipe's encoding must not be able to spoil it.
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    sys.stdout.flush()
