"""What a command is going to cost, said before it costs."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import KeyMissingError, KeyRefusedError, WireError
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.ports import AccountApi, Clock, JobRepository
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

_PATIENCE = 5.0


async def ask_price(
    api: AccountApi, repository: JobRepository, clock: Clock, model_id: str
) -> Price | None:
    """Today's price, kept for later; None when it cannot be had now.

    Raises KeyMissingError and KeyRefusedError: then nothing else will work either.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            price = await api.price(model_id)
    except (KeyMissingError, KeyRefusedError):
        raise
    except (WireError, TimeoutError):
        return None
    repository.save_price(model_id, price, clock.now())
    return price


def price_line(
    price: Price | None, frames: int, spec: ModelSpec, words: Phrasebook, takes: int = 1
) -> str:
    """The price of all takes together for people."""
    if price is None:
        return words.say(text.PRICE_UNKNOWN)
    total = clip_total(price, frames, spec)
    if total is None:
        return words.say(text.PRICE_UNIT, price.amount, price.unit)
    return words.say(text.PRICE, total * takes)


def clip_total(price: Price, frames: int, spec: ModelSpec) -> Decimal | None:
    """The price of a clip of so many frames; charged by whole nominal seconds (5 or 10)."""
    return price.total(round(spec.seconds(frames)))
