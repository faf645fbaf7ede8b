"""Does what the button of a notice says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from dreamina_desktop.ui.folder_opener import DesktopFolders
from dreamina_desktop.ui.job_thread import JobThread
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.notice_bar import NoticeBar
from dreamina_desktop.ui.notices import NoticeDeed, PostedNotice
from dreamina_desktop.ui.provider_pages import ACCOUNT_PAGE
from dreamina_desktop.ui.waiting_notices import WaitingNotices


class NoticeDeeds(QObject):
    """Listens to the bar. What is the window's business goes out as a signal."""

    settings_requested = Signal()
    retry_requested = Signal()
    bucket_requested = Signal()
    address_requested = Signal()

    def __init__(
        self,
        bar: NoticeBar,
        library: LibraryPane,
        waiting: WaitingNotices,
        thread: JobThread,
        folders: DesktopFolders,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._library = library
        self._waiting = waiting
        self._thread = thread
        self._folders = folders
        self._passed_on: dict[NoticeDeed | None, SignalInstance] = {
            NoticeDeed.OPEN_SETTINGS: self.settings_requested,
            NoticeDeed.RETRY_WORK: self.retry_requested,
            NoticeDeed.SET_UP_BUCKET: self.bucket_requested,
            NoticeDeed.GIVE_ADDRESS: self.address_requested,
        }
        bar.action_chosen.connect(self._on_action_chosen)

    def _on_action_chosen(self, posted: PostedNotice) -> None:
        match posted.deed:
            case NoticeDeed.OPEN_PROVIDER_PAGE:
                QDesktopServices.openUrl(QUrl(ACCOUNT_PAGE))
            case NoticeDeed.ASK_AGAIN:
                self._thread.wake()
            case NoticeDeed.SEND_WAITING:
                self._waiting.send()
            case NoticeDeed.RESOLVE:
                self._library.resolve(posted.subject)
            case NoticeDeed.SHOW_JOB:
                self._library.choose(posted.subject)
            case NoticeDeed.OPEN_FOLDER:
                self._folders.open(Path(posted.subject))
            case NoticeDeed.REVEAL:
                self._folders.reveal(Path(posted.subject))
            case NoticeDeed.UNDO:
                self._library.undo()
            case NoticeDeed.CHOOSE_FOLDER:
                self._choose_folder()
            case deed if deed in self._passed_on:
                self._passed_on[deed].emit()
            case _:
                pass

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self._bar.window(), self.tr("Folder for clips that wait"))
        dialog.setObjectName("waitingFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.open()

    def _on_folder_selected(self, folder: str) -> None:
        self._waiting.move(str(Path(folder)))
