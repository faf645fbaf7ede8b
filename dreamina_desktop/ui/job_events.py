"""What the job thread tells the window beside the engine's own events."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.answers import Balance, Price
from dreamina_desktop.core.errors import DreaminaError


@dataclass(frozen=True, slots=True)
class AccountKnown:
    """What the provider said when it was asked about the account; None for what it did not say.

    ``error`` is why not, or a bug of ours.
    """

    price: Price | None = None
    balance: Balance | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class RequestCheckWanted:
    """The provider is to be asked whether it has this request."""

    request_id: str


@dataclass(frozen=True, slots=True)
class RequestChecked:
    """Whether the provider has a request: it ``is_known``, or ``error`` is what was said.

    Neither where it could not be asked: another process carries the jobs, or no answer came.
    """

    request_id: str
    is_known: bool = False
    error: DreaminaError | None = None


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """Nothing is carried for now: the disk, the practice server, …

    A disk is tried again without being asked, the rest with ``JobThread.begin``.
    """

    error: Exception


@dataclass(frozen=True, slots=True)
class ShowRequested:
    """The program was started again: come to the front. ``source`` is a picture or address,
    ``prompt`` a text; "" for none. ``more`` are paths of further pictures.
    """

    source: str
    prompt: str = ""
    more: tuple[str, ...] = ()
