"""What a person can say about a job. Each is one committed change; the holder carries it out.

Any process may give a command: it changes the row and wakes whoever holds the profile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES
from dreamina_desktop.core.errors import AlreadyFollowedError, StateChangedError
from dreamina_desktop.core.job import Hold, Job, JobError, JobState
from dreamina_desktop.core.ports import Clock, JobRepository
from dreamina_desktop.jobs.preparation import new_job_id

ID_UNPROVED = JobError("id_unproved")
"""On a row whose request id a person named, until the provider has spoken of that request."""


class Commands:
    """Changes rows on the user's word and rings the holder's bell."""

    def __init__(
        self,
        *,
        repository: JobRepository,
        clock: Clock,
        realm: str,
        draw: Callable[[int], int],
        ring: Callable[[], None],
    ) -> None:
        self._repository = repository
        self._clock = clock
        self._realm = realm
        self._draw = draw
        self._ring = ring

    def adopt(self, request_id: str, job_id: str | None = None, *, anew: bool = False) -> Job:
        """Follow a request known by its id: as the answer to an UNKNOWN job, or as a new row.

        A request that a job already follows is not adopted twice, unless ``anew``: its clip is then
        fetched once more, under the same prompt and seed. Raises
        AlreadyFollowedError when that is another one than ``job_id``, StateChangedError when
        ``job_id`` names a job that is not UNKNOWN, NoSuchJobError, DiskError.
        """
        known = self.following(request_id)
        if known is not None and job_id not in (None, known.id):
            # One request is the answer to one doubt, however often its clip is fetched.
            raise AlreadyFollowedError(known.id)
        if known is not None and not anew:
            return known
        now = self._clock.now()
        if job_id is None:
            job = Job(
                id=new_job_id(int(now.timestamp() * 1000), self._draw),
                state=JobState.QUEUED,
                realm=self._realm,
                created=now,
                changed=now,
                request_id=request_id,
                submitted=now,
                spec=known.spec if known is not None else None,
            )
            self._repository.add(job)
        else:
            doubtful = self._in(job_id, JobState.UNKNOWN)
            sent = self._repository.evidence(job_id).get(job_id)
            job = self._repository.change(
                doubtful,
                replace(
                    doubtful,
                    state=JobState.QUEUED,
                    request_id=request_id,
                    # When it left, not when somebody found out; rebuilt rows may not know.
                    submitted=now if sent is None else sent.began,
                    error=ID_UNPROVED,
                    # A wish from before the doubt was about something else.
                    cancel_wanted=False,
                ),
            )
        self._ring()
        return job

    def following(self, request_id: str) -> Job | None:
        """The job that follows a request already; one that once gave it up does not."""
        known = self._repository.by_request(request_id)
        if known is None or known.realm != self._realm or known.state is JobState.FAILED:
            return None
        return known

    def send_again(self, job_id: str) -> Job:
        """The user looked: an UNKNOWN request is not there. Raises as ``adopt``."""
        doubtful = self._in(job_id, JobState.UNKNOWN)
        job = self._repository.change(
            doubtful,
            replace(
                doubtful,
                state=JobState.PREPARED,
                error=None,
                confirmed=self._clock.now(),
                cancel_wanted=False,
            ),
        )
        self._ring()
        return job

    def cancel(self, job_id: str) -> Job:
        """Cancel at once what was not sent; else note the wish, which the provider answers.

        The row comes back CANCELLED, or with ``cancel_wanted`` for the holder to carry out, or
        unchanged where it is too late or in doubt. Raises NoSuchJobError, DiskError.
        """
        job = self._repository.get(job_id)
        if job.state is JobState.PREPARED:
            try:
                job = self._repository.change(job, replace(job, state=JobState.CANCELLED))
            except StateChangedError:
                # It has just been sent, so now the provider has to be asked.
                job = self._repository.get(job_id)
        if job.state in (JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING):
            job = self._repository.want_cancel(job_id)
        self._ring()
        return job

    def release(self, job: Job) -> Job:
        """Let a held job be sent, or a resting one be tried again. Raises as ``change``.

        A result that could not be fetched is asked for afresh: its address led nowhere.
        """
        now = self._clock.now()
        changed = replace(job, hold=None, resting=False, asked_again=0, confirmed=now)
        if job.state is JobState.PREPARED and job.hold in (Hold.KEY, Hold.BALANCE):
            changed = replace(changed, error=None)
        if job.resting and job.state in (JobState.RESULT_SAVED, JobState.DOWNLOADING):
            changed = replace(changed, state=JobState.EXPIRED)
        job = self._repository.change(job, changed)
        self._ring()
        return job

    def land_in(self, job_id: str, folder: str) -> Job:
        """Put a job's clips that are still to come into another folder. Raises as ``change``."""
        job = self._repository.get(job_id)
        waits = job.error is not None and job.error.code in CLIP_FOLDER_CODES
        moved = replace(job, folder=folder, error=None if waits else job.error)
        job = self._repository.change(job, moved)
        self._ring()
        return job

    def _in(self, job_id: str, state: JobState) -> Job:
        job = self._repository.get(job_id)
        if job.state is not state:
            raise StateChangedError(f"{job_id} is {job.state.value}")
        return job
