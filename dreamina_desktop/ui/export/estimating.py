"""How large the export will be, found out beside everything else, and anew after each change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.export_order import ExportOrder
from dreamina_desktop.core.export_result import SizeRange
from dreamina_desktop.core.export_watch import ExportWatch
from dreamina_desktop.ui.export.watched_work import WatchedWork
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.video.export_estimate import estimate_size

_PAUSE = 350
"""Milliseconds after the last change: somebody is still turning a number."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """``size`` and ``error`` are None while it is not known yet."""

    size: SizeRange | None = None
    error: DreaminaError | None = None


class Estimating(QObject):
    """``estimated`` carries an ``Estimate``."""

    estimated = Signal(object)

    def __init__(self, clip: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clip = clip
        self._order: ExportOrder | None = None
        self._known: ExportOrder | None = None
        self._work = WatchedWork(background, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._on_rested)

    def estimate(self, order: ExportOrder) -> None:
        """In a moment, unless something changes before; at once where that is known."""
        if order == self._known:
            return
        self._known = None
        self._work.abandon()
        self._order = order
        self._timer.start()
        self.estimated.emit(Estimate())

    def stop(self) -> None:
        """It does not matter any more."""
        self._timer.stop()
        self._work.abandon()

    def _on_rested(self) -> None:
        if self._order is not None:
            self._work.run(partial(_estimate, self._clip, self._order), self._on_estimated)

    def _on_estimated(self, outcome: Outcome[SizeRange]) -> None:
        try:
            size = outcome.get()
        except DreaminaError as error:
            self.estimated.emit(Estimate(error=error))
        else:
            self._known = self._order
            self.estimated.emit(Estimate(size))


def _estimate(clip: Path, order: ExportOrder, watch: ExportWatch) -> SizeRange:
    return estimate_size(clip, order, watch)
