"""Star and reject: written off the GUI thread, one row read again for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.ports import Background, MarkKeeper, Outcome

type _Clips = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Marked:
    job_ids: tuple[str, ...]
    error: DreaminaError | None = None


class Marking(QObject):
    """Toggling is its own undo, so a key that is pressed twice must never be judged by old rows."""

    error_met = Signal(object)

    def __init__(
        self,
        keeper: MarkKeeper,
        background: Background,
        row_changed: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._background = background
        self._row_changed = row_changed
        # What was asked for and is not read back yet, and how many writes of it are under way.
        self._wanted: dict[str, Mark] = {}
        self._writing: Counter[str] = Counter()

    def mark_of(self, job: Job) -> Mark:
        """What stands, or will in a moment."""
        return self._wanted.get(job.id, job.mark)

    def toggle(self, jobs: tuple[Job, ...], wanted: Mark) -> None:
        """Give these jobs that mark; where all have it already, take it back from all."""
        jobs = tuple(job for job in jobs if _landed(job))
        if not jobs:
            return
        stands = all(self.mark_of(job) is wanted for job in jobs)
        mark = Mark.NONE if stands else wanted
        self._write([(job.id, _landed(job)) for job in jobs], mark)

    def put(self, job_id: str, ordinal: int, mark: Mark) -> None:
        """Give one clip that mark, as somebody has judged it who looks at that clip."""
        self._write([(job_id, (ordinal,))], mark)

    def notice(self, seen: JobSeen) -> None:
        """A row was read again: it tells the truth unless something is still on its way to it."""
        if not self._writing[seen.job_id]:
            self._wanted.pop(seen.job_id, None)

    def _write(self, clips: list[_Clips], mark: Mark) -> None:
        for job_id, _ in clips:
            self._wanted[job_id] = mark
            self._writing[job_id] += 1
        self._background.run(partial(_write, self._keeper, clips, mark), self._on_written)

    def _on_written(self, outcome: Outcome[_Marked]) -> None:
        marked = outcome.get()
        self._writing.subtract(marked.job_ids)
        for job_id in marked.job_ids:
            self._row_changed(job_id)
        if marked.error is not None:
            self.error_met.emit(marked.error)


def _landed(job: Job) -> tuple[int, ...]:
    """A job's card stands for all its clips."""
    return tuple(clip.ordinal for clip in job.clips if clip.landed)


def _write(keeper: MarkKeeper, clips: list[_Clips], mark: Mark) -> _Marked:
    job_ids = tuple(job_id for job_id, _ in clips)
    try:
        for job_id, ordinals in clips:
            for ordinal in ordinals:
                keeper.mark(job_id, ordinal, mark)
    except DreaminaError as error:
        return _Marked(job_ids, error)
    return _Marked(job_ids)
