"""What the job thread tells the window beside the engine's own events."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.answers import Balance, Price


@dataclass(frozen=True, slots=True)
class AccountKnown:
    """What the provider said when it was asked about the account; None for what it did not say.

    ``error`` is why not, or a bug of ours.
    """

    price: Price | None = None
    balance: Balance | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """Nothing is carried any more until ``JobThread.begin``: the disk, the practice server, …"""

    error: Exception


@dataclass(frozen=True, slots=True)
class ShowRequested:
    """The program was started again: come to the front. ``source`` is a picture or address,
    ``prompt`` a text; "" for none.
    """

    source: str
    prompt: str = ""
