"""Which jobs the library lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.jobs.lifecycle import is_waiting

LIVE = frozenset(JobState) - FINAL


class JobGroup(StrEnum):
    """The choices of ``libraryFilter``."""

    ALL = "all"
    RUNNING = "running"
    DONE = "done"
    NEEDS_YOU = "needs_you"
    STARRED = "starred"
    NOT_REJECTED = "not_rejected"
    REJECTED = "rejected"

    @property
    def states(self) -> frozenset[JobState] | None:
        """The states of its jobs; None for any."""
        return {
            JobGroup.RUNNING: LIVE,
            JobGroup.DONE: frozenset({JobState.DONE}),
            JobGroup.NEEDS_YOU: LIVE,
        }.get(self)

    @property
    def waiting(self) -> bool | None:
        """Whether its jobs wait for a person; None for either."""
        return {JobGroup.RUNNING: False, JobGroup.NEEDS_YOU: True}.get(self)

    @property
    def marks(self) -> frozenset[Mark] | None:
        """The marks of its jobs; None for any."""
        return {
            JobGroup.STARRED: frozenset({Mark.STARRED}),
            JobGroup.NOT_REJECTED: frozenset({Mark.NONE, Mark.STARRED}),
            JobGroup.REJECTED: frozenset({Mark.REJECTED}),
        }.get(self)

    def holds(self, job: Job) -> bool:
        """Whether a job belongs to it."""
        if self.states is not None and job.state not in self.states:
            return False
        if self.marks is not None and job.mark not in self.marks:
            return False
        return self.waiting is None or is_waiting(job) is self.waiting


@dataclass(frozen=True, slots=True)
class ListFilter:
    """``search`` as typed, without spaces around it."""

    search: str = ""
    group: JobGroup = JobGroup.ALL
