"""Where one job stands between two of its steps: what only memory needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from dreamina_desktop.core.errors import DiskError, DownloadError, ProviderTroubleError
from dreamina_desktop.core.polling import PollingRules, after_refusal, at, back_off
from dreamina_desktop.core.ports import Clock

DISK_LONGEST = 5.0
"""Seconds until a disk is tried again: asking it troubles nobody, and somebody is waiting."""


@dataclass(slots=True)
class Course:
    """Counters of one job in this process; lost at its end without harm.

    ``asked`` polls since the job came to the provider, ``last_turn`` when its last request ended
    (monotonic), ``failures`` in a row, ``missing`` times in a row, and since when (monotonic),
    that no such request was known, ``refused`` results in a row, ``broken`` downloads in a row
    that were no clip, ``undelivered`` ones that failed in another way at one result's addresses.
    ``unhosted`` times in a row that a bucket did not take its picture.
    ``heard`` counts what was answered or failed: a step that leaves it as it was asked nobody.
    ``sending`` is true from just before a submit leaves until its end is on disk. ``told_until``
    is when a wait ends that the provider asked for, by the wall's clock. ``woken`` is true
    from the end of a sleep until the next answer; ``asking`` while a question waits for its turn
    or its answer, which can be asked again without harm.
    """

    rules: PollingRules
    chance: Callable[[], float]
    clock: Clock
    asked: int = 0
    last_turn: float = 0.0
    failures: int = 0
    missing: int = 0
    missing_since: float = 0.0
    refused: int = 0
    broken: int = 0
    undelivered: int = 0
    unhosted: int = 0
    heard: int = 0
    sending: bool = False
    asking: bool = False
    woken: bool = False
    told_until: datetime | None = None

    def wait_after(self, error: Exception) -> float:
        """Seconds until the next try after one more failure."""
        self.failures += 1
        self.heard += 1
        self.last_turn = self.clock.monotonic()
        if isinstance(error, ProviderTroubleError | DownloadError):
            told = error.retry_after
            wait = after_refusal(self.rules, self.failures, self.chance(), told)
            self.told_until = None if told is None else at(self.clock.now(), wait)
            return wait
        wait = back_off(self.rules, self.failures, self.chance())
        return min(wait, DISK_LONGEST) if isinstance(error, DiskError) else wait

    def succeeded(self) -> None:
        """An answer came: the next failure is the first again."""
        self.failures = 0
        self.heard += 1
        self.last_turn = self.clock.monotonic()
        self.told_until = None
        self.woken = False

    def wake(self) -> float:
        """What was counted before does not count now; seconds that must still be waited.

        Those are what is left by the wall's clock of a wait that the provider asked for.
        """
        self.failures = self.missing = self.unhosted = 0
        self.woken = True
        if self.told_until is None:
            return 0.0
        return max(0.0, (self.told_until - self.clock.now()).total_seconds())

    @contextmanager
    def question(self) -> Iterator[None]:
        """As long as a request takes that can be given up and sent again."""
        self.asking = True
        try:
            yield
        finally:
            self.asking = False
