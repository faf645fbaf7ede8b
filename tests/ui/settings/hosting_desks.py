"""A desk for one bucket that behaves as one with a keyring and a service behind it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from dreamina_desktop.core.bucket_finding import BucketFinding, BucketStep, StepOutcome
from dreamina_desktop.core.errors import DiskError, KeyringError
from dreamina_desktop.core.hosting_errors import (
    BucketKeysMissingError,
    BucketKeysRefusedError,
    BucketPublicError,
)
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.ui.hosting_desk import KeysKept, TypedKeys

GOOD = TypedKeys("AKIAGOOD", "good-secret")


@dataclass
class HostingDeskOfOne:
    """The bucket's keys are ``GOOD``. ``kept`` is by bucket name; what fails it is set."""

    kept: dict[str, TypedKeys] = field(default_factory=dict)
    keyring: KeyringError | None = None
    is_public: bool = False
    last: datetime | None = None
    disk: DiskError | None = None
    asked: list[BucketPlace] = field(default_factory=list)
    answering: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.answering.set()

    def look(self, place: BucketPlace) -> KeysKept:
        return KeysKept(place.bucket in self.kept, self.keyring)

    def keep(self, place: BucketPlace, typed: TypedKeys) -> None:
        if self.keyring is not None:
            raise self.keyring
        self.kept[place.bucket] = typed

    def use_for_session(self, place: BucketPlace, typed: TypedKeys) -> None:
        self.kept[place.bucket] = typed

    def forget(self, place: BucketPlace) -> None:
        self.kept.pop(place.bucket, None)

    def test(self, place: BucketPlace, typed: TypedKeys) -> tuple[BucketFinding, ...]:
        assert self.answering.wait(10)
        self.asked.append(place)
        keys = typed if typed.is_whole else self.kept.get(place.bucket)
        if keys is None:
            raise BucketKeysMissingError("keyring")
        passed, skipped = StepOutcome.PASSED, StepOutcome.SKIPPED
        first = BucketFinding(BucketStep.PLACE, passed)
        if keys != GOOD:
            refused = BucketFinding(BucketStep.PUT, StepOutcome.FAILED, BucketKeysRefusedError())
            rest = (BucketStep.READ, BucketStep.PUBLIC, BucketStep.DELETE)
            return (first, refused, *(BucketFinding(step, skipped) for step in rest))
        public = BucketFinding(BucketStep.PUBLIC, passed)
        if self.is_public:
            warned = StepOutcome.WARNED
            public = BucketFinding(BucketStep.PUBLIC, warned, BucketPublicError())
        return (
            first,
            BucketFinding(BucketStep.PUT, passed),
            BucketFinding(BucketStep.READ, passed),
            public,
            BucketFinding(BucketStep.DELETE, passed),
        )

    def last_inline(self) -> datetime | None:
        if self.disk is not None:
            raise self.disk
        return self.last
