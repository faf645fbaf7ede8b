"""What is said about a job in doubt, and about the balance as evidence."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from dreamina_desktop.core.evidence import Evidence, SeenBalance
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from dreamina_desktop.words.phrasebook import Phrasebook

DOUBT = QT_TRANSLATE_NOOP(
    "words",
    "We do not know whether the provider accepted this. It may be running and may be charged. "
    "We will not send it again unless you say so.",
)
DOUBT_ACTION = QT_TRANSLATE_NOOP(
    "words", "Look under Generations on the provider's page and enter the request id."
)

# What put it in doubt, for beside DOUBT, which says what that means.
DOUBT_CAUSES: dict[str, str] = {
    "answer_lost": QT_TRANSLATE_NOOP("words", "The answer to the request was lost."),
    "interrupted_submit": QT_TRANSLATE_NOOP(
        "words", "The program ended while the request was being sent."
    ),
    "submit_uncertain": QT_TRANSLATE_NOOP(
        "words", "The program lost track of whether the request was sent."
    ),
}

_BEFORE = QT_TRANSLATE_NOOP("words", "Balance before: {0} ({1}); afterwards: not known.")
_AFTER = QT_TRANSLATE_NOOP("words", "Balance before: not known; afterwards: {0} ({1}).")
_BOTH = QT_TRANSLATE_NOOP("words", "Balance before: {0} ({1}), after: {2} ({3})")
_ONE_CLIP = QT_TRANSLATE_NOOP("words", "{0}: {1} less, the price of this clip.")
_LESS = QT_TRANSLATE_NOOP("words", "{0}: {1} less.")
_SAME = QT_TRANSLATE_NOOP("words", "{0}: unchanged, so it was probably not charged so far.")
_MORE = QT_TRANSLATE_NOOP("words", "{0}: {1} more.")
_UNLIKE = QT_TRANSLATE_NOOP("words", "{0}.")
_NOT_ALONE = QT_TRANSLATE_NOOP("words", "{0} Other jobs may have changed it.")


def evidence_text(words: Phrasebook, evidence: Evidence, price: Decimal | None) -> str:
    """The balances around a submit in words, "" where none is known.

    ``price`` in USD is what the clip would have cost. Times are this computer's.
    """
    before, after = evidence.before, evidence.after
    if before is None:
        if after is None:
            return ""
        return words.say(_AFTER, _amount(after), _when(after, evidence.began))
    if after is None:
        return words.say(_BEFORE, _amount(before), _when(before, evidence.began))
    both = words.say(
        _BOTH,
        _amount(before),
        _when(before, evidence.began),
        _amount(after),
        _when(after, evidence.began),
    )
    charged = evidence.charged
    if charged is None:
        return words.say(_UNLIKE, both)
    difference = money(abs(charged), before.balance.currency)
    if charged == 0:
        text = words.say(_SAME, both)
    elif charged < 0:
        text = words.say(_MORE, both, difference)
    elif charged == price and evidence.alone:
        text = words.say(_ONE_CLIP, both, difference)
    else:
        text = words.say(_LESS, both, difference)
    # What was sent before this one may be charged, or paid back, at any time too.
    is_telling = evidence.alone and (charged == 0 or charged == price)
    return text if is_telling else words.say(_NOT_ALONE, text)


def money(amount: Decimal, currency: str) -> str:
    """``$24.20``, or ``24.20 EUR``: at least two places, and more where there are more."""
    exact = amount.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    if currency != "USD":
        return f"{exact:,.{places}f} {currency}"
    return f"-${-exact:,.{places}f}" if exact < 0 else f"${exact:,.{places}f}"


def _amount(seen: SeenBalance) -> str:
    return money(seen.balance.amount, seen.balance.currency)


def _when(seen: SeenBalance, began: datetime) -> str:
    """The time of day; with the date where it is not that of the submit."""
    local = seen.asked.astimezone()
    is_same_day = local.date() == began.astimezone().date()
    return local.strftime("%H:%M" if is_same_day else "%Y-%m-%d %H:%M")
