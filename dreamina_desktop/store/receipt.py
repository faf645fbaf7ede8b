"""One receipt: a fact about a job that must outlive the database, as one line of text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dreamina_desktop.core.job import (
    Clip,
    ClipKind,
    Job,
    JobError,
    JobSpec,
    JobState,
    SentPicture,
)
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.core.submit_class import SubmitClass
from dreamina_desktop.store.stored_values import money_of, money_text, time_of, time_text


class ReceiptKind(StrEnum):
    """What happened. Values are a contract on disk."""

    ATTEMPT = "attempt"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    ENDED = "ended"
    MISTAKEN = "mistaken"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What happened to a job, when, and the job as it was then.

    ATTEMPT: is about to be sent. ACCEPTED: ``job.request_id`` is the provider's. CLOSED: the
    attempt ended without an id, as ``outcome`` says. ENDED: ``job.state`` is a final one, its
    landed clips have path and sha256. MISTAKEN: the id that was ACCEPTED on a person's word is not
    this job's. Of the job only what a new row needs is written.
    """

    kind: ReceiptKind
    at: datetime
    job: Job
    outcome: SubmitClass | None = None


_HEAD = b'{"sum":"'
_MIDDLE = b'","receipt":'
_SUM_LENGTH = 16
_BODY_AT = len(_HEAD) + _SUM_LENGTH + len(_MIDDLE)


def receipt_line(receipt: Receipt) -> bytes:
    """The line, with its end: JSON in ASCII that carries a checksum of its own bytes."""
    body = json.dumps(_document(receipt), separators=(",", ":")).encode("ascii")
    return b"".join((_HEAD, _sum(body), _MIDDLE, body, b"}\n"))


def read_receipt(line: bytes) -> Receipt | None:
    """The receipt of a line; None for one that is torn, altered, or of a later kind."""
    body = receipt_body(line)
    return None if body is None else receipt_of(body)


def receipt_body(line: bytes) -> bytes | None:
    """The JSON of a line whose checksum holds; None for one that is torn or altered."""
    line = line.strip()
    body = line[_BODY_AT:-1]
    return body if line == b"".join((_HEAD, _sum(body), _MIDDLE, body, b"}")) else None


def receipt_of(body: bytes) -> Receipt | None:
    """The receipt of a ``receipt_body``; None for one of a later kind."""
    try:
        return _receipt(json.loads(body))
    except (ValueError, KeyError, TypeError):
        # The checksum holds, so a later version wrote it: its database is too new as well.
        return None


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest()[:_SUM_LENGTH].encode("ascii")


def _document(receipt: Receipt) -> dict[str, object]:
    job = receipt.job
    return {
        "kind": receipt.kind.value,
        "at": time_text(receipt.at),
        "outcome": None if receipt.outcome is None else receipt.outcome.value,
        "job": job.id,
        "realm": job.realm,
        "created": time_text(job.created),
        "state": job.state.value,
        "attempts": job.attempts,
        "request_id": job.request_id,
        "folder": job.folder,
        "spec": None if job.spec is None else _spec_document(job.spec),
        "error": None if job.error is None else [job.error.code, job.error.message],
        "completed": None if job.completed is None else time_text(job.completed),
        "cost": None if job.cost is None else money_text(job.cost),
        "clips": [_clip_document(clip) for clip in job.clips if clip.landed],
    }


def _spec_document(spec: JobSpec) -> dict[str, object]:
    picture, origin = spec.picture, spec.picture.origin
    return {
        "model_id": spec.model_id,
        "prompt": spec.prompt,
        "frames": spec.frames,
        "seed": spec.seed,
        "source": picture.source,
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "address": picture.address,
        "travel": picture.travel.value,
        "origin": None if origin is None else [origin.job_id, origin.ordinal, origin.frame],
    }


def _clip_document(clip: Clip) -> dict[str, object]:
    return {
        "ordinal": clip.ordinal,
        "kind": clip.kind.value,
        "path": clip.path,
        "size": clip.size,
        "sha256": clip.sha256,
        "width": clip.width,
        "height": clip.height,
        "frames": clip.frames,
    }


def _receipt(document: Mapping[str, Any]) -> Receipt:
    at = time_of(document["at"])
    outcome, error = document["outcome"], document["error"]
    completed, cost = document["completed"], document["cost"]
    job = Job(
        id=document["job"],
        state=JobState(document["state"]),
        realm=document["realm"],
        created=time_of(document["created"]),
        changed=at,
        spec=None if document["spec"] is None else _spec(document["spec"]),
        folder=document["folder"],
        request_id=document["request_id"],
        error=None if error is None else JobError(*error),
        completed=None if completed is None else time_of(completed),
        cost=None if cost is None else money_of(cost),
        attempts=document["attempts"],
        clips=tuple(_clip(clip) for clip in document["clips"]),
    )
    return Receipt(
        ReceiptKind(document["kind"]), at, job, None if outcome is None else SubmitClass(outcome)
    )


def _spec(document: Mapping[str, Any]) -> JobSpec:
    origin = document.get("origin")
    return JobSpec(
        model_id=document["model_id"],
        prompt=document["prompt"],
        frames=document["frames"],
        seed=document["seed"],
        picture=SentPicture(
            document["source"],
            document["sha256"],
            document["media_type"],
            document["address"],
            # Earlier versions knew no other way, and said nothing of it.
            Travel(document.get("travel", Travel.INLINE)),
            None if origin is None else FrameOrigin(*origin),
        ),
    )


def _clip(document: Mapping[str, Any]) -> Clip:
    return Clip(
        ordinal=document["ordinal"],
        kind=ClipKind(document["kind"]),
        # Nothing is fetched for a clip that is there, and addresses may carry a signature.
        address="",
        path=document["path"],
        size=document["size"],
        sha256=document["sha256"],
        width=document["width"],
        height=document["height"],
        frames=document["frames"],
        landed=True,
    )
