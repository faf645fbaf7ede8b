"""What can be done with the selected jobs, as data for buttons and menus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.library.job_rules import Deed, WhyNot, spends, why_not
from dreamina_desktop.ui.library.price_tags import PriceTags

_ALONE = frozenset({Deed.RESOLVE, Deed.LOAD, Deed.REVEAL, Deed.SAVE_AS})

_NAMES = {
    Deed.CANCEL: ("cancelJob", "clear", ""),
    Deed.RETRY: ("retryJob", "retry", ""),
    Deed.RESOLVE: ("resolveJob", "doubt", ""),
    Deed.LOAD: ("loadSettings", "load-settings", "R"),
    Deed.STAR: ("starJob", "star", "S"),
    Deed.REJECT: ("rejectJob", "reject", "X"),
    Deed.REVEAL: ("revealFile", "open", ""),
    Deed.SAVE_AS: ("saveFileAs", "save", ""),
    Deed.COPY_DETAILS: ("copyJobDetails", "copy", ""),
    Deed.DELETE: ("deleteJob", "delete", "Del"),
}


@dataclass(frozen=True, slots=True)
class JobAction:
    """One thing to do with the jobs it was made for.

    ``name`` and "Button" or "Action" make the objectName. ``hint`` says what it does, or why it
    cannot be done. ``key`` is for the tooltip; whoever has the focus carries it out. ``spends``
    says that it costs money, which the label then names and nobody may leave out.
    """

    deed: Deed
    name: str
    label: str
    hint: str
    icon: str
    key: str
    is_enabled: bool
    spends: bool
    run: Callable[[], None]


class JobActions(QObject):
    """Makes the actions. ``carry_out`` does a deed with those of the jobs that allow it."""

    def __init__(
        self,
        tags: PriceTags,
        carry_out: Callable[[Deed, tuple[Job, ...]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tags = tags
        self._carry_out = carry_out

    def of(self, jobs: tuple[Job, ...]) -> tuple[JobAction, ...]:
        """All actions, in the order of the menu, for the jobs that are selected."""
        return tuple(self._action(deed, jobs) for deed in Deed)

    def one(self, deed: Deed, jobs: tuple[Job, ...]) -> JobAction:
        """One of them."""
        return self._action(deed, jobs)

    def _action(self, deed: Deed, jobs: tuple[Job, ...]) -> JobAction:
        able = tuple(job for job in jobs if why_not(deed, job) is None)
        reason = self._reason(deed, jobs, able)
        name, icon, key = _NAMES[deed]
        hint = self._why_not(reason) if reason is not None else self._hint(deed, able)
        return JobAction(
            deed=deed,
            name=name,
            label=self._label(deed, able),
            hint=hint,
            icon=icon,
            key=key,
            is_enabled=reason is None,
            spends=any(spends(deed, job) for job in able),
            run=partial(self._carry_out, deed, jobs),
        )

    @staticmethod
    def _reason(deed: Deed, jobs: tuple[Job, ...], able: tuple[Job, ...]) -> WhyNot | None:
        if not jobs:
            return WhyNot.NOTHING_CHOSEN
        if deed in _ALONE and len(jobs) > 1:
            return WhyNot.ONE_AT_A_TIME
        return None if able else why_not(deed, jobs[0])

    def _label(self, deed: Deed, able: tuple[Job, ...]) -> str:
        sent = tuple(job for job in able if spends(deed, job))
        if sent:
            return self.tr("Send · {0}").format(self._tags.cost(sent))
        is_starred, is_rejected = (
            all(job.mark is mark for job in able) for mark in (Mark.STARRED, Mark.REJECTED)
        )
        return {
            Deed.CANCEL: self.tr("Cancel"),
            Deed.RETRY: self.tr("Try again"),
            Deed.RESOLVE: self.tr("Resolve…"),
            Deed.LOAD: self.tr("Load settings"),
            Deed.STAR: self.tr("Take the star back") if is_starred else self.tr("Star"),
            Deed.REJECT: self.tr("Reject no more") if is_rejected else self.tr("Reject"),
            Deed.REVEAL: self.tr("Show in folder"),
            Deed.SAVE_AS: self.tr("Save as…"),
            Deed.COPY_DETAILS: self.tr("Copy details"),
            Deed.DELETE: self.tr("Delete"),
        }[deed]

    def _hint(self, deed: Deed, able: tuple[Job, ...]) -> str:
        if any(spends(deed, job) for job in able):
            return self.tr("Send what was kept. This costs money.")
        return {
            Deed.CANCEL: self.tr("Cancel what is not being made yet"),
            Deed.RETRY: self.tr("Ask and download again. This costs nothing."),
            Deed.RESOLVE: self.tr("Say whether the provider has this request"),
            Deed.LOAD: self.tr("Load these settings into the compose pane"),
            Deed.STAR: self.tr("Mark as one of the best; again takes it back"),
            Deed.REJECT: self.tr("Mark as not wanted; again takes it back"),
            Deed.REVEAL: self.tr("Show the file in its folder"),
            Deed.SAVE_AS: self.tr("Save a copy of the file"),
            Deed.COPY_DETAILS: self.tr("Copy prompt, seed, cost, dates and ids"),
            Deed.DELETE: self.tr("Delete. This can be undone for a while."),
        }[deed]

    def _why_not(self, reason: WhyNot) -> str:
        return {
            WhyNot.NOTHING_CHOSEN: self.tr("Select a card first."),
            WhyNot.ONE_AT_A_TIME: self.tr("Select one card only."),
            WhyNot.ENDED: self.tr("This job has ended. Load its settings to make another."),
            WhyNot.MADE: self.tr("Too late: the clip is made and will arrive."),
            WhyNot.BEING_CANCELLED: self.tr("The provider is being asked to cancel it."),
            WhyNot.IN_DOUBT: self.tr("Nobody knows whether it was sent. Resolve that first."),
            WhyNot.NOT_IN_DOUBT: self.tr("This job is not in doubt."),
            WhyNot.GOES_ON_BY_ITSELF: self.tr("This job goes on by itself."),
            WhyNot.NO_SETTINGS: self.tr("This request was adopted; its settings are not known."),
            WhyNot.NO_FILE: self.tr("There is no file yet."),
            WhyNot.LIVE: self.tr("This job is still under way. Cancel it first."),
        }[reason]
