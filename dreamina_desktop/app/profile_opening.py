"""Getting hold of a profile: at once, or as soon as another process, or the disk, lets it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.core.errors import DiskError, DreaminaError, ProfileBusyError
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
    rebuilt = Signal(object)
    """The database was damaged; carries ``store.rebuild.Rebuilt``. Before ``held``."""
    failed = Signal(object)
    """The profile cannot be opened; carries the DreaminaError.

    A disk that refuses is told once, and tried again until it does not.
    """

    def __init__(self, workplace: Workplace, rows: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._rows = rows
        self._is_beside = self._is_trying = False
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RETRY)
        self._timer.timeout.connect(self._on_time_to_try)

    def begin(self) -> None:
        """Try to become the holder. Whoever asks for it is told, also what was told before."""
        self._told = ""
        self._on_time_to_try()

    def stop(self) -> None:
        """Try no more."""
        self._timer.stop()

    def _on_time_to_try(self) -> None:
        # A click may come while it is being tried, and a profile is not held twice.
        if not self._is_trying:
            self._is_trying = True
            self._rows.run(self._workplace.hold, self._on_held)

    def _on_held(self, outcome: Outcome[OpenReport]) -> None:
        self._is_trying = False
        try:
            report = outcome.get()
        except ProfileBusyError:
            self._timer.start()
            if self._is_beside:
                self.looked_beside.emit()
            else:
                self._rows.run(self._workplace.open, self._on_opened)
        except DiskError as error:
            self._timer.start()
            self._tell_of_disk(error)
        except DreaminaError as error:
            self.failed.emit(error)
        else:
            self._is_beside, self._told = False, ""
            self._tell_of_damage(report)
            self.held.emit(report)

    def _on_opened(self, outcome: Outcome[OpenReport]) -> None:
        try:
            report = outcome.get()
        except ProfileBusyError:
            # It is being mended by its holder; the next try comes soon.
            return
        except DiskError as error:
            # So does it here.
            self._tell_of_disk(error)
        except DreaminaError as error:
            self._timer.stop()
            self.failed.emit(error)
        else:
            self._is_beside, self._told = True, ""
            self._tell_of_damage(report)
            self.read_beside.emit(ProfileBusyError())

    def _tell_of_disk(self, error: DiskError) -> None:
        told, self._told = self._told, f"{error.code} {error}"
        if told != self._told:
            self.failed.emit(error)

    def _tell_of_damage(self, report: OpenReport) -> None:
        if report.rebuilt is not None:
            self.rebuilt.emit(report.rebuilt)
