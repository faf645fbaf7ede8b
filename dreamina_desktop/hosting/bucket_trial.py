"""What the settings' test button does: everything that a picture will need, with a small object."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable
from datetime import timedelta
from typing import Protocol

from dreamina_desktop.core.bucket_finding import BucketFinding, BucketStep, StepOutcome
from dreamina_desktop.core.bucket_site import BucketSite
from dreamina_desktop.core.hosting_errors import (
    BucketAddressError,
    BucketPrivateError,
    BucketPublicError,
    BucketUnreachableError,
    HostingError,
)
from dreamina_desktop.hosting.passer_by import seen_by_anyone

STEP_SECONDS = 30.0
"""Longest wait for one step; each moves some hundred bytes."""

_LIFETIME = timedelta(hours=1)
_SIZE = 256
_MEDIA_TYPE = "image/png"


class TriedBucket(Protocol):
    """What of a bucket is tried."""

    def site(self) -> BucketSite: ...

    def object_name(self, media_type: str) -> str: ...

    async def put(self, name: str, data: bytes, media_type: str) -> None: ...

    async def address(self, name: str, lifetime: timedelta) -> str: ...

    async def delete(self, name: str) -> None: ...


class BucketTrial:
    """One trial. Its object is deleted again, whatever is found, also when it is cancelled."""

    def __init__(self, bucket: TriedBucket, step_seconds: float = STEP_SECONDS) -> None:
        self._bucket = bucket
        self._step_seconds = step_seconds
        # Random, so that no page that is shown for every address can pass for them.
        self._data = secrets.token_bytes(_SIZE)

    async def run(self) -> tuple[BucketFinding, ...]:
        """The findings, one for each step, in the order of ``BucketStep``."""
        place = self._place()
        if place.outcome is StepOutcome.FAILED:
            return (place, *(_skipped(step) for step in BucketStep if step is not place.step))
        name = self._bucket.object_name(_MEDIA_TYPE)
        try:
            put, read, public = await self._carry(name)
        finally:
            # Also after a failed upload: perhaps its answer alone was lost.
            deleted = await self._step(BucketStep.DELETE, self._bucket.delete(name))
        if put.outcome is StepOutcome.FAILED:
            deleted = _skipped(BucketStep.DELETE)
        return place, put, read, public, deleted

    def _place(self) -> BucketFinding:
        try:
            is_private = self._bucket.site().is_private
        except HostingError as error:
            return BucketFinding(BucketStep.PLACE, StepOutcome.FAILED, error)
        if is_private:
            return BucketFinding(BucketStep.PLACE, StepOutcome.WARNED, BucketPrivateError())
        return BucketFinding(BucketStep.PLACE, StepOutcome.PASSED)

    async def _carry(self, name: str) -> tuple[BucketFinding, BucketFinding, BucketFinding]:
        put = await self._step(
            BucketStep.PUT, self._bucket.put(name, self._data, media_type=_MEDIA_TYPE)
        )
        if put.outcome is StepOutcome.FAILED:
            return put, _skipped(BucketStep.READ), _skipped(BucketStep.PUBLIC)
        address = await self._bucket.address(name, _LIFETIME)
        read = await self._step(BucketStep.READ, self._read(address))
        public = await self._step(BucketStep.PUBLIC, self._look_in(address.partition("?")[0]))
        return put, read, public

    async def _read(self, address: str) -> None:
        seen = await seen_by_anyone(address)
        if seen.data != self._data:
            raise BucketAddressError(f"read: HTTP {seen.status}")

    async def _look_in(self, bare_address: str) -> None:
        seen = await seen_by_anyone(bare_address)
        if seen.data == self._data:
            raise BucketPublicError

    async def _step(self, step: BucketStep, work: Awaitable[None]) -> BucketFinding:
        try:
            async with asyncio.timeout(self._step_seconds):
                await work
        except BucketPublicError as error:
            return BucketFinding(step, StepOutcome.WARNED, error)
        except HostingError as error:
            return BucketFinding(step, StepOutcome.FAILED, error)
        except TimeoutError:
            late = BucketUnreachableError(f"{step}: time-out")
            return BucketFinding(step, StepOutcome.FAILED, late)
        return BucketFinding(step, StepOutcome.PASSED)


def _skipped(step: BucketStep) -> BucketFinding:
    return BucketFinding(step, StepOutcome.SKIPPED)
