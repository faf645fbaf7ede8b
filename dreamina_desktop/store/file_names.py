"""Names for clips that every platform takes and a person can read."""

from __future__ import annotations

from datetime import tzinfo

from dreamina_desktop.core.file_template import source_name
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.safe_name import safe_part

_SEED_LENGTH = 40
_REQUEST_LENGTH = 8


def clip_stem(job: Job, zone: tzinfo | None = None) -> str:
    """``{date}_{source}_{seed}``: the date is that of the job's creation where ``zone`` is.

    An adopted job has no spec; its request id stands for the seed. ``zone`` None is the
    computer's own.
    """
    date = job.created.astimezone(zone).strftime("%Y-%m-%d")
    if job.spec is None:
        return f"{date}_adopted_{safe_part((job.request_id or '')[:_REQUEST_LENGTH])}"
    source = safe_part(source_name(job.spec.picture))
    return f"{date}_{source}_{str(job.spec.seed)[:_SEED_LENGTH]}"


def numbered(stem: str, number: int, suffix: str) -> str:
    """The file name; from 2 on the number shows."""
    return f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}"
