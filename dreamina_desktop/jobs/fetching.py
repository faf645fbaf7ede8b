"""From a saved result to files that are there whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.errors import (
    AddressExpiredError,
    AddressRefusedError,
    ClipBrokenError,
    DiskError,
    DownloadError,
    TooLargeError,
)
from dreamina_desktop.core.job import Clip, Job, JobError, JobState
from dreamina_desktop.core.polling import back_off
from dreamina_desktop.core.ports import ClipCheck, Downloader, JobRepository, MediaFiles
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.request_gate import RequestGate, Urgency

ASK_AGAIN_LIMIT = 3
"""So often a fresh result is asked for by itself; then only when the user says so."""

EXPIRED_LIMIT = 15
"""The same where only the address is refused: a file server may have ten bad minutes."""

BROKEN_LIMIT = 3
"""So many broken files from one address before a fresh one is asked for."""

UNDELIVERED_LIMIT = 10
"""So many other failures before that: a store has more words for "expired" than we know."""


class Fetching:
    """Takes a job from RESULT_SAVED to DONE. Never leads back to a submit."""

    def __init__(
        self,
        *,
        repository: JobRepository,
        downloader: Downloader,
        media: MediaFiles,
        check: ClipCheck,
        gate: RequestGate,
        changed: Callable[[str], None],
    ) -> None:
        self._repository = repository
        self._downloader = downloader
        self._media = media
        self._check = check
        self._gate = gate
        self._changed = changed

    async def fetch(self, job: Job, course: Course) -> float | None:
        """One try. Seconds until the next step, None to rest. Raises StateChangedError, DiskError.

        A download that failed for now leaves the job DOWNLOADING and raises DownloadError.
        """
        if job.state is JobState.EXPIRED:
            self._save(job, replace(job, state=JobState.QUEUED))
            return back_off(course.rules, max(1, job.asked_again), course.chance())
        if not job.clips:
            return self._ask_again(job, JobError("empty_output"))
        if job.state is JobState.RESULT_SAVED:
            job = self._save(job, replace(job, state=JobState.DOWNLOADING))
        try:
            for ordinal in range(len(job.clips)):
                job = await self._land(job, course, ordinal)
        except AddressExpiredError as error:
            self._expire(job, JobError(error.code, error.provider_message))
            return 0.0
        except (AddressRefusedError, TooLargeError) as error:
            self._rest(job, JobError(error.code, error.provider_message))
            return None
        except ClipBrokenError as error:
            course.broken += 1
            if course.broken < BROKEN_LIMIT:
                raise
            course.broken = 0
            return self._ask_again(job, JobError(error.code, error.detail))
        except DiskError as error:
            # Said on the row if the disk allows at least that.
            with suppress(DiskError):
                row = self._repository.get(job.id)
                why = JobError(error.code, error.folder or error.detail)
                self._save(row, replace(row, error=why))
            raise
        except DownloadError as error:
            why = JobError(error.code, error.provider_message)
            course.undelivered += 1
            if course.undelivered < UNDELIVERED_LIMIT:
                self._save(job, replace(job, error=why))
                raise
            course.undelivered = 0
            # Not counted: where the fault is the line's, a fresh address is no better, nor worse.
            self._save(job, replace(job, state=JobState.EXPIRED, error=why))
            return course.wait_after(error)
        course.succeeded()
        self._save(job, replace(job, state=JobState.DONE, error=None, asked_again=0))
        return None

    async def _land(self, job: Job, course: Course, ordinal: int) -> Job:
        clip = job.clips[ordinal]
        if clip.landed:
            return job
        part = self._media.part(job.id, ordinal)
        if clip.path is not None and await asyncio.to_thread(self._media.is_there, clip):
            # It was placed just before the last process ended, perhaps before it tidied up.
            self._media.discard(part)
            return self._save(job, _with_clip(job, replace(clip, landed=True)))
        if not await asyncio.to_thread(self._media.is_there, replace(clip, path=str(part))):
            clip = await self._download(job, course, clip, part)
        return await self._place(job, clip, part)

    async def _download(self, job: Job, course: Course, clip: Clip, part: Path) -> Clip:
        if course.failures:
            # Tried again as one among the polls: one file's trouble delays no other's beginning.
            urgency, order = Urgency.POLL, course.last_turn
        else:
            urgency, order = Urgency.RESULT, job.completed.timestamp() if job.completed else 0.0
        async with self._gate.turn(urgency, order):
            # The turn is for beginning; the bytes may flow while others take theirs.
            pass
        downloaded = await self._downloader.download(clip.address, part)
        return replace(clip, path=None, size=downloaded.size, sha256=downloaded.sha256)

    async def _place(self, job: Job, clip: Clip, part: Path) -> Job:
        try:
            facts = await asyncio.to_thread(self._check.facts, part)
        except ClipBrokenError:
            self._media.discard(part)
            raise
        clip = replace(
            clip, kind=facts.kind, width=facts.width, height=facts.height, frames=facts.frames
        )
        # Known from here on, so that a disk that refuses the name costs no second download.
        job = self._save(job, _with_clip(job, clip))
        while True:
            path = self._media.choose_name(job, clip, facts, part)
            clip = replace(clip, path=str(path))
            job = self._save(job, _with_clip(job, clip))
            if await asyncio.to_thread(self._media.place, part, path):
                return self._save(job, _with_clip(job, replace(clip, landed=True)))

    def _ask_again(self, job: Job, why: JobError) -> float | None:
        if job.asked_again >= ASK_AGAIN_LIMIT:
            self._rest(job, why)
            return None
        self._expire(job, why)
        return 0.0

    def _expire(self, job: Job, why: JobError) -> None:
        again = job.asked_again + 1
        expired = replace(job, state=JobState.EXPIRED, error=why, asked_again=again)
        self._save(job, replace(expired, resting=again > EXPIRED_LIMIT))

    def _rest(self, job: Job, why: JobError) -> None:
        self._save(job, replace(job, error=why, resting=True))

    def _save(self, before: Job, after: Job) -> Job:
        if after == before:
            return before
        job = self._repository.change(before, after)
        self._changed(job.id)
        return job


def _with_clip(job: Job, clip: Clip) -> Job:
    return replace(
        job,
        clips=tuple(clip if known.ordinal == clip.ordinal else known for known in job.clips),
    )
