"""Amounts of money as people read them, and what a clip costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dreamina_desktop.core.answers import Price
    from dreamina_desktop.core.model_spec import ModelSpec


def dollars(amount: Decimal) -> str:
    """``$0.40``: at least cents, and whatever more the amount really has."""
    exact = amount.normalize()
    places = max(2, -int(exact.as_tuple().exponent))
    return f"-${-exact:,.{places}f}" if exact < 0 else f"${exact:,.{places}f}"


def clip_total(price: Price | None, frames: int, spec: ModelSpec) -> Decimal | None:
    """USD for one clip of so many frames; None when it is not known beforehand."""
    return None if price is None else price.total(round(spec.seconds(frames)))
