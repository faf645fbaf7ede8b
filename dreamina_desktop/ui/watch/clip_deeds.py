"""Does what is wanted of a clip's file and of the shown frame."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from dreamina_desktop.core.errors import ClipBrokenError, DreaminaError
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, Notices, PostedNotice
from dreamina_desktop.ui.ports import Background, FolderOpener, Outcome
from dreamina_desktop.ui.watch.player_deeds import ClipDeed, ClipDeedWanted
from dreamina_desktop.ui.watch.still_frame import StillFrame, save_beside, take_frame
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.words import Phrasebook

_TOPIC = "frame"
_SECONDS = 8.0


class ClipDeeds(QObject):
    """Says in a notice what came of it. ``background`` decodes and writes."""

    def __init__(
        self,
        background: Background,
        folders: FolderOpener,
        notices: Notices,
        words: Phrasebook,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._folders = folders
        self._notices = notices
        self._words = words

    def do(self, wanted: ClipDeedWanted) -> None:
        """Do it; what takes time is told when it is done."""
        viewed, index = wanted.viewed, wanted.index
        match wanted.deed:
            case ClipDeed.SAVE_FRAME:
                self._background.run(lambda: _save(viewed, index), self._on_saved)
            case ClipDeed.COPY_FRAME:
                self._background.run(lambda: take_frame(viewed, index), self._on_taken)
            case ClipDeed.COPY_FILE:
                self._copy_file(viewed.path)
            case ClipDeed.REVEAL:
                if self._is_there(viewed.path):
                    self._folders.reveal(viewed.path)
            case ClipDeed.OPEN:
                self._open(viewed.path)

    def _copy_file(self, path: Path) -> None:
        if self._is_there(path):
            QGuiApplication.clipboard().setMimeData(file_data(path))
            self._say(self.tr("The clip's file is on the clipboard."))

    def _open(self, path: Path) -> None:
        if not self._is_there(path):
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("There is no program here that plays this clip.")
            self._say(text, NoticeTone.WARNING, path)

    def _is_there(self, path: Path) -> bool:
        if path.is_file():
            return True
        self._say(self.tr("The clip's file is not there any more."), NoticeTone.WARNING)
        return False

    # Slots.

    def _on_saved(self, outcome: Outcome[Path]) -> None:
        try:
            path = outcome.get()
        except DreaminaError as error:
            self._complain(error)
            return
        self._say(self.tr("Saved as {0}").format(path.name), path=path)

    def _on_taken(self, outcome: Outcome[StillFrame]) -> None:
        try:
            still = outcome.get()
        except DreaminaError as error:
            self._complain(error)
            return
        data = QMimeData()
        data.setImageData(still.image)
        # Encoded already: whoever pastes it waits for nothing.
        data.setData("image/png", still.png)
        QGuiApplication.clipboard().setMimeData(data)
        self._say(self.tr("Frame {0} is on the clipboard.").format(still.index + 1))

    def _complain(self, error: DreaminaError) -> None:
        if isinstance(error, ClipBrokenError) and error.detail == "missing":
            self._say(self.tr("The clip's file is not there any more."), NoticeTone.WARNING)
            return
        said = self._words.error(error)
        notice = Notice(said.text, NoticeTone.WARNING, said.action, said.details)
        self._notices.post(PostedNotice(_TOPIC, notice))

    def _say(self, text: str, tone: NoticeTone = NoticeTone.INFO, path: Path | None = None) -> None:
        notice = Notice(text, tone, details=str(path or ""))
        if path is None:
            self._notices.post(PostedNotice(_TOPIC, notice, seconds=_SECONDS))
            return
        self._notices.post(
            PostedNotice(
                _TOPIC,
                notice,
                NoticeDeed.REVEAL,
                self.tr("Show"),
                str(path),
                seconds=_SECONDS,
            )
        )


def file_data(path: Path) -> QMimeData:
    """A file, as the clipboard and other programs take it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def _save(viewed: Viewed, index: int) -> Path:
    return save_beside(take_frame(viewed, index), viewed.path.parent)
