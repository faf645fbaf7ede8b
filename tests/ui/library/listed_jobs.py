"""The store as the library reads it: what ``ui.ports.JobReader`` asks beyond the repository."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from dreamina_desktop.core.evidence import Evidence
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.jobs.lifecycle import is_waiting
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.job_search import mentions


class ListedJobs:
    """Implements ``JobReader`` on the real rows, page by page."""

    def __init__(self, repository: SqliteJobRepository) -> None:
        self._repository = repository

    def get(self, job_id: str) -> Job:
        return self._repository.get(job_id)

    def page(
        self,
        limit: int,
        before: str | None = None,
        search: str | None = None,
        *,
        states: frozenset[JobState] | None = None,
        waiting: bool | None = None,
        marks: frozenset[Mark] | None = None,
    ) -> tuple[Job, ...]:
        found: list[Job] = []
        while len(found) < limit:
            jobs = self._repository.page(limit, before, search)
            found += [
                job
                for job in jobs
                if (states is None or job.state in states)
                and (waiting is None or is_waiting(job) is waiting)
                and (marks is None or job.mark in marks)
            ]
            if len(jobs) < limit:
                break
            before = jobs[-1].id
        return tuple(found[:limit])

    def siblings(self, job_id: str) -> tuple[Job, ...]:
        return self._repository.siblings(job_id)

    def evidence(self, *job_ids: str) -> dict[str, Evidence]:
        return self._repository.evidence(*job_ids)

    def finds(self, job: Job, search: str) -> bool:
        spec = job.spec
        fields = (spec.prompt, spec.picture.source, str(spec.seed)) if spec is not None else ()
        return mentions(search, *fields, job.request_id, job.id)

    def spent(self, since: datetime) -> Decimal:
        return self._repository.spent(since)
