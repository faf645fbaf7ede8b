"""Asks, once after a submit that ended in doubt, what the account holds now: as evidence."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable

from dreamina_desktop.core.errors import DreaminaError, KeyMissingError, KeyRefusedError
from dreamina_desktop.core.events import ConnectionChanged, EngineEvent, JobChanged, SendingHeld
from dreamina_desktop.core.evidence import SeenBalance
from dreamina_desktop.core.job import Hold, JobError, JobState
from dreamina_desktop.core.ports import AccountApi, JobRepository


class BalanceWitness:
    """``saw`` is told every balance that anybody asked for; ``run`` asks where nobody did."""

    def __init__(
        self, repository: JobRepository, realm: str, tell: Callable[[EngineEvent], None]
    ) -> None:
        self._repository = repository
        self._realm = realm
        self._tell = tell
        self._asked_for: set[str] = set()

    def saw(self, seen: SeenBalance) -> None:
        """Keep it with the jobs in doubt that it is evidence for. Raises DiskError."""
        for job_id in self._doubtful():
            if self._repository.note_balance(job_id, seen):
                self._tell(JobChanged(job_id))

    async def run(self, account: AccountApi, doubted: Event) -> None:
        """Ask once for each job in doubt, those that an earlier process left among them.

        ``account`` tells ``saw`` what it was answered. Nothing that goes wrong is told, but a
        refused key, which concerns everybody.
        """
        while True:
            doubted.clear()
            try:
                if self._has_open_question():
                    await account.balance()
            except (KeyRefusedError, KeyMissingError) as error:
                self._tell(ConnectionChanged(JobError(error.code, error.provider_message)))
                self._tell(SendingHeld(Hold.KEY))
            except DreaminaError:
                # Evidence would be welcome, and nothing depends on it.
                pass
            await doubted.wait()

    def _has_open_question(self) -> bool:
        doubtful = self._doubtful()
        known = self._repository.evidence(*doubtful)
        new = {
            job_id for job_id in doubtful if job_id in known and known[job_id].after is None
        } - self._asked_for
        self._asked_for |= new
        return bool(new)

    def _doubtful(self) -> tuple[str, ...]:
        return tuple(
            job.id
            for job in self._repository.unfinished(self._realm)
            if job.state is JobState.UNKNOWN
        )
