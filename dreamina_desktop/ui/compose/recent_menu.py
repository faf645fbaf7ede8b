"""The pictures used lately, each as it looks; those that cannot be opened any more say why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from dreamina_desktop.ui.compose.glance import Glance
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.incoming_picture import IncomingAddress, IncomingFile
from dreamina_desktop.ui.compose.unseen import why_unseen
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.ports import RecentPictures
from dreamina_desktop.words import Phrasebook

_LONGEST_NAME = 48


class RecentMenu(QMenu):
    """Filled whenever it opens. The pictures come one after another."""

    picture_arrived = Signal(object)
    """Carries an ``IncomingFile`` or ``IncomingAddress``."""

    def __init__(
        self,
        recents: RecentPictures,
        glances: Glances,
        words: Phrasebook,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._recents = recents
        self._glances = glances
        self._words = words
        self._icons = icons
        self.setObjectName("recentImagesMenu")
        self.setAccessibleName(self.tr("Recent images"))
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._on_menu_wanted)
        self.triggered.connect(self._on_recent_chosen)
        glances.glance_made.connect(self._on_glance_made)

    def set_theme(self, icons: Icons) -> None:
        """Wear other colours."""
        self._icons = icons

    def _on_menu_wanted(self) -> None:
        self.clear()
        sources = self._recents.sources()
        if not sources:
            self.addAction(self.tr("No pictures were used yet")).setEnabled(False)
        for source in sources:
            path = Path(source)
            action = self.addAction(_shortened(path.name if path.is_absolute() else source))
            action.setData(source)
            action.setToolTip(source)
            action.setIcon(self._icons.icon("picture" if path.is_absolute() else "web"))
        # The last one that is wanted comes first.
        for action in reversed(self.actions()):
            path = Path(str(action.data() or ""))
            if path.is_absolute():
                known = self._glances.glance(path)
                if known is not None:
                    self._show(action, known)
                    self._glances.look_again(path)

    def _on_glance_made(self, glance: Glance) -> None:
        for action in self.actions():
            if action.data() == str(glance.path):
                self._show(action, glance)

    def _show(self, action: QAction, glance: Glance) -> None:
        # A picture that is damaged may be chosen: its verdict says what to do.
        action.setEnabled(glance.trouble is None)
        source, name = str(glance.path), _shortened(glance.path.name)
        if glance.image is not None:
            action.setIcon(QIcon(QPixmap.fromImage(glance.image)))
            action.setText(name)
            action.setToolTip(source)
            return
        why = why_unseen(glance, self._words)
        action.setIcon(self._icons.icon("picture-missing"))
        action.setToolTip(f"{source}\n{why}")
        if glance.trouble is not None:
            action.setText(self.tr("{0}: {1}").format(name, why))

    def _on_recent_chosen(self, action: QAction) -> None:
        source = str(action.data())
        path = Path(source)
        arrived = IncomingFile(path) if path.is_absolute() else IncomingAddress(source)
        self.picture_arrived.emit(arrived)


def _shortened(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        name = f"{name[:half]}…{name[-half:]}"
    # An ampersand in a name is no shortcut.
    return name.replace("&", "&&")
