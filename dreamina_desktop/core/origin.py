"""Where the picture of a job was taken from, when it was a frame of an earlier clip."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrameOrigin:
    """Frame ``frame`` (from 0) of the clip ``ordinal`` (from 0) of the job ``job_id``."""

    job_id: str
    ordinal: int
    frame: int
