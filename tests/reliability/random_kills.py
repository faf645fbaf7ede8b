"""Trials that are killed at random: many side by side, each with a profile of its own.

A batch lives through four acts. The clicks, under trouble, killed at random, resumed and killed
again. A look at what lies on disk, when nothing is under way any more. What the user says about
each doubt, under trouble again and killed again. Then quiet, in which everything must come home.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import rmtree

from tests.practice_server import LedgerRow, Settings
from tests.reliability.desk import Desk, Running
from tests.reliability.forked import Host
from tests.reliability.homecoming import accepted, check_home, last_word, look_and_say, resume
from tests.reliability.patience import eventually, side_by_side
from tests.reliability.providers import Provider
from tests.reliability.rows import Row

HASTE = 0.8
"""Seconds that a client waits for an answer while there is trouble."""

_MEASURED = 4
_LONGEST_LIFE = 5.0


@dataclass(slots=True)
class Trial:
    """One profile and what happens to it. ``double``: everything is said twice at once."""

    name: str
    desk: Desk
    dice: random.Random
    double: bool
    fell: Counter[str] = field(default_factory=Counter)

    @property
    def prompts(self) -> tuple[str, ...]:
        """One a click."""
        return (f"{self.name} left", f"{self.name} right") if self.double else (self.name,)


class Batch:
    """Trials at one provider, which has ``trouble``; ``doubles`` is their share that is double."""

    def __init__(
        self,
        server: Provider,
        host: Host | None,
        folder: Path,
        picture: Path,
        trouble: Settings,
        doubles: float = 0.0,
    ) -> None:
        self._server = server
        self._host = host
        self._folder = folder
        self._picture = picture
        self._trouble = trouble
        self._doubles = doubles
        self._life = _LONGEST_LIFE

    def run(self, name: str, count: int) -> Counter[str]:
        """Run so many trials; how they fell out. Fails with the first that broke a promise."""
        trials = [self._trial(f"{name}-{number}") for number in range(count)]
        self._measure(name)
        self._each(trials, self._click)
        self._settle(trials)
        self._each(trials, self._look)
        self._begin_trouble()
        self._each(trials, self._say)
        self._settle(trials)
        self._each(trials, self._look)
        self._each(trials, self._come_home)
        rmtree(self._folder)
        return sum((trial.fell for trial in trials), Counter())

    def _trial(self, name: str, *, double: bool | None = None) -> Trial:
        dice = random.Random(name)
        desk = Desk(self._folder / name, self._server, self._host, str(self._picture))
        return Trial(name, desk, dice, dice.random() < self._doubles if double is None else double)

    def _each(self, trials: list[Trial], act: Callable[[Trial], None]) -> None:
        tasks: Mapping[str, Callable[[], None]] = {
            trial.name: partial(act, trial) for trial in trials
        }
        for name, ended in side_by_side(tasks).items():
            error = ended.exception()
            if error is not None:
                error.add_note(f"in trial {name}")
                raise error

    def _begin_trouble(self) -> None:
        self._server.trouble(**self._trouble)

    def _measure(self, name: str) -> None:
        """How long an undisturbed life lasts under this trouble: kills fall anywhere in it."""
        self._begin_trouble()
        lives: list[float] = []

        def live(trial: Trial) -> None:
            began = time.monotonic()
            command = self._start(trial, "generate", trial.name)
            eventually(
                lambda: not command.is_running or time.monotonic() - began > _LONGEST_LIFE,
                "the end of a life",
            )
            command.kill()
            lives.append(time.monotonic() - began)

        # The first of all finds a provider that is not warm yet.
        for count in (1, _MEASURED):
            lives.clear()
            names = [f"{name}-measured-{count}-{one}" for one in range(count)]
            self._each([self._trial(one, double=False) for one in names], live)
        self._life = statistics.median(lives)

    def _start(self, trial: Trial, word: str, *rest: str) -> Running:
        desk = trial.desk
        desk.patience = HASTE
        if word == "generate":
            return desk.generate(prompt=rest[0])
        return desk.start(word, *rest, "--json")

    def _killed(self, trial: Trial, *commands: Running) -> None:
        """Kill each at a moment of its own, if it has not come to its end."""
        now = time.monotonic()
        ends = [now + trial.dice.uniform(0, self._life) for _ in commands]
        for end, command in sorted(zip(ends, commands, strict=True), key=lambda pair: pair[0]):
            while command.is_running and time.monotonic() < end:
                time.sleep(min(0.01, max(0.0, end - time.monotonic())))
            trial.fell["kills"] += command.is_running
            command.kill()

    def _click(self, trial: Trial) -> None:
        self._killed(trial, *(self._start(trial, "generate", prompt) for prompt in trial.prompts))
        for _ in range(trial.dice.choice((0, 1, 1, 2))):
            self._killed(trial, *(self._start(trial, "resume") for _ in trial.prompts))

    def _say(self, trial: Trial) -> None:
        """The user's word about a doubt; otherwise the work goes on, and is killed again."""
        doubts = [row for row in trial.desk.rows.settled() if row.state == "unknown"]
        for row in doubts:
            words = last_word(trial.desk, row.id, row.prompt)
            trial.fell["adopted" if words[0] == "adopt" else "sent again"] += 1
            # Said twice, "send again" could be a second word about a second doubt.
            twice = trial.double and words[0] == "adopt"
            self._killed(trial, *(self._start(trial, *words) for _ in range(1 + twice)))
        if not doubts:
            self._killed(trial, self._start(trial, "resume"))

    def _settle(self, trials: list[Trial]) -> None:
        """After this nothing is under way: what a dead client sent is taken, or never will be."""
        self._server.trouble(**_QUIET)
        self._server.restart()
        for trial in trials:
            trial.desk.patience = None

    def _look(self, trial: Trial) -> None:
        """What is on disk before anybody mends it."""
        _check_disk(trial, "submitting")

    def _come_home(self, trial: Trial) -> None:
        desk = trial.desk
        jobs = resume(desk)
        _check_disk(trial)
        for job in jobs:
            if job["state"] != "unknown":
                continue
            prompt: str = job["prompt"]
            trial.fell["adopted" if accepted(desk.server, prompt) else "sent again"] += 1
            if trial.double:
                words = last_word(desk, job["job_id"], prompt)
                for command in [desk.start(*words, "--json") for _ in range(2)]:
                    command.end()
            else:
                look_and_say(desk, job, prompt)
        jobs = desk.say("jobs").json
        check_home(desk, *jobs)
        trial.fell["done"] += len(jobs)
        trial.fell["killed before it was a job"] += len(trial.prompts) - len(jobs)
        desk.__exit__()


_QUIET: Settings = {"frames_override": 3, "workers": 4, "record": False, "queue_seconds": 0}


def _check_disk(trial: Trial, *other_doubts: str) -> None:
    """Every accepted request is known here, or its click is in doubt; and none was paid twice."""
    rows = {row.prompt: row for row in trial.desk.rows.settled()}
    receipts = trial.desk.profile / "receipts.jsonl"
    noted = receipts.read_bytes() if receipts.exists() else b""
    for prompt in trial.prompts:
        paid = accepted(trial.desk.server, prompt)
        assert len(paid) <= 1, f"paid twice: {paid}"
        row = rows.get(prompt)
        for one in paid:
            assert _is_known(one, row, other_doubts) or _id(one) in noted, f"lost: {one} {row}"


def _is_known(paid: LedgerRow, row: Row | None, other_doubts: tuple[str, ...]) -> bool:
    if row is None:
        return False
    return row.request_id == paid.request_id or row.state in ("unknown", *other_doubts)


def _id(paid: LedgerRow) -> bytes:
    assert paid.request_id is not None
    return paid.request_id.encode("ascii")
