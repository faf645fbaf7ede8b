"""Where one job stands between two of its steps: what only memory needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dreamina_desktop.core.errors import ProviderTroubleError
from dreamina_desktop.core.polling import PollingRules, after_refusal, back_off


@dataclass(slots=True)
class Course:
    """Counters of one job in this process; lost at its end without harm.

    ``asked`` polls since the job came to the provider, ``failures`` in a row, ``missing`` times
    in a row, and since when (monotonic), that no such request was known, ``refused`` results in
    a row, ``broken`` downloads in a row that were no clip. ``sending`` is true from just before
    a submit leaves until its end is on disk. ``told_to_wait`` marks a wait that the provider
    asked for, which waking up does not shorten.
    """

    rules: PollingRules
    chance: Callable[[], float]
    asked: int = 0
    failures: int = 0
    missing: int = 0
    missing_since: float = 0.0
    refused: int = 0
    broken: int = 0
    sending: bool = False
    told_to_wait: bool = False

    def wait_after(self, error: Exception) -> float:
        """Seconds until the next try after one more failure."""
        self.failures += 1
        if isinstance(error, ProviderTroubleError):
            self.told_to_wait = error.retry_after is not None
            return after_refusal(self.rules, self.failures, self.chance(), error.retry_after)
        return back_off(self.rules, self.failures, self.chance())

    def succeeded(self) -> None:
        """An answer came: the next failure is the first again."""
        self.failures = 0
        self.told_to_wait = False
