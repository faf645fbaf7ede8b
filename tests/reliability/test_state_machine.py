"""Any order of clicks, answers, crashes and changes of mind: no bad path through the states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dreamina_desktop.core.answers import Phase
from dreamina_desktop.core.errors import AlreadyFollowedError, StateChangedError
from dreamina_desktop.core.job import FINAL, Job, JobState, may_become
from dreamina_desktop.jobs.commands import ID_UNPROVED
from dreamina_desktop.jobs.lifecycle import is_waiting
from dreamina_desktop.store.job_trail import trails
from tests.reliability.fake_provider import CrashError, FakeProvider, Weather
from tests.reliability.job_bench import Bench, Fuse, stale
from tests.reliability.tally import Tally

_MEMORY = Path("/dev/shm")
_MOST = 6
_picks = st.integers(0, 7)
_weather = st.sampled_from((*Weather, *[Weather.GOOD] * 12))
_fuses = st.tuples(st.sampled_from((*Fuse, *[Fuse.NONE] * 4)), st.integers(0, 1))
type _Deed = tuple[Weather, bool, tuple[Fuse, int]]
_deeds = st.tuples(_weather, st.sampled_from((True, False, False)), _fuses)
"""One step: how its call ends, whether the user cancels meanwhile in another process, the fuse."""


def _some(*states: JobState) -> Callable[[JobMachine], bool]:
    """Whether there is a row in one of the states; any row, if none is named."""
    return lambda machine: any(not states or row.state in states for row in machine.now)


class JobMachine(RuleBasedStateMachine):
    """One profile, its user, its provider, and everything that may go wrong."""

    fell: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        # Nobody cuts this machine's power: what counts here is the order, not the disk.
        self.folder = Path(mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
        self.provider = FakeProvider(self._sent, self._meanwhile)
        self.bench = Bench(self.folder, self.provider)
        self.words: Counter[str] = Counter()
        self.paid: Counter[tuple[str, int]] = Counter()
        self.renounced: set[str] = set()
        self.kept: dict[str, str] = {}
        self.seen: Job | None = None
        self.now: tuple[Job, ...] = ()
        self.current: Job | None = None
        self.wish = False
        self.clicks = 0

    def teardown(self) -> None:
        try:
            self._come_home()
        finally:
            self.bench.close()
            rmtree(self.folder)

    # ---- what happens ----------------------------------------------------------------------

    @precondition(lambda self: len(self.now) < _MOST)
    @rule(elsewhere=st.booleans(), double=st.booleans())
    def click(self, elsewhere: bool, double: bool) -> None:
        for other in (elsewhere, not elsewhere)[: 1 + double]:
            self.bench.click(f"click {self.clicks}", elsewhere=other)
            self.clicks += 1

    @precondition(lambda self: len(self.now) < _MOST)
    @rule(deeds=st.lists(_deeds, min_size=1, max_size=5), goes_on=st.booleans())
    def click_and_work(self, deeds: list[_Deed], goes_on: bool) -> None:
        """A click that the engine takes at once, as far as it gets."""
        job = self.bench.click(f"click {self.clicks}")
        self.clicks += 1
        self._work(job, deeds, goes_on)

    @precondition(lambda self: any(not is_waiting(row) for row in self._live()))
    @rule(pick=_picks, deeds=st.lists(_deeds, min_size=1, max_size=4), goes_on=st.booleans())
    def work(self, pick: int, deeds: list[_Deed], goes_on: bool) -> None:
        ready = self.bench.ready()
        self._work(ready[pick % len(ready)], deeds, goes_on)

    def _work(self, job: Job, deeds: list[_Deed], goes_on: bool) -> None:
        """Steps of one job; ``goes_on``: so does the provider, with what it has of it."""
        for weather, wish, fuse in deeds:
            self.current = row = self.bench.jobs.get(job.id)
            if row.state in FINAL or is_waiting(row):
                return
            request = self.provider.requests.get(row.request_id or "")
            if goes_on and request is not None and request.phase is Phase.QUEUED:
                request.phase = Phase.COMPLETED
            self.wish = wish
            before = len(self.provider.requests)
            with self._fused(fuse):
                self.bench.step(row, weather)
            self.wish = False
            for taken in list(self.provider.requests.values())[before:]:
                self.paid[taken.prompt, self.words[taken.prompt]] += 1
            self.all_promises_are_kept()

    def _live(self) -> list[Job]:
        return [row for row in self.now if row.state not in FINAL]

    @contextmanager
    def _fused(self, fuse: tuple[Fuse, int]) -> Iterator[None]:
        self.bench.receipts.fuse, self.bench.receipts.spare = fuse
        yield
        self.bench.receipts.fuse, self.bench.receipts.spare = Fuse.NONE, 0

    @rule()
    def crash(self) -> None:
        self.bench.crash()

    @rule(seconds=st.sampled_from((1, 60, 3600, 86400)))
    def time_passes(self, seconds: int) -> None:
        self.bench.clock.seconds += seconds

    @precondition(lambda self: self.provider.requests)
    @rule(
        pick=_picks,
        phase=st.sampled_from((Phase.RUNNING, Phase.COMPLETED, Phase.COMPLETED, Phase.FAILED)),
        expires=st.booleans(),
    )
    def the_provider_goes_on(self, pick: int, phase: Phase, expires: bool) -> None:
        """``expires``: the address of a clip that was made."""
        requests = list(self.provider.requests.values())
        request = requests[-1 - pick % len(requests)]
        if request.phase in (Phase.QUEUED, Phase.RUNNING):
            request.phase = phase
        elif expires:
            request.fresh += 1

    @precondition(_some())
    @rule(pick=_picks, elsewhere=st.booleans(), lets_go=st.booleans())
    def the_user_cancels_or_lets_go(self, pick: int, elsewhere: bool, lets_go: bool) -> None:
        row = self.now[pick % len(self.now)]
        commands = self.bench.commands(elsewhere=elsewhere)
        if not lets_go:
            commands.cancel(row.id)
        elif row.hold is not None or row.resting:
            commands.release(row)

    @precondition(_some(JobState.UNKNOWN))
    @rule(pick=_picks, double=st.booleans(), fuse=_fuses)
    def the_user_says_send_again(self, pick: int, double: bool, fuse: tuple[Fuse, int]) -> None:
        row = self._doubtful(pick)
        prompt = self._prompt(row)
        with self._fused(fuse):
            try:
                self.bench.commands().send_again(row.id)
            except CrashError:
                self.bench.crash()
                return
        self.words[prompt] += 1
        self.renounced |= {request.id for request in self.provider.of(prompt)}
        if double:
            with pytest.raises(StateChangedError):
                self.bench.commands(elsewhere=True).send_again(row.id)

    @precondition(_some(JobState.UNKNOWN))
    @rule(pick=_picks, which=st.sampled_from(("own", "other", "nonsense")), double=st.booleans())
    def the_user_adopts(self, pick: int, which: str, double: bool) -> None:
        row = self._doubtful(pick)
        own = self.provider.of(self._prompt(row))
        known = own if which == "own" else list(self.provider.requests.values())
        request_id = known[pick % len(known)].id if known and which != "nonsense" else "nonsense"
        for other in (False, True)[: 1 + double]:
            try:
                self.bench.commands(elsewhere=other).adopt(request_id, row.id)
            except AlreadyFollowedError:
                continue
            if request_id not in {one.id for one in own}:
                self.renounced |= {one.id for one in own}

    @rule(double=st.booleans())
    def the_user_adopts_from_elsewhere(self, double: bool) -> None:
        request = self.provider.take("made on the web page")
        jobs = [
            self.bench.commands(elsewhere=other).adopt(request.id)
            for other in (False, True)[: 1 + double]
        ]
        assert len({job.id for job in jobs}) == 1

    @precondition(_some())
    @rule(pick=_picks)
    def another_process_looks(self, pick: int) -> None:
        if self.seen is not None:
            stale(self.bench.elsewhere, self.seen)
        self.seen = self.bench.elsewhere.get(self.now[pick % len(self.now)].id)

    # ---- what must be true -----------------------------------------------------------------

    @invariant()
    def all_promises_are_kept(self) -> None:
        moves = self.bench.moves()
        assert [pair for pair in moves if not may_become(*pair)] == [], "not in the table"
        assert [one for one, times in self.paid.items() if times > 1] == [], "paid twice"
        self.now = rows = self.bench.rows()
        self._nothing_paid_is_lost({self._prompt(row): row for row in rows})
        trail_of = trails(self.bench.receipts.read())
        for row in rows:
            self._an_id_on_disk_stays_there(row)
            self._what_is_done_is_there(row)
            self._receipts_agree(row, trail_of.get(row.id))

    def _nothing_paid_is_lost(self, rows: dict[str, Job]) -> None:
        for request in self.provider.requests.values():
            row = rows.get(request.prompt)
            if request.id in self.renounced or row is None:
                continue
            doubt = row.state in (JobState.UNKNOWN, JobState.SUBMITTING)
            assert doubt or row.request_id == request.id, (request, row)

    def _an_id_on_disk_stays_there(self, row: Job) -> None:
        known = self.kept.get(row.id)
        assert known is None or row.request_id == known
        if row.request_id in self.provider.requests and row.error != ID_UNPROVED:
            self.kept[row.id] = row.request_id

    def _what_is_done_is_there(self, row: Job) -> None:
        if row.state is JobState.DONE:
            assert row.request_id is not None
            clip = self.provider.requests[row.request_id].clip
            assert row.file is not None
            assert Path(row.file).read_bytes() == clip
            assert row.clips[0].sha256 == sha256(clip).hexdigest()

    @staticmethod
    def _receipts_agree(row: Job, trail: Job | None) -> None:
        if row.request_id is not None:
            assert trail is not None
            assert trail.request_id == row.request_id
        if row.state in FINAL:
            assert trail is not None
            assert trail.state is row.state
        if row.state is JobState.UNKNOWN:
            assert trail is not None
            assert trail.request_id is None

    # ---- the rest --------------------------------------------------------------------------

    def _sent(self, prompt: str) -> None:
        """The intent is on disk when the request comes."""
        assert self.current is not None
        assert self.bench.elsewhere.get(self.current.id).state is JobState.SUBMITTING
        assert self.bench.attempts()[prompt] > self.provider.posts[prompt]

    def _meanwhile(self) -> None:
        if self.wish and self.current is not None:
            self.wish = False
            self.bench.commands(elsewhere=True).cancel(self.current.id)

    def _doubtful(self, pick: int) -> Job:
        rows = [row for row in self.now if row.state is JobState.UNKNOWN]
        return rows[pick % len(rows)]

    @staticmethod
    def _prompt(row: Job) -> str:
        return row.spec.prompt if row.spec is not None else ""

    def _come_home(self) -> None:
        """The trouble is over, and the user looks at the provider's own list."""
        for request in self.provider.requests.values():
            if request.phase in (Phase.QUEUED, Phase.RUNNING):
                request.phase = Phase.COMPLETED
        for _ in range(60):
            self.bench.clock.seconds += 60
            rows = self.bench.rows()
            if all(row.state in FINAL for row in rows):
                break
            for row in rows:
                if row.state is JobState.UNKNOWN:
                    self._say(row)
                elif row.state not in FINAL and (row.hold is not None or row.resting):
                    self.bench.commands().release(row)
            ready = self.bench.ready()
            for job in ready:
                self.current = self.bench.jobs.get(job.id)
                self.bench.step(self.current, Weather.GOOD)
            for request in self.provider.requests.values():
                if request.phase is Phase.QUEUED:
                    request.phase = Phase.COMPLETED
        rows = self.bench.rows()
        assert [row for row in rows if row.state not in FINAL] == []
        self.all_promises_are_kept()
        self.fell.update(row.state.value for row in rows)

    def _say(self, row: Job) -> None:
        there = [
            request.id
            for request in self.provider.of(self._prompt(row))
            if request.id not in self.renounced and self.bench.jobs.by_request(request.id) is None
        ]
        if there:
            self.bench.commands().adopt(there[0], row.id)
        else:
            self.renounced |= {request.id for request in self.provider.of(self._prompt(row))}
            self.words[self._prompt(row)] += 1
            self.bench.commands().send_again(row.id)


@pytest.fixture
def _counted() -> Iterator[None]:
    JobMachine.fell = Counter()
    yield
    JobMachine.fell = Counter()


@pytest.mark.timeout(3600)
@pytest.mark.promise(4, short=200, long=5000)
@pytest.mark.usefixtures("_counted")
def test_no_bad_path_through_the_states(tally: Tally) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        JobMachine,
        settings=settings(
            max_examples=tally.trials,
            # The long run looks further.
            stateful_step_count=30 if tally.is_long else 14,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for state, times in JobMachine.fell.items():
        tally.fell(state, times)
