"""B: which two are held against each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.job import Job
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.library.library_events import JobChosen, JobsDeleted
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.ports import Background, Outcome
from dreamina_desktop.ui.watch.viewed import Viewed, viewed_of
from dreamina_desktop.ui.watch.watch_pane import WatchPane


class Comparing(QObject):
    """Two selected cards, or the clip on show and its picture. Once more: back to the clip.

    ``make_stage`` is called for the first comparison, ``picture_path`` (blocking) finds a sent
    picture by its sha256.
    """

    hint_wanted = Signal(object)
    """Carries the sentence that says why nothing is compared."""

    def __init__(
        self,
        watch: WatchPane,
        library: LibraryPane,
        background: Background,
        picture_path: Callable[[str], Path | None],
        make_stage: Callable[[], CompareStage],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._library = library
        self._background = background
        self._picture_path = picture_path
        self._make_stage = make_stage
        self._stage: CompareStage | None = None
        self._wanted: Viewed | None = None
        self._compared: frozenset[str] = frozenset()
        watch.compare_wanted.connect(self.toggle)
        library.deleted.connect(self._on_deleted)
        library.job_chosen.connect(self._on_job_chosen)

    @property
    def stage(self) -> CompareStage | None:
        """Once there was something to compare."""
        return self._stage

    def toggle(self) -> None:
        """Compare, or stop comparing."""
        if self._stage is not None and self._watch.stage is self._stage:
            self._watch.leave_stage()
            return
        jobs = self._library.selected_jobs
        clips = [viewed for viewed in map(viewed_of, jobs) if viewed is not None]
        if len(jobs) > 1 and len(clips) != 2:
            self.hint_wanted.emit(
                self.tr("Select exactly two finished clips to compare them with each other.")
            )
        elif len(clips) == 2:
            self.compare(jobs)
        else:
            self._compare_with_picture()

    def compare(self, jobs: tuple[Job, ...]) -> None:
        """Compare the clips of two jobs, whatever is on show; of other jobs nothing comes."""
        clips = [viewed for viewed in map(viewed_of, jobs) if viewed is not None]
        if len(clips) == 2:
            self._show(*clips).compare(*clips)

    def _compare_with_picture(self) -> None:
        viewed = self._watch.meant
        if viewed is None:
            self.hint_wanted.emit(self.tr("There is no clip to compare yet."))
            return
        sha256 = _sent(viewed.job)
        if sha256 is None:
            self.hint_wanted.emit(
                self.tr(
                    "The picture of this clip is not on this computer. Select two clips to"
                    " compare them with each other."
                )
            )
            return
        self._wanted = viewed
        self._background.run(partial(self._picture_path, sha256), self._on_picture_found)

    def _on_picture_found(self, outcome: Outcome[Path | None]) -> None:
        viewed, path = self._watch.meant, outcome.get()
        if viewed is None or viewed != self._wanted:
            return
        if path is None:
            self.hint_wanted.emit(self.tr("The picture that was sent for this clip is gone."))
            return
        self._show(viewed).compare_with_picture(viewed, path)

    def _show(self, *clips: Viewed) -> CompareStage:
        """The stage in its place: it is told after that to show these."""
        self._compared = frozenset(viewed.job.id for viewed in clips)
        if self._stage is None:
            self._stage = self._make_stage()
        if self._watch.stage is not self._stage:
            self._watch.show_stage(self._stage)
        return self._stage

    def _on_job_chosen(self, chosen: JobChosen) -> None:
        if chosen.is_asked:
            # That is the later wish.
            self._wanted = None

    def _on_deleted(self, deleted: JobsDeleted) -> None:
        is_up = self._stage is not None and self._watch.stage is self._stage
        if is_up and not self._compared.isdisjoint(deleted.job_ids):
            self._watch.leave_stage()


def _sent(job: Job) -> str | None:
    return job.spec.picture.sha256 if job.spec is not None else None
