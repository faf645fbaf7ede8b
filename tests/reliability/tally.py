"""How many trials a promise gets, and what fell out."""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one test of one row found; a line of the page that the long run writes.

    ``part`` names the test in words, ``seconds`` is how long it took, ``when`` an ISO date.
    """

    row: int
    part: str
    test: str
    trials: int
    fell_out: dict[str, int]
    passed: bool
    seconds: float
    when: str


class Tally:
    """One test's share of a promise. ``trials`` is what it has to run, short or long."""

    def __init__(self, row: int, test: str, trials: int, *, is_long: bool = False) -> None:
        self.row = row
        self.trials = trials
        self.is_long = is_long
        self._test = test
        self._fell_out: Counter[str] = Counter()
        self._ran: int | None = None
        self._begun = time.monotonic()

    def fell(self, what: str, times: int = 1) -> None:
        """Count one more that ended so, in a few words: ``done``, ``unknown``, ``not sent``."""
        self._fell_out[what] += times

    def ran(self, trials: int) -> None:
        """How many there were, where that is for the test to find out (all of something)."""
        self._ran = trials

    def keep(self, folder: Path, *, passed: bool) -> None:
        """Write the outcome to ``folder`` for the page."""
        name = self._test.rsplit("::", 1)[-1]
        outcome = Outcome(
            row=self.row,
            part=name.removeprefix("test_").replace("_", " "),
            test=self._test,
            trials=self.trials if self._ran is None else self._ran,
            fell_out=dict(sorted(self._fell_out.items())),
            passed=passed,
            seconds=time.monotonic() - self._begun,
            when=time.strftime("%Y-%m-%d"),
        )
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.row:02}-{name.replace('/', '_')}.json"
        path.write_text(json.dumps(asdict(outcome), indent=1), "utf-8")
