"""What becomes of a take: its row, its card, its clip; and what the engine tells meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from dreamina_desktop.core.errors import DiskError, DreaminaError, NoSuchJobError
from dreamina_desktop.core.events import BugMet, IdUnsaved, JobChanged
from dreamina_desktop.core.job import Clip, Hold, Job
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.ui.account_watch import AccountWatch
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.job_thread import JobThread
from dreamina_desktop.ui.library.library_events import (
    JobChosen,
    JobReleased,
    JobSeen,
    LoadRequested,
)
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.past_prompts import PastPrompts
from dreamina_desktop.ui.ports import Background, JobReader, Outcome
from dreamina_desktop.ui.take_sending import TakeSending
from dreamina_desktop.ui.unfinished_jobs import JobDone, UnfinishedJobs
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.watch.watch_wishes import AskAgain, ResolveWanted

_LATEST = 50


@dataclass(frozen=True, slots=True)
class FlowParts:
    """What the flow connects. Both callables block.

    ``picture_path`` finds a sent picture by its sha256; ``is_there`` says whether a clip's file
    is, and is whole.
    """

    thread: JobThread
    library: LibraryPane
    watch: WatchPane
    draft: Draft
    sending: TakeSending
    unfinished: UnfinishedJobs
    account: AccountWatch
    prompts: PastPrompts
    reader: JobReader
    background: Background
    picture_path: Callable[[str], Path | None]
    commands: Commands
    is_there: Callable[[Clip], bool]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """``job`` is None for one that there is no more."""

    job_id: str
    job: Job | None
    error: DreaminaError | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    wanted: LoadRequested
    path: Path | None


class JobFlow(QObject):
    """Connects the panes with the engine's thread; every row is read again before it is shown."""

    job_finished = Signal(object)
    """Carries ``JobDone``."""
    id_unsaved = Signal(object)
    """Carries ``core.events.IdUnsaved``."""
    bug_met = Signal(object)
    error_met = Signal(object)

    def __init__(self, parts: FlowParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._to_choose = ""
        # A job that has come up by itself: where it is not listed, it is told of only later.
        self._followed = ""
        # The card whose row is being read, to be shown.
        self._asked = ""
        # The card that is to be shown once the stage has gone, since nobody has asked for it
        # after that came up; "" for none at all, None for what was shown before.
        self._behind: str | None = None
        self._latest: dict[str, Job] = {}
        parts.thread.event_arrived.connect(self._on_event_arrived)
        parts.sending.take_committed.connect(self._on_take_committed)
        parts.library.job_chosen.connect(self._on_job_chosen)
        parts.library.nothing_chosen.connect(self._on_nothing_chosen)
        parts.library.job_seen.connect(self._on_job_seen)
        parts.library.load_requested.connect(self._on_load_requested)
        parts.library.job_released.connect(self._on_job_released)
        parts.library.balance_wanted.connect(parts.thread.ask_account)
        parts.library.check_wanted.connect(parts.thread.check_request)
        parts.thread.request_checked.connect(parts.library.request_checked)
        parts.unfinished.job_done.connect(self._on_job_done)
        parts.watch.ask_again_requested.connect(self._on_ask_again)
        parts.watch.resolve_requested.connect(self._on_resolve_requested)
        parts.watch.stage_shown.connect(self._on_stage_shown)
        parts.watch.stage_left.connect(self._on_stage_left)

    def read_all(self) -> None:
        """The rows can be read now."""
        parts = self._parts
        parts.unfinished.read()
        parts.prompts.read()
        parts.library.read()
        parts.account.sum_up()

    def read_beside(self) -> None:
        """Another process carries the jobs and tells nothing: look at what it can have changed.

        These are the jobs under way, and the latest of all, among which are its new ones.
        """
        for job in (*self._parts.unfinished.running, *self._parts.unfinished.waiting):
            self._parts.library.row_changed(job.id)
        work = partial(_latest, self._parts.reader)
        self._parts.background.run(work, self._on_latest_read)

    def _on_latest_read(self, outcome: Outcome[tuple[Job, ...]]) -> None:
        before, self._latest = self._latest, {job.id: job for job in outcome.get()}
        for job_id, job in self._latest.items():
            if before.get(job_id) != job:
                self._parts.library.row_changed(job_id)

    # ---- from the engine -------------------------------------------------------------------

    def _on_event_arrived(self, event: object) -> None:
        match event:
            case JobChanged(job_id):
                self._parts.library.row_changed(job_id)
            case BugMet(job_id, error):
                self._parts.library.row_changed(job_id)
                self.bug_met.emit(error)
            case IdUnsaved():
                self.id_unsaved.emit(event)
            case _:
                pass

    def _on_job_seen(self, seen: JobSeen) -> None:
        parts = self._parts
        parts.unfinished.notice(seen)
        if seen.job is not None and seen.job_id == parts.watch.shown_job_id:
            parts.watch.show_job(seen.job)
        if seen.job_id == self._to_choose:
            self._to_choose = ""
            if parts.watch.stage is None:
                self._follow(seen.job_id)

    def _on_job_done(self, done: JobDone) -> None:
        parts = self._parts
        if parts.watch.shown_job_id is None and parts.watch.stage is None:
            self._follow(done.job.id)
        parts.thread.ask_account()
        parts.account.sum_up()
        self.job_finished.emit(done)

    # ---- from the panes --------------------------------------------------------------------

    def _on_take_committed(self, job: Job) -> None:
        parts = self._parts
        parts.prompts.add(job)
        parts.thread.look()
        parts.account.remind()
        if not parts.watch.playback.position.count and parts.watch.stage is None:
            # Nothing is being watched: follow this one to its clip.
            self._to_choose = job.id
        parts.library.row_changed(job.id)

    def _on_job_chosen(self, chosen: JobChosen) -> None:
        is_asked = chosen.is_asked and chosen.job_id != self._followed
        self._followed = ""
        if not is_asked and self._parts.watch.stage is not None:
            # Nobody has asked for another clip: the work on the stage goes on.
            self._behind = chosen.job_id
            return
        self._show(chosen.job_id)

    def _follow(self, job_id: str) -> None:
        self._followed = job_id
        self._parts.library.follow(job_id)

    def _show(self, job_id: str) -> None:
        self._asked, self._behind = job_id, None
        self._parts.background.run(partial(_read, self._parts.reader, job_id), self._on_chosen_read)

    def _on_nothing_chosen(self) -> None:
        self._asked = ""
        if self._parts.watch.stage is None:
            self._parts.watch.show_nothing()
        else:
            # The last card has gone from the list; what is on the stage need not be listed.
            self._behind = ""

    def _on_stage_shown(self) -> None:
        if self._asked:
            # The stage is the later wish.
            self._asked, self._behind = "", self._asked

    def _on_stage_left(self) -> None:
        behind, self._behind = self._behind, None
        if behind:
            self._show(behind)
        elif behind is not None:
            self._parts.watch.show_nothing()

    def _on_chosen_read(self, outcome: Outcome[_Chosen]) -> None:
        chosen = outcome.get()
        if chosen.job_id != self._asked:
            # Meanwhile there is a stage, or somebody has chosen another card.
            return
        self._asked = ""
        if chosen.error is not None:
            self.error_met.emit(chosen.error)
        elif chosen.job is not None:
            # It may be the one that was on show before the stage.
            self._parts.watch.leave_stage()
            self._parts.watch.show_job(chosen.job)
        else:
            self._parts.watch.show_nothing()

    def _on_load_requested(self, wanted: LoadRequested) -> None:
        sha256 = wanted.spec.picture.sha256
        work = partial(_find_kept, self._parts.picture_path, wanted, sha256)
        self._parts.background.run(work, self._on_kept_found)

    def _on_kept_found(self, outcome: Outcome[_Kept]) -> None:
        kept = outcome.get()
        self._parts.draft.load(kept.wanted.spec, kept.path)

    def _on_job_released(self, released: JobReleased) -> None:
        if released.hold in (Hold.KEY, Hold.BALANCE):
            self._parts.thread.mend()
        else:
            self._parts.thread.look()

    def _on_ask_again(self, asked: AskAgain) -> None:
        work = partial(_fetch_again, self._parts, asked.job_id)
        self._parts.background.run(work, self._on_asked_again)

    def _on_asked_again(self, outcome: Outcome[Job]) -> None:
        parts = self._parts
        try:
            job = outcome.get()
        except DreaminaError as error:
            self.error_met.emit(error)
            return
        if job.id == parts.watch.shown_job_id:
            parts.watch.show_job(job)
        else:
            self._to_choose = job.id
            parts.thread.look()
        parts.library.row_changed(job.id)

    def _on_resolve_requested(self, wanted: ResolveWanted) -> None:
        self._parts.library.resolve(wanted.job_id)


def _latest(reader: JobReader) -> tuple[Job, ...]:
    try:
        return reader.page(_LATEST)
    except DiskError:
        # The next look comes soon, and the library says what is wrong with its own.
        return ()


def _read(reader: JobReader, job_id: str) -> _Chosen:
    try:
        return _Chosen(job_id, reader.get(job_id))
    except NoSuchJobError:
        return _Chosen(job_id, None)
    except DreaminaError as error:
        return _Chosen(job_id, None, error)


def _fetch_again(parts: FlowParts, job_id: str) -> Job:
    """The job itself when its clip has come back, else a new one that fetches it once more."""
    job = parts.reader.get(job_id)
    if job.request_id is None or any(clip.landed and parts.is_there(clip) for clip in job.clips):
        return job
    return parts.commands.adopt(job.request_id, anew=True)


def _find_kept(
    picture_path: Callable[[str], Path | None], wanted: LoadRequested, sha256: str | None
) -> _Kept:
    return _Kept(wanted, picture_path(sha256) if sha256 is not None else None)
