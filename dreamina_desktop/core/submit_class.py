"""What a failed submit means for the money: was it sent, and may it be sent again?"""

from __future__ import annotations

from enum import StrEnum

from dreamina_desktop.core.errors import (
    KeyMissingError,
    KeyRefusedError,
    NoBalanceError,
    NoSuchModelError,
    NoSuchRequestError,
    NotSentError,
    NotYoursError,
    ProviderRefusedError,
    TooFastError,
)
from dreamina_desktop.core.job import Hold

INTERRUPTED_SUBMIT = "interrupted_submit"
"""On the row of an UNKNOWN submit: the program ended before its answer came."""

SUBMIT_UNCERTAIN = "submit_uncertain"
"""The same where only that is known: nobody can say any more whether it was sent."""


class SubmitClass(StrEnum):
    """Outcome of an attempt. ``ACCEPTED`` is the one with a request id."""

    ACCEPTED = "accepted"
    NOT_SENT = "not_sent"
    HELD = "held"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


def classify(error: Exception) -> SubmitClass:
    """The class of an exception that a submit raised.

    Whatever is not proved harmless is UNKNOWN, our own bugs included: then a request may run.
    """
    match error:
        case NotSentError() | TooFastError():
            return SubmitClass.NOT_SENT
        case KeyRefusedError() | KeyMissingError() | NoBalanceError():
            return SubmitClass.HELD
        case NotYoursError():
            # A 403 all the same: the account's business, not the input's.
            return SubmitClass.HELD
        case ProviderRefusedError() | NoSuchModelError() | NoSuchRequestError():
            return SubmitClass.REJECTED
        case _:
            return SubmitClass.UNKNOWN


def hold_of(error: Exception) -> Hold:
    """Which hold a HELD error puts on the job."""
    return Hold.BALANCE if isinstance(error, NoBalanceError) else Hold.KEY
