"""What a person wants of a job whose clip cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The user wants this job's result asked for again: its file is gone or broken."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ResolveWanted:
    """The user wants to say what became of this request in doubt."""

    job_id: str
