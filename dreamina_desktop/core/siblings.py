"""Which takes are takes of the same thing: all that was asked for is equal, but for the seed."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.job import JobSpec


@dataclass(frozen=True, slots=True)
class SiblingKey:
    """What siblings share. ``picture`` is the sha256 of the bytes, or the public address."""

    model_id: str
    picture: str
    prompt: str
    frames: int


def sibling_key(spec: JobSpec) -> SiblingKey:
    """What a take shares with its siblings, and with nobody else."""
    picture = spec.picture
    # The same bytes are the same picture from wherever they came; of an address nobody knows more.
    same = picture.sha256 or picture.address or picture.source
    return SiblingKey(spec.model_id, same, spec.prompt, spec.frames)


def are_siblings(one: JobSpec, other: JobSpec) -> bool:
    """Whether the two differ in nothing but their seed (and how their picture travels)."""
    return sibling_key(one) == sibling_key(other)
