"""What a card says about its job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject

from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES, NOT_SENT_CODES
from dreamina_desktop.core.estimate import Estimate, is_late
from dreamina_desktop.core.job import FINAL, ClipKind, Hold, Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.jobs.lifecycle import is_waiting
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.words import Phrasebook

TICKING = frozenset({JobState.SUBMITTING, JobState.QUEUED, JobState.RUNNING})
"""States whose cards show a time that runs."""

_OFFLINE = NOT_SENT_CODES | {"answer_lost"}


def waits_for_network(job: Job) -> bool:
    """Whether a job goes on by itself as soon as the provider can be reached again."""
    if job.error is None or job.state in FINAL or is_waiting(job):
        return False
    return job.error.code in _OFFLINE


class Tone(StrEnum):
    """How a state is meant; the delegate has a colour for each."""

    QUIET = "quiet"
    ACTIVE = "active"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one card.

    ``states`` and ``details`` each say one thing at several lengths, longest first: the card takes
    the first that fits. ``spoken`` is the whole card in words, for assistive tools and the tooltip.
    """

    states: tuple[str, ...]
    icon: str
    tone: Tone
    details: tuple[str, ...]
    prompt: str
    spoken: str


_LOOKS: dict[JobState, tuple[str, Tone]] = {
    JobState.DRAFT: ("waiting", Tone.QUIET),
    JobState.PREPARED: ("waiting", Tone.QUIET),
    JobState.SUBMITTING: ("sending", Tone.ACTIVE),
    JobState.QUEUED: ("queue", Tone.ACTIVE),
    JobState.RUNNING: ("making", Tone.ACTIVE),
    JobState.RESULT_SAVED: ("download", Tone.ACTIVE),
    JobState.DOWNLOADING: ("download", Tone.ACTIVE),
    JobState.EXPIRED: ("retry", Tone.ACTIVE),
    JobState.DONE: ("fits", Tone.GOOD),
    JobState.FAILED: ("refused", Tone.BAD),
    JobState.REJECTED: ("refused", Tone.BAD),
    JobState.CANCELLED: ("cancelled", Tone.QUIET),
    JobState.UNKNOWN: ("doubt", Tone.WARNING),
}


class CardWords(QObject):
    """Puts jobs into words."""

    def __init__(self, words: Phrasebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def of(self, job: Job, now: datetime, estimate: Estimate | None = None) -> CardText:
        """The words of a job's card at a time; ``estimate`` for a job of its length."""
        states, icon, tone = self._states(job)
        details = self._details(job, now, estimate)
        prompt = self._prompt(job)
        said = self.mark(job.mark)
        first = f"{states[0]}, {said}" if said else states[0]
        return CardText(
            states, icon, tone, details, prompt, spoken="\n".join((first, details[0], prompt))
        )

    def mark(self, mark: Mark) -> str:
        """The word for a mark; "" for none."""
        return {Mark.STARRED: self.tr("starred"), Mark.REJECTED: self.tr("rejected")}.get(mark, "")

    def _states(self, job: Job) -> tuple[tuple[str, ...], str, Tone]:
        icon, tone = _LOOKS[job.state]
        if job.hold is not None:
            return (self._held(job.hold),), "hold", Tone.WARNING
        if job.resting:
            return (self.tr("stopped, needs you"), self.tr("needs you")), "hold", Tone.WARNING
        if _waits_for_folder(job):
            return (self.tr("waits for its folder"),), "hold", Tone.WARNING
        if job.cancel_wanted and job.state in TICKING | {JobState.PREPARED}:
            return (self.tr("being cancelled"),), "cancelled", Tone.ACTIVE
        if job.state is JobState.QUEUED and job.queue_position is not None:
            place = job.queue_position
            long = self.tr("{0}, place {1}").format(self._words.state(job.state), place)
            return (long, self.tr("queue, place {0}").format(place)), icon, tone
        name = self._done(job) if job.state is JobState.DONE else self._words.state(job.state)
        return (name,), icon, tone

    def _held(self, hold: Hold) -> str:
        return {
            Hold.KEY: self.tr("waits for a key"),
            Hold.BALANCE: self.tr("waits for balance"),
            Hold.CONFIRM: self.tr("send it now?"),
        }[hold]

    def _done(self, job: Job) -> str:
        landed = [clip for clip in job.clips if clip.landed]
        if landed and all(clip.kind is ClipKind.IMAGE for clip in landed):
            return self.tr("done, a picture")
        if len(landed) > 1:
            return self.tr("done, {count} clips").format(count=len(landed))
        return self._words.state(JobState.DONE)

    def _details(self, job: Job, now: datetime, estimate: Estimate | None) -> tuple[str, ...]:
        if job.hold is Hold.CONFIRM:
            return (self.tr("kept since {0}").format(self._moment(job.created)[0]),)
        if job.state is JobState.UNKNOWN:
            return self._doubt(job)
        if waits_for_network(job):
            return (self.tr("offline, goes on by itself"), self.tr("offline"))
        if job.error is not None:
            said = self._words.job_error(job.error).text
            # What it waits for stands above already: no need to say half of it.
            is_said = job.hold is not None or _waits_for_folder(job)
            return (said, *self._origin(job)) if is_said else (said,)
        if job.state in TICKING:
            return self._time(job, now, estimate)
        return self._origin(job)

    def _origin(self, job: Job) -> tuple[str, ...]:
        """When it was clicked, and with which seed."""
        moments = self._moment(job.created)
        if job.spec is None:
            return (self.tr("{0} · adopted").format(moments[0]), moments[-1])
        seed = job.spec.seed
        return (
            self.tr("{0} · seed {1}").format(moments[0], seed),
            self.tr("{0} · seed {1}").format(moments[-1], seed),
            self.tr("seed {0}").format(seed),
        )

    def _doubt(self, job: Job) -> tuple[str, ...]:
        """The sentence where it is spoken, or where a card has room; else the way out."""
        said = self._words.job(job)
        short = self.tr("Resolve…")
        shown = () if said is None else (said.text,)
        if job.spec is None:
            return (*shown, short)
        return (*shown, self.tr("Resolve… · seed {0}").format(job.spec.seed), short)

    def _time(self, job: Job, now: datetime, estimate: Estimate | None) -> tuple[str, ...]:
        began, usual = job.changed, None
        if job.state is JobState.RUNNING:
            began = job.running or job.changed
            usual = estimate.rendering if estimate else None
        elif job.state is JobState.QUEUED:
            began = job.submitted or job.changed
            usual = estimate.waiting if estimate else None
        seconds = _whole_seconds(began, now)
        elapsed = clock_time(seconds)
        if job.state is not JobState.SUBMITTING and is_late(seconds, usual):
            return (self.tr("{0} · longer than usual").format(elapsed), elapsed)
        if usual is None:
            return (elapsed,)
        shortest, longest = clock_time(usual.shortest), clock_time(usual.longest)
        return (
            self.tr("{0} · usually {1} to {2}").format(elapsed, shortest, longest),
            self.tr("{0} ({1}–{2})").format(elapsed, shortest, longest),
            elapsed,
        )

    def _moment(self, moment: datetime) -> tuple[str, ...]:
        """Date and time where the user is, long and short."""
        date, time = local_minute(moment).split()
        if moment.astimezone().date() == datetime.now().astimezone().date():
            return (self.tr("today {0}").format(time), time)
        return (f"{date} {time}", date)

    def _prompt(self, job: Job) -> str:
        if job.spec is not None:
            return " ".join(job.spec.prompt.split())
        return self.tr("Request {0}").format(job.request_id or "")


def _waits_for_folder(job: Job) -> bool:
    if job.error is None or job.state in FINAL:
        return False
    return job.error.code in CLIP_FOLDER_CODES


def _whole_seconds(began: datetime, now: datetime) -> float:
    """Seconds of the clock on the wall: whatever shows them goes on at the same moment."""
    return (now.replace(microsecond=0) - began.replace(microsecond=0)).total_seconds()


def clock_time(seconds: float) -> str:
    """``m:ss``, or ``h:mm:ss`` from an hour on; nothing below 0:00."""
    minutes, second = divmod(max(0, int(seconds)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
