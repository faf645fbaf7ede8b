"""Getting hold of a profile: at once, or as soon as another process lets go of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.errors import DreaminaError, ProfileBusyError
from dreamina_desktop.store.opening import OpenReport
from dreamina_desktop.ui.ports import Background, Outcome

RETRY = 2000
"""Milliseconds between two tries."""


class ProfileOpening(QObject):
    """Everything happens in ``rows``, where the rows are read too, so that nothing collides."""

    held = Signal(object)
    """This process is the holder now; carries the OpenReport."""
    read_beside = Signal(object)
    """Another process is; the rows can be read. Carries the ProfileBusyError."""
    looked_beside = Signal()
    """It still is: the rows may have changed."""
    failed = Signal(object)
    """The profile cannot be opened; carries the DreaminaError."""

    def __init__(self, workplace: Workplace, rows: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._rows = rows
        self._is_beside = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RETRY)
        self._timer.timeout.connect(self.begin)

    def begin(self) -> None:
        """Try to become the holder."""
        self._rows.run(self._workplace.hold, self._on_held)

    def stop(self) -> None:
        """Try no more."""
        self._timer.stop()

    def _on_held(self, outcome: Outcome[OpenReport]) -> None:
        try:
            report = outcome.get()
        except ProfileBusyError:
            self._timer.start()
            if self._is_beside:
                self.looked_beside.emit()
            else:
                self._rows.run(self._workplace.open, self._on_opened)
        except DreaminaError as error:
            self.failed.emit(error)
        else:
            self._is_beside = False
            self.held.emit(report)

    def _on_opened(self, outcome: Outcome[OpenReport]) -> None:
        try:
            outcome.get()
        except ProfileBusyError:
            # It is being mended by its holder; the next try comes soon.
            return
        except DreaminaError as error:
            self._timer.stop()
            self.failed.emit(error)
        else:
            self._is_beside = True
            self.read_beside.emit(ProfileBusyError())
