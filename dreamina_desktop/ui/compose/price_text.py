"""What a take costs, as it stands on the button."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.model_spec import ModelSpec

_CENT = Decimal("0.01")


def price_text(price: Price | None, frames: int, spec: ModelSpec, takes: int = 1) -> str:
    """ "$0.40" for all takes, "$0.40 per megapixel" for want of a total, or "price unknown"."""
    if price is None:
        return QCoreApplication.translate("PriceText", "price unknown")
    total = price.total(round(spec.seconds(frames)))
    if total is not None:
        return _dollars(total * takes)
    per = QCoreApplication.translate("PriceText", "{0} per {1}")
    return per.format(_dollars(price.amount), price.unit)


def _dollars(amount: Decimal) -> str:
    """At least cents; never rounded, since it is said before somebody pays."""
    exact = amount.normalize()
    cents = exact.quantize(_CENT)
    return f"${cents if cents == exact else exact:f}"
