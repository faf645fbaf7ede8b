"""What sending jobs costs, in words that can stand on a button."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.ui.money import clip_total, dollars


class PriceTags(QObject):
    """Knows the price that was asked last."""

    price_changed = Signal()

    def __init__(self, spec: ModelSpec, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self._price: Price | None = None

    def set_price(self, price: Price | None) -> None:
        """What the provider asks now; None for unknown."""
        self._price = price
        self.price_changed.emit()

    def cost(self, jobs: tuple[Job, ...]) -> str:
        """The total for these jobs."""
        total = self.total(jobs)
        return self.tr("price unknown") if total is None else dollars(total)

    def total(self, jobs: tuple[Job, ...]) -> Decimal | None:
        """The same in USD; None while it is not known."""
        total = Decimal(0)
        for job in jobs:
            frames = job.spec.frames if job.spec is not None else self._spec.frames_default
            one = clip_total(self._price, frames, self._spec)
            if one is None:
                return None
            total += one
        return total
