"""Star and reject: written off the GUI thread, one row read again for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.library.library_events import JobSeen
from dreamina_desktop.ui.ports import Background, MarkKeeper, Outcome

type _Clips = tuple[str, tuple[int, ...]]
type _Place = tuple[str, int]


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
        # What stands in the clips that were marked here, or will once it is written: whoever asks
        # may have had their job for a while. And how many writes of a job are under way.
        self._known: dict[_Place, Mark] = {}
        self._writing: Counter[str] = Counter()

    def mark_of(self, job: Job) -> Mark:
        """What stands, or will in a moment."""
        return replace(job, clips=tuple(self._current(job, clip) for clip in job.clips)).mark

    def toggle(self, jobs: tuple[Job, ...], wanted: Mark) -> None:
        """Give these jobs that mark; where all have it already, take it back from all."""
        jobs = tuple(job for job in jobs if _landed(job))
        if not jobs:
            return
        stands = all(self.mark_of(job) is wanted for job in jobs)
        mark = Mark.NONE if stands else wanted
        self._write([(job.id, _landed(job)) for job in jobs], mark)

    def toggle_clip(self, job: Job, clip: Clip, wanted: Mark) -> None:
        """The same for one clip alone, as somebody has judged it who looks at that clip."""
        mark = self._current(job, clip).mark.toggled(wanted)
        self._write([(job.id, (clip.ordinal,))], mark)

    def notice(self, seen: JobSeen) -> None:
        """A row was read again: it tells the truth unless something is still on its way to it."""
        if self._writing[seen.job_id]:
            return
        for clip in seen.job.clips if seen.job is not None else ():
            if (seen.job_id, clip.ordinal) in self._known:
                self._known[seen.job_id, clip.ordinal] = clip.mark

    def _current(self, job: Job, clip: Clip) -> Clip:
        return replace(clip, mark=self._known.get((job.id, clip.ordinal), clip.mark))

    def _write(self, clips: list[_Clips], mark: Mark) -> None:
        for job_id, ordinals in clips:
            self._known.update(((job_id, ordinal), mark) for ordinal in ordinals)
            self._writing[job_id] += 1
        self._background.run(partial(_write, self._keeper, clips, mark), self._on_written)

    def _on_written(self, outcome: Outcome[_Marked]) -> None:
        marked = outcome.get()
        self._writing.subtract(marked.job_ids)
        for job_id in marked.job_ids:
            self._row_changed(job_id)
        if marked.error is not None:
            # Which of them were written the rows will tell.
            self._known = {at: mark for at, mark in self._known.items() if self._writing[at[0]]}
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
