"""What differs between the requests of two clips, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from dreamina_desktop.core.job import Clip, Job, JobSpec, SentPicture


@dataclass(frozen=True, slots=True)
class Pair[T]:
    """One fact of both; None on the side where it is not known."""

    left: T | None
    right: T | None

    @property
    def differs(self) -> bool:
        """Whether they are known to be, or may be, different."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class PicturePair(Pair[SentPicture]):
    """The same bytes are the same picture, whatever its file was called."""

    @property
    def differs(self) -> bool:
        """Whether other bytes, or another address, were sent."""
        return _identity(self.left) != _identity(self.right)


@dataclass(frozen=True, slots=True)
class Differences:
    """``frames`` is the length in frames, ``cost`` in USD, ``made`` when the clip was finished."""

    prompt: Pair[str]
    picture: PicturePair
    seed: Pair[int]
    frames: Pair[int]
    model: Pair[str]
    cost: Pair[Decimal]
    made: Pair[datetime]


def differences(left: tuple[Job, Clip], right: tuple[Job, Clip]) -> Differences:
    """Compare two clips by what was asked for and what it cost."""
    a, b = left[0], right[0]

    def of_specs[T](read: Callable[[JobSpec], T]) -> tuple[T | None, T | None]:
        one, other = (None if job.spec is None else read(job.spec) for job in (a, b))
        return one, other

    return Differences(
        prompt=Pair(*of_specs(lambda spec: spec.prompt)),
        picture=PicturePair(*of_specs(lambda spec: spec.picture)),
        seed=Pair(*of_specs(lambda spec: spec.seed)),
        frames=Pair(_frames(*left), _frames(*right)),
        model=Pair(*of_specs(lambda spec: spec.model_id)),
        cost=Pair(a.cost, b.cost),
        made=Pair(a.completed, b.completed),
    )


def _frames(job: Job, clip: Clip) -> int | None:
    """The clip's own, where the file has told; else what was asked for."""
    if clip.frames is not None:
        return clip.frames
    return job.spec.frames if job.spec is not None else None


def _identity(picture: SentPicture | None) -> str | None:
    return None if picture is None else picture.sha256 or picture.address
