"""Pictures in the user's own bucket: brought there before a submit, removed after the end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from dreamina_desktop.core.errors import DiskError, DreaminaError, PictureMissingError
from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.hosting_errors import HostingError
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.polling import PollingRules, back_off
from dreamina_desktop.core.ports import Clock, HostedPictureRows, ObjectStore
from dreamina_desktop.core.settings import BucketPlace

LOOK = 60.0
"""Seconds until the rows are looked at though nobody said that one has changed."""

REMOVAL_LONGEST = 3600.0
"""Seconds at most between two tries to remove a picture: nobody waits for that."""

LAST_TRY = 3.0
"""Seconds that the end of the program may be held up."""


@dataclass(frozen=True, slots=True)
class _Tries:
    failures: int
    due: float
    """By the monotonic clock."""


class HostedPictures:
    """Implements ``core.ports.PictureHost`` for local pictures that travel by bucket.

    ``place`` is the bucket as it is set now; ``open_store`` opens one, and raises HostingError.
    ``read`` gives the bytes kept under a sha256, or raises PictureMissingError. ``new_name`` makes
    a name, folder included, for a picture of a media type; no two are alike.
    """

    def __init__(
        self,
        *,
        rows: HostedPictureRows,
        place: Callable[[], BucketPlace],
        open_store: Callable[[BucketPlace], Awaitable[ObjectStore]],
        read: Callable[[str], bytes],
        new_name: Callable[[BucketPlace, str], str],
        clock: Clock,
        rules: PollingRules,
        chance: Callable[[], float],
    ) -> None:
        self._rows = rows
        self._place = place
        self._open_store = open_store
        self._read = read
        self._new_name = new_name
        self._clock = clock
        self._rules = replace(rules, back_off_longest=REMOVAL_LONGEST)
        self._chance = chance
        self._stores: dict[BucketPlace, ObjectStore] = {}
        self._busy: set[str] = set()
        self._tries: dict[str, _Tries] = {}
        self._stirred = asyncio.Event()

    async def item(self, job: Job) -> str:
        """A fresh address of the job's picture, which is in the bucket when this returns.

        Raises PictureMissingError, HostingError, DiskError.
        """
        self._busy.add(job.id)
        try:
            return await self._bring(job)
        finally:
            self._busy.discard(job.id)
            self.stir()

    def stir(self) -> None:
        """A job may have come to its end. Only from the loop's thread."""
        self._stirred.set()

    async def run(self) -> None:
        """Remove what is to be removed, now and whenever a job ends; failures are tried again."""
        while True:
            self._stirred.clear()
            wait = await self._remove_due()
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stirred.wait()

    async def finish(self) -> None:
        """The program ends: one last try for a few seconds, but for what has just failed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_TRY):
                await self._remove_due()

    async def _bring(self, job: Job) -> str:
        sha256, media_type = job.picture.sha256, job.picture.media_type
        if sha256 is None or media_type is None:
            raise PictureMissingError(job.picture.source)
        place = self._place()
        store = await self._store(place)
        try:
            hosted = self._known(job, place) or self._begin(job, place, media_type)
            if hosted.uploaded is None:
                # Five megabytes from a slow disk must not hold up the other jobs.
                data = await asyncio.to_thread(self._read, sha256)
                await store.put(hosted.name, data, media_type)
                self._rows.note_uploaded(hosted.name)
            return await store.address(hosted.name, timedelta(hours=place.hours))
        except HostingError:
            # The keys may be others by the next try.
            self._stores.pop(_bare(place), None)
            raise

    def _known(self, job: Job, place: BucketPlace) -> HostedPicture | None:
        """The row of an earlier try in the same bucket."""
        rows = self._rows.hosted(job.id)
        return next((row for row in rows if row.place == _bare(place)), None)

    def _begin(self, job: Job, place: BucketPlace, media_type: str) -> HostedPicture:
        hosted = HostedPicture(
            name=self._new_name(place, media_type),
            job_id=job.id,
            endpoint=place.endpoint,
            region=place.region,
            bucket=place.bucket,
            deletes_afterwards=place.deletes_afterwards,
        )
        # On disk before anything is there, or a crash would leave it there for ever.
        self._rows.begin_hosting(hosted)
        return hosted

    async def _store(self, place: BucketPlace) -> ObjectStore:
        bare = _bare(place)
        if bare not in self._stores:
            self._stores[bare] = await self._open_store(bare)
        return self._stores[bare]

    async def _remove_due(self) -> float:
        """Seconds until the next look."""
        try:
            rows = self._rows.removable()
        except DiskError:
            return LOOK
        # One that is just being brought there would be there again afterwards.
        left = [row for row in rows if row.job_id not in self._busy]
        for row in left:
            tries = self._tries.get(row.name)
            if tries is None or tries.due <= self._clock.monotonic():
                await self._remove(row)
        now = self._clock.monotonic()
        dues = [self._tries[row.name].due - now for row in left if row.name in self._tries]
        return max(0.0, min([LOOK, *dues]))

    async def _remove(self, row: HostedPicture) -> None:
        try:
            store = await self._store(row.place)
            await store.delete(row.name)
            self._rows.note_removed(row.name)
        except DreaminaError:
            self._stores.pop(row.place, None)
            known = self._tries.get(row.name)
            failures = known.failures + 1 if known is not None else 1
            wait = back_off(self._rules, failures, self._chance())
            self._tries[row.name] = _Tries(failures, self._clock.monotonic() + wait)
        else:
            self._tries.pop(row.name, None)


def _bare(place: BucketPlace) -> BucketPlace:
    """The bucket alone, as a row names it."""
    return BucketPlace(place.endpoint, place.region, place.bucket, folder="")
