"""The context menu of the cards."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.job_actions import JobAction
from dreamina_desktop.ui.library.job_rules import Deed

_BEFORE_A_LINE = frozenset({Deed.LOAD, Deed.REJECT, Deed.COPY_DETAILS})


class JobMenu(QMenu):
    """What can be done, and nothing else: the buttons under the cards say why not."""

    def __init__(
        self, actions: tuple[JobAction, ...], icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("jobMenu")
        self.setAccessibleName(self.tr("Job"))
        self.setToolTipsVisible(True)
        for action in actions:
            if action.is_enabled:
                self.addAction(_Entry(action, icons, self))
            if action.deed in _BEFORE_A_LINE:
                self.addSeparator()


class _Entry(QAction):
    def __init__(self, action: JobAction, icons: Icons, menu: QMenu) -> None:
        label = f"{action.label}\t{action.key}" if action.key else action.label
        super().__init__(icons.icon(action.icon), label, menu)
        self._action = action
        self.setObjectName(f"{action.name}Action")
        self.setToolTip(action.hint)
        self.triggered.connect(self._on_triggered)

    def _on_triggered(self) -> None:
        self._action.run()
