"""What the notice bar says, for whoever has the clip over the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dreamina_desktop.ui.notices import Notices
from dreamina_desktop.ui.watch.watch_pane import WatchPane


class ScreenNotice(QObject):
    """The bar itself is in the window behind."""

    def __init__(self, notices: Notices, watch: WatchPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._watch = watch
        notices.current_changed.connect(self._on_current_changed)

    def _on_current_changed(self) -> None:
        posted = self._notices.current
        said = "" if posted is None else f"{posted.notice.text} {posted.notice.action}"
        self._watch.say_on_screen(said.strip())
