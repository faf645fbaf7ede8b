"""What is asked of the provider and what it answers, as the rest of the program sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dreamina_desktop.core.job import ClipKind


class Phase(StrEnum):
    """The provider's words for a request's state, brought to one set.

    ``OTHER`` is a word we do not know: neither success nor failure.
    """

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Submission:
    """The body of a submit. ``image`` is an ``image_urls`` item: a data URI or an address.

    That one may carry a signature, and is in no text of this.
    """

    model_id: str
    prompt: str
    image: str = field(repr=False)
    frames: int
    seed: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took a submit; from here on it may be charged."""

    request_id: str


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """``word`` verbatim; ``queue_position`` as the provider counts, None when it does not say."""

    phase: Phase
    word: str
    queue_position: int | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One address of a result."""

    kind: ClipKind
    address: str


@dataclass(frozen=True, slots=True)
class ResultAnswer:
    """``document`` is the answer's JSON text, kept verbatim. ``cost`` in USD, None if not told.

    ``outputs`` lists every video first, then every picture. ``error_code`` is the model maker's,
    ``error_message`` the provider's words.
    """

    phase: Phase
    word: str
    document: str
    outputs: tuple[Output, ...] = ()
    cost: Decimal | None = None
    error_code: int | None = None
    error_message: str = ""


class CancelOutcome(StrEnum):
    """What became of a cancel."""

    CANCELLED = "cancelled"
    NOT_CANCELLABLE = "not_cancellable"


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs. ``unit`` verbatim ("second", "output", …), ``note`` for people."""

    amount: Decimal
    unit: str
    note: str = ""

    def total(self, seconds: int) -> Decimal | None:
        """Price of one clip of so many nominal seconds; None for a unit we cannot multiply."""
        match self.unit:
            case "second":
                return self.amount * seconds
            case "output":
                return self.amount
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Balance:
    """What the account holds; may be nought or negative."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is whole on disk: bytes and hex digest."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """Facts of a clip or picture file. ``frames`` is 0 and ``frames_per_second`` 0 for pictures."""

    kind: ClipKind
    width: int
    height: int
    frames: int
    frames_per_second: float
