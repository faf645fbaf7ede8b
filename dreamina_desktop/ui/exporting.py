"""What is exported, joined or searched for a loop when somebody asks for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.job import ClipKind, Job
from dreamina_desktop.ui.export.exports import Exports
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.reviews import FEWEST, joinable
from dreamina_desktop.ui.watch.viewed import Viewed, viewed_of
from dreamina_desktop.ui.watch.watch_pane import WatchPane


class Exporting(QObject):
    """The clip that is meant in the watch pane; of several cards, the selected ones."""

    hint_wanted = Signal(object)
    """Carries the sentence that says why nothing happens."""

    def __init__(
        self,
        exports: Exports,
        watch: WatchPane,
        library: LibraryPane,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._exports = exports
        self._watch = watch
        self._library = library

    def export(self) -> None:
        """Ask how the clip is to be exported."""
        viewed = self._clip()
        if viewed is not None:
            self._exports.export(viewed, self._watch.playback)

    def export_job(self, job: Job) -> None:
        """The same for a job's clip, which need not be on show; without one nothing comes."""
        viewed = viewed_of(job)
        if viewed is not None:
            self._exports.export(viewed, self._watch.playback)

    def find_loop(self) -> None:
        """Look for the part of the clip that loops best."""
        viewed = self._clip()
        if viewed is not None:
            self._exports.find_loop(viewed, self._watch.playback)

    def join(self) -> None:
        """Ask in which order the selected clips are to be joined."""
        self.join_jobs(self._library.selected_jobs)

    def join_jobs(self, jobs: tuple[Job, ...]) -> None:
        """The same for the clips of these jobs."""
        clips = joinable(jobs)
        if len(clips) < FEWEST:
            text = self.tr("Select two or more finished clips in the library to join them.")
            self.hint_wanted.emit(text)
            return
        self._watch.leave_full_screen()
        self._exports.join(clips)

    def _clip(self) -> Viewed | None:
        viewed = self._watch.meant
        if viewed is None or viewed.clip.kind is not ClipKind.VIDEO:
            self.hint_wanted.emit(self.tr("There is no clip to export yet."))
            return None
        # There nothing is seen of a dialog of the window.
        self._watch.leave_full_screen()
        return viewed
