"""Everything that has to be told: errors, hints of the panes, clips that are done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from dreamina_desktop.app.furniture import Furniture
from dreamina_desktop.app.room import Room
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.events import IdUnsaved
from dreamina_desktop.store.rebuild import Rebuilt
from dreamina_desktop.ui.clip_done import ClipDone
from dreamina_desktop.ui.crash import Crashes
from dreamina_desktop.ui.desktop_note import DesktopNote
from dreamina_desktop.ui.error_notices import DISK, WORK
from dreamina_desktop.ui.job_events import WorkFailed
from dreamina_desktop.ui.library.library_events import DeletionLapsed, JobsDeleted
from dreamina_desktop.ui.note_bus import session_bus
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.notices import NoticeDeed, PostedNotice
from dreamina_desktop.ui.unfinished_jobs import JobDone
from dreamina_desktop.words.recovery_words import KEPT_AT, NOTHING_SENT, OPEN_FOLDER, REBUILT

_HINT, _UNDO, _UNSAVED, _REBUILT = "hint", "undo", "unsaved", "rebuilt"
_SHORT, _LONG = 5.0, 12.0
_UNDO_SECONDS = 10.0
_EXCERPT = 80


class Announcements(QObject):
    """Listens to all parts of a session and posts notices, or a note on the desktop."""

    def __init__(
        self,
        room: Room,
        furniture: Furniture,
        crashes: Crashes,
        environment: Mapping[str, str],
        application: QGuiApplication,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._furniture = furniture
        self._crashes = crashes
        self._application = application
        self._undoable: list[JobsDeleted] = []
        self._unseen = 0
        self._is_closed = False
        icon = room.switch.icons.icon("application")
        bus = session_bus(environment)
        self._note = DesktopNote(icon, bus, is_silent=self._is_silent, parent=self)
        furniture.profile.key_sources.watch(crashes.secrets.add)
        self._connect()

    def close(self) -> None:
        """The window is gone: nothing is told on the desktop, and no note brings it back."""
        self._is_closed = True
        self._note.close()

    def _connect(self) -> None:
        furniture = self._furniture
        self._note.opened.connect(self._on_note_opened)
        furniture.opening.held.connect(self._on_held)
        furniture.opening.read_beside.connect(self._on_read_beside)
        furniture.opening.rebuilt.connect(self._on_rebuilt)
        furniture.opening.failed.connect(self._on_error_met)
        furniture.job_thread.work_began.connect(self._on_work_began)
        furniture.job_thread.work_failed.connect(self._on_work_failed)
        furniture.account.bug_met.connect(self._crashes.tell)
        furniture.flow.bug_met.connect(self._crashes.tell)
        furniture.flow.id_unsaved.connect(self._on_id_unsaved)
        furniture.flow.job_finished.connect(self._on_job_finished)
        for speaker in (
            furniture.flow,
            furniture.sending,
            furniture.waiting,
            furniture.reviewing,
        ):
            speaker.error_met.connect(self._on_error_met)
        furniture.preferences.saving_failed.connect(self._on_error_met)
        furniture.preferences.preferences_changed.connect(self._on_preferences_changed)
        furniture.compose.notice_raised.connect(self._on_notice_raised)
        furniture.library.notice_raised.connect(self._on_notice_raised)
        furniture.library.deleted.connect(self._on_deleted)
        furniture.library.deletion_lapsed.connect(self._on_deletion_lapsed)
        self._application.focusWindowChanged.connect(self._on_look)
        # Where a minimised window keeps the keys, bringing it back gives them to nobody.
        self._room.window.windowHandle().windowStateChanged.connect(self._on_look)

    # ---- errors ----------------------------------------------------------------------------

    def _on_error_met(self, error: Exception) -> None:
        if isinstance(error, DreaminaError):
            self._room.notices.post(self._furniture.errors.of(error))
        else:
            self._crashes.tell(error)

    def _on_work_began(self) -> None:
        for topic in (DISK, WORK):
            self._room.notices.withdraw(topic)

    def _on_work_failed(self, failed: WorkFailed) -> None:
        self._on_error_met(failed.error)

    def _on_held(self) -> None:
        self._room.notices.withdraw(WORK)

    def _on_read_beside(self) -> None:
        self._room.notices.withdraw(DISK)

    def _on_rebuilt(self, rebuilt: Rebuilt) -> None:
        say, aside = self._room.words.say, rebuilt.set_aside
        counts = (rebuilt.jobs, rebuilt.of_jobs, rebuilt.clips, rebuilt.of_clips)
        kept = say(KEPT_AT, aside) if aside is not None else ""
        notice = Notice(say(REBUILT, *counts), NoticeTone.WARNING, say(NOTHING_SENT), kept)
        deed, folder = NoticeDeed.OPEN_FOLDER, str(self._furniture.profile.folder)
        self._room.notices.post(PostedNotice(_REBUILT, notice, deed, say(OPEN_FOLDER), folder))

    def _on_id_unsaved(self, unsaved: IdUnsaved) -> None:
        # The one thing that must not be lost if the program has to end now.
        text = self.tr("The provider took a request, but the disk does not take its id yet.")
        advice = self.tr("Note it down: {0}").format(unsaved.request_id)
        notice = Notice(text, NoticeTone.BAD, advice, unsaved.request_id)
        self._room.notices.post(PostedNotice(f"{_UNSAVED} {unsaved.job_id}", notice))

    # ---- hints -----------------------------------------------------------------------------

    def _on_notice_raised(self, notice: Notice) -> None:
        seconds = _SHORT if notice.tone is NoticeTone.INFO else _LONG
        lasting = notice.tone is NoticeTone.BAD or bool(notice.details)
        self._room.notices.post(PostedNotice(_HINT, notice, seconds=None if lasting else seconds))

    def _on_deleted(self, deleted: JobsDeleted) -> None:
        self._undoable.append(deleted)
        self._offer_undo(deleted)

    def _on_deletion_lapsed(self, lapsed: DeletionLapsed) -> None:
        if not self._undoable:
            return
        newest = self._undoable[-1]
        gone = set(lapsed.job_ids)
        for deleted in reversed(self._undoable):
            # Fewer lapse than were deleted where the disk did not take some of them.
            if gone <= set(deleted.job_ids):
                self._undoable.remove(deleted)
                break
        if not self._undoable:
            self._room.notices.withdraw(_UNDO)
        elif self._undoable[-1] is not newest:
            # Undo brings back this one now. An older one's end changes nothing in front.
            self._offer_undo(self._undoable[-1])

    def _offer_undo(self, deleted: JobsDeleted) -> None:
        self._room.notices.post(
            PostedNotice(
                _UNDO,
                Notice(deleted.text),
                NoticeDeed.UNDO,
                self.tr("Undo"),
                seconds=_UNDO_SECONDS,
            )
        )

    # ---- done ------------------------------------------------------------------------------

    def _on_job_finished(self, done: JobDone) -> None:
        if self._is_closed or self._is_silent or self._is_looked_at():
            return
        self._count(self._unseen + 1)
        prompt = " ".join(done.job.spec.prompt.split()) if done.job.spec is not None else ""
        if len(prompt) > _EXCERPT:
            prompt = f"{prompt[:_EXCERPT].rstrip()}…"
        self._note.show(ClipDone(done.job.id, self.tr("Your clip is done"), prompt))

    def _is_looked_at(self) -> bool:
        """Whether any window of this program has the keys: settings and full screen count too."""
        focus = self._application.focusWindow()
        if focus is None or not focus.isVisible():
            return False
        return not focus.windowStates() & Qt.WindowState.WindowMinimized

    @property
    def _is_silent(self) -> bool:
        return self._furniture.preferences.current.silence_notifications

    def _count(self, unseen: int) -> None:
        if unseen != self._unseen:
            self._unseen = unseen
            self._room.window.count_unseen(unseen)

    def _on_look(self) -> None:
        if self._is_looked_at():
            self._count(0)

    def _on_note_opened(self, done: ClipDone) -> None:
        self._room.window.come_to_front()
        self._furniture.library.choose(done.job_id)

    def _on_preferences_changed(self) -> None:
        self._note.silence(is_silent=self._is_silent)
        if self._is_silent:
            self._count(0)
