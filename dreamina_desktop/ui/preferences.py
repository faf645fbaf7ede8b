"""The settings while the window is open: changed here, written soon after."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.ui.ports import Background, Outcome

_PAUSE = 500


class Preferences(QObject):
    """``save`` writes them; it blocks and raises DiskError.

    Changes within half a second are written together, in the background.
    """

    preferences_changed = Signal()
    saving_failed = Signal(object)
    """Carries the DiskError."""

    def __init__(
        self,
        settings: Settings,
        save: Callable[[Settings], None],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = self._written = settings
        self._save = save
        self._background = background
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.flush)

    @property
    def current(self) -> Settings:
        """What holds now."""
        return self._current

    def change(self, settings: Settings) -> None:
        """From now on these hold."""
        if settings != self._current:
            self._current = settings
            self._timer.start()
            self.preferences_changed.emit()

    def flush(self) -> None:
        """Begin to write what is not written yet."""
        self._timer.stop()
        if self._written != self._current:
            self._written = self._current
            self._background.run(partial(self._save, self._current), self._on_saved)

    def _on_saved(self, outcome: Outcome[None]) -> None:
        try:
            outcome.get()
        except DiskError as error:
            # Kept in memory, and tried again with the next change.
            self._written = Settings()
            self.saving_failed.emit(error)
