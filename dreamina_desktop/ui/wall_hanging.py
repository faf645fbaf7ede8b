"""W: which takes hang on the wall, and what becomes of a wish that is told there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dreamina_desktop.core.errors import DreaminaError, NoSuchJobError
from dreamina_desktop.core.job import FINAL, Job
from dreamina_desktop.core.siblings import are_siblings
from dreamina_desktop.ui.library.library_events import (
    DeletionLapsed,
    JobChosen,
    JobsDeleted,
    JobSeen,
)
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.ports import Background, JobReader, Outcome
from dreamina_desktop.ui.wall.take import MOST
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.wall.wall_wishes import MarkWanted, OpenWanted, SettingsWanted
from dreamina_desktop.ui.watch.watch_pane import WatchPane

_LEAST = 2


class WallHanging(QObject):
    """Selected cards where there are two or more, else the siblings of the take on show.

    While siblings hang, takes that come up join them. Once more: back to the clip. ``make_wall``
    is called for the first time; ``background`` reads rows.
    """

    hint_wanted = Signal(object)
    """Carries the sentence that says why there is no wall."""
    error_met = Signal(object)

    def __init__(
        self,
        watch: WatchPane,
        library: LibraryPane,
        reader: JobReader,
        background: Background,
        make_wall: Callable[[], Wall],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._library = library
        self._reader = reader
        self._background = background
        self._make_wall = make_wall
        self._wall: Wall | None = None
        self._jobs: tuple[Job, ...] = ()
        self._grows = False
        # Whose siblings are being read, and the stage in whose place they are to hang.
        self._asked: tuple[str, QWidget | None] | None = None
        # Siblings for whom there is no room.
        self._beyond: frozenset[str] = frozenset()
        # Deleted just now, whatever their rows say; and which of them hung, and do so again if
        # that is undone.
        self._gone: frozenset[str] = frozenset()
        self._taken_down: frozenset[str] = frozenset()
        library.job_chosen.connect(self._on_job_chosen)
        library.job_seen.connect(self._on_job_seen)
        library.deleted.connect(self._on_deleted)
        library.deletion_lapsed.connect(self._on_deletion_lapsed)

    @property
    def wall(self) -> Wall | None:
        """Once there was something to hang."""
        return self._wall

    def toggle(self) -> None:
        """Show the wall, or leave it."""
        if self._is_up():
            self._watch.leave_stage()
            return
        selected = self._library.selected_jobs
        if len(selected) > MOST:
            self.hint_wanted.emit(
                self.tr("The wall takes {0} takes; {1} are selected.").format(MOST, len(selected))
            )
        elif len(selected) >= _LEAST:
            self.hang(selected)
        else:
            job_id = self._watch.shown_job_id
            if job_id is None:
                self.hint_wanted.emit(self.tr("There is no take to show on a wall yet."))
                return
            self._asked = job_id, self._watch.stage
            self._background.run(partial(self._reader.siblings, job_id), self._on_siblings_read)

    def _on_job_chosen(self, chosen: JobChosen) -> None:
        if chosen.is_asked:
            # That is the later wish.
            self._asked = None

    def hang(self, jobs: tuple[Job, ...]) -> None:
        """Hang these and no others, at most nine, in place of what is on show."""
        self._grows = False
        self._hang(jobs)

    def _on_siblings_read(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        job_id = self._watch.shown_job_id
        if job_id is None or self._asked != (job_id, self._watch.stage):
            # Somebody has gone on to something else.
            return
        try:
            jobs = outcome.get()
        except NoSuchJobError:
            return
        except DreaminaError as error:
            self.error_met.emit(error)
            return
        if all(job.id != job_id for job in jobs):
            # The answer to an earlier question.
            return
        if len(jobs) < _LEAST:
            self.hint_wanted.emit(
                self.tr(
                    "This take has no siblings yet. Make more takes of the same picture and"
                    " prompt, or select two to nine cards."
                )
            )
            return
        self._grows = True
        hung = _worth_hanging(jobs)
        self._beyond = frozenset(job.id for job in jobs if job not in hung)
        self._hang(hung)
        if self._beyond:
            self._say_full()

    def _say_full(self) -> None:
        self.hint_wanted.emit(
            self.tr(
                "The wall takes {0} takes. Not on it, of the same picture and prompt: {1}."
            ).format(MOST, len(self._beyond))
        )

    def _hang(self, jobs: tuple[Job, ...]) -> None:
        if self._wall is None:
            self._wall = self._made()
        self._jobs = jobs
        self._asked = None
        self._taken_down = frozenset()
        self._wall.set_takes(jobs)
        if self._watch.stage is not self._wall:
            self._watch.show_stage(self._wall)
        else:
            self._wall.setFocus()

    def _made(self) -> Wall:
        wall = self._make_wall()
        wall.open_wanted.connect(self._on_open_wanted)
        wall.settings_wanted.connect(self._on_settings_wanted)
        wall.mark_wanted.connect(self._on_mark_wanted)
        return wall

    def _is_up(self) -> bool:
        return self._wall is not None and self._watch.stage is self._wall

    # ---- while it hangs --------------------------------------------------------------------

    def _on_job_seen(self, seen: JobSeen) -> None:
        if self._wall is None or not self._is_up():
            return
        job = seen.job if seen.job is None or seen.job.deleted is None else None
        hangs = any(known.id == seen.job_id for known in self._jobs)
        if hangs and job is None:
            self._jobs = tuple(known for known in self._jobs if known.id != seen.job_id)
        elif hangs and job is not None:
            self._jobs = tuple(job if known.id == job.id else known for known in self._jobs)
        elif job is None or not self._is_awaited(job) or not self._find_room(job):
            return
        if self._jobs:
            self._wall.set_takes(self._jobs)
        else:
            self._watch.leave_stage()

    def _find_room(self, job: Job) -> bool:
        """Hang one more, if need be in place of one that nobody will see; whether it hangs."""
        if len(self._jobs) >= MOST:
            lost = next((known for known in self._jobs if _is_lost(known)), None)
            if lost is None or _is_lost(job):
                if job.id not in self._beyond:
                    self._beyond |= {job.id}
                    self._say_full()
                return False
            self._jobs = tuple(known for known in self._jobs if known is not lost)
            self._beyond |= {lost.id}
        self._jobs = (*self._jobs, job)
        self._beyond -= {job.id}
        return True

    def _on_deleted(self, deleted: JobsDeleted) -> None:
        # Nobody waits for the rows, which are written later.
        hung = {known.id for known in self._jobs}
        for job_id in deleted.job_ids:
            self._on_job_seen(JobSeen(job_id, None))
        self._gone |= set(deleted.job_ids)
        self._taken_down |= hung.intersection(deleted.job_ids)

    def _on_deletion_lapsed(self, lapsed: DeletionLapsed) -> None:
        self._gone -= set(lapsed.job_ids)

    def _is_awaited(self, job: Job) -> bool:
        if job.id in self._gone:
            return False
        return job.id in self._taken_down or (self._grows and self._belongs(job))

    def _belongs(self, job: Job) -> bool:
        first = self._jobs[0].spec if self._jobs else None
        return first is not None and job.spec is not None and are_siblings(first, job.spec)

    # ---- wishes ----------------------------------------------------------------------------

    def _on_open_wanted(self, wanted: OpenWanted) -> None:
        self._watch.leave_stage()
        self._library.choose(wanted.job_id)

    def _on_settings_wanted(self, wanted: SettingsWanted) -> None:
        job = next((known for known in self._jobs if known.id == wanted.job_id), None)
        if job is not None:
            self._library.load_settings_of(job)

    def _on_mark_wanted(self, wanted: MarkWanted) -> None:
        for job in self._jobs:
            for clip in job.clips:
                if (job.id, clip.ordinal) == (wanted.job_id, wanted.ordinal):
                    self._library.toggle_mark(job, clip, wanted.asked)


def _worth_hanging(jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    """The latest, as somebody is choosing from them; before others those that there is to see."""
    # Those that are lost first, each kind from its oldest.
    hung = sorted(jobs, key=_is_lost, reverse=True)[-MOST:]
    return tuple(job for job in jobs if job in hung)


def _is_lost(job: Job) -> bool:
    """Whether there is no clip of it, nor ever will be."""
    return job.state in FINAL and job.file is None
