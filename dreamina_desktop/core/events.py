"""What the engine tells whoever listens. An event names what changed; truth is in the store."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.job import Hold, JobError


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A row has changed; whoever cares reads it again."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The provider answers, or does not: then ``trouble`` says why."""

    trouble: JobError | None


@dataclass(frozen=True, slots=True)
class SendingHeld:
    """Everything (``KEY``) or all sending (``BALANCE``) waits for the user; None: goes on."""

    hold: Hold | None


@dataclass(frozen=True, slots=True)
class BugMet:
    """A step failed in a way nobody foresaw; the job rests until the next start."""

    job_id: str
    error: Exception


@dataclass(frozen=True, slots=True)
class IdUnsaved:
    """The provider took a job, but the disk does not take its id: only memory knows it yet."""

    job_id: str
    request_id: str


@dataclass(frozen=True, slots=True)
class EngineStopped:
    """The engine ended by itself: the disk refused at the start, or a bug of ours."""

    error: Exception


EngineEvent = JobChanged | ConnectionChanged | SendingHeld | BugMet | IdUnsaved | EngineStopped
