"""F11 while several clips are on show: the whole screen for their pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.watch.fading import Fading
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.workbench import PaneName, Workbench

_ASIDE = (PaneName.COMPOSE, PaneName.LIBRARY)


class StageScreen(QObject):
    """Folds the other panes and takes the screen; gives back what it took.

    A stage is not moved into a window of its own as the one clip is: what is decoded for it, and
    where its tiles are, stays. The controls of pane and stage fade, and so does ``frame``, what
    the window has around its panes.
    """

    def __init__(
        self,
        window: MainWindow,
        workbench: Workbench,
        watch: WatchPane,
        frame: Sequence[QWidget],
        parent: QObject,
        *,
        fades: bool,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._workbench = workbench
        self._watch = watch
        self._frame = tuple(frame)
        self._fades = fades
        self._fading: Fading | None = None
        self._folded: tuple[PaneName, ...] | None = None
        self._was_full = False
        watch.stage_screen_wanted.connect(self.toggle)
        watch.stage_left.connect(self.leave)

    @property
    def is_on(self) -> bool:
        """Whether the stage has the screen."""
        return self._folded is not None

    @property
    def fading(self) -> Fading | None:
        """What shows and hides the controls meanwhile."""
        return self._fading

    def toggle(self) -> None:
        """Take the screen, or give it back."""
        if self.is_on:
            self.leave()
            return
        bench, state = self._workbench, self._window.windowState()
        self._folded = tuple(name for name in _ASIDE if not bench.is_folded(name))
        self._was_full = bool(state & Qt.WindowState.WindowFullScreen)
        for name in self._folded:
            bench.fold(name, is_folded=True)
        self._window.setWindowState(state | Qt.WindowState.WindowFullScreen)
        stage, watch = self._watch.shown, self._watch
        own = getattr(stage, "controls", ())
        controls = (*self._frame, *own, *watch.controls)
        self._fading = Fading(controls, stage, fades=self._fades, parent=self)
        self._fading.begin()

    def leave(self) -> None:
        """Be a pane among others again."""
        folded, self._folded = self._folded, None
        if folded is None:
            return
        if self._fading is not None:
            self._fading.end()
            self._fading.deleteLater()
            self._fading = None
        if not self._was_full:
            self._window.setWindowState(
                self._window.windowState() & ~Qt.WindowState.WindowFullScreen
            )
        for name in folded:
            self._workbench.fold(name, is_folded=False)
