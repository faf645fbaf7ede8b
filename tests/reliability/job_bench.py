"""One profile on which single steps of the engine are taken by hand, and which may crash."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from dreamina_desktop.core.errors import (
    DownloadError,
    KeyMissingError,
    StateChangedError,
    WireError,
)
from dreamina_desktop.core.job import FINAL, Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.hosting.public_url import PublicUrlHost
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.lifecycle import Lifecycle, is_waiting
from dreamina_desktop.jobs.preparation import new_job_id
from dreamina_desktop.jobs.recovery import recover
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from dreamina_desktop.store.database import Database
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import make_ready
from dreamina_desktop.store.receipt import Receipt
from dreamina_desktop.store.receipts import Receipts
from tests.reliability.fake_provider import CrashError, FakeProvider, Weather

REALM = "test"
_RULES = PollingRules(requests_per_second=1000, missing_told=0, missing_hinted=0)


class HandClock:
    """Both clocks stand still until they are set forward."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


class Fuse(StrEnum):
    """Where the process dies when it writes its next receipt."""

    NONE = "none"
    BEFORE = "before the receipt"
    AFTER = "after the receipt, before the row"


class FusedReceipts(Receipts):
    """The real ones, with a fuse that burns once."""

    fuse = Fuse.NONE
    spare = 0
    """So many receipts are written before it burns."""

    def append(self, receipt: Receipt) -> None:
        fuse = Fuse.NONE
        if self.spare > 0:
            self.spare -= 1
        else:
            fuse, self.fuse = self.fuse, Fuse.NONE
        if fuse is Fuse.BEFORE:
            raise CrashError
        super().append(receipt)
        if fuse is Fuse.AFTER:
            raise CrashError


class Bench:
    """The holder's process, and another one on the same profile (``elsewhere``)."""

    def __init__(self, folder: Path, provider: FakeProvider) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.clips = folder / "clips"
        self.clips.mkdir()
        self._provider = provider
        self._dice = random.Random(0)
        self._runner = asyncio.Runner()
        self._begin()

    def close(self) -> None:
        self._runner.close()
        self._end()

    def crash(self) -> None:
        """End both processes, and begin anew as the next holder does."""
        self._end()
        self._begin()

    def _begin(self) -> None:
        make_ready(self.folder, self.clock, holder=True)
        self._databases = [Database(self.folder / "dreamina.sqlite") for _ in range(2)]
        self.receipts = FusedReceipts(self.folder)
        self.jobs = SqliteJobRepository(self._databases[0], self.receipts, self.clock)
        self.elsewhere = SqliteJobRepository(self._databases[1], Receipts(self.folder), self.clock)
        for database in self._databases:
            _watch(database)
        self._courses: dict[str, Course] = {}
        recover(self.jobs, REALM, self.clock.now())

    def _end(self) -> None:
        self.jobs.close()
        self.elsewhere.close()

    def commands(self, *, elsewhere: bool = False) -> Commands:
        """What the user says, in either process."""
        return Commands(
            repository=self.elsewhere if elsewhere else self.jobs,
            clock=self.clock,
            realm=REALM,
            draw=self._dice.randrange,
            ring=lambda: None,
        )

    def click(self, prompt: str, *, elsewhere: bool = False) -> Job:
        """A row that may be sent."""
        now = self.clock.now()
        picture = SentPicture("https://p.example/a.png", address="https://p.example/a.png")
        job = Job(
            id=new_job_id(int(now.timestamp() * 1000), self._dice.randrange),
            state=JobState.PREPARED,
            realm=REALM,
            created=now,
            changed=now,
            folder=str(self.clips),
            spec=JobSpec("model", prompt, 121, 7, picture),
        )
        (self.elsewhere if elsewhere else self.jobs).add(job)
        return job

    def rows(self) -> tuple[Job, ...]:
        """All, oldest first."""
        return self.jobs.all(include_deleted=True)[::-1]

    def ready(self) -> list[Job]:
        """What the engine would take a step of, did it not wait for the clock."""
        return [
            job
            for job in self.jobs.unfinished(REALM)
            if job.state not in FINAL and not is_waiting(job)
        ]

    def step(self, job: Job, weather: Weather) -> bool:
        """One step of one job, as the engine takes it; False when the process died of it."""
        self._provider.weather = weather
        course = self._courses.setdefault(job.id, Course(_RULES, lambda: 0.5, self.clock))
        try:
            self._runner.run(self._lifecycle().step(job, course, 1))
        except CrashError:
            self.crash()
            return False
        except (StateChangedError, WireError, DownloadError, KeyMissingError):
            pass
        except RuntimeError:
            assert weather is Weather.BUG
        finally:
            self._provider.weather = Weather.GOOD
        return True

    def moves(self) -> list[tuple[JobState, JobState]]:
        """All changes of state that were committed since the last look, by either process."""
        found = []
        for database in self._databases:
            with database.writing() as connection:
                rows = connection.execute("SELECT before, after FROM temp.moves").fetchall()
                connection.execute("DELETE FROM temp.moves")
            found += [(JobState(row["before"]), JobState(row["after"])) for row in rows]
        return found

    def attempts(self) -> Counter[str]:
        """How many each click has on disk, read past the program."""
        path = self.folder / "dreamina.sqlite"
        query = (
            "SELECT prompt, count(*) FROM attempts JOIN jobs ON jobs.id = attempts.job_id"
            " GROUP BY prompt"
        )
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            return Counter(dict(connection.execute(query).fetchall()))

    def _lifecycle(self) -> Lifecycle:
        gate = RequestGate(self.clock, _RULES.requests_per_second)
        repository, clock, provider = self.jobs, self.clock, self._provider
        return Lifecycle(
            repository,
            Submitting(
                repository=repository,
                api=provider,
                host=PublicUrlHost(),
                clock=clock,
                gate=gate,
                changed=_nobody,
                tell=_nobody,
            ),
            Asking(repository=repository, api=provider, clock=clock, gate=gate, changed=_nobody),
            Fetching(
                repository=repository,
                downloader=provider,
                media=LocalMediaFiles(self.folder, self.clips),
                check=provider,
                gate=gate,
                changed=_nobody,
            ),
        )


def _watch(database: Database) -> None:
    """Have each change of a state noted by SQLite itself, in memory: none can pass unseen."""
    with database.writing() as connection:
        connection.execute("CREATE TEMP TABLE moves (before TEXT, after TEXT)")
        connection.execute(
            "CREATE TEMP TRIGGER moved AFTER UPDATE OF state ON main.jobs"
            " WHEN old.state IS NOT new.state"
            " BEGIN INSERT INTO moves VALUES (old.state, new.state); END"
        )


def _nobody(_: object) -> None:
    """Hears what the engine tells."""


def stale(repository: SqliteJobRepository, seen: Job) -> None:
    """Write a row as it was seen before; only to be refused when it has moved on since.

    A submit that came to nothing leads back to the state it left, and has moved it on too.
    """
    row = repository.get(seen.id)
    is_same = (row.state, row.attempts) == (seen.state, seen.attempts)
    try:
        repository.change(seen, replace(seen, word="stale"))
    except StateChangedError:
        assert not is_same
    else:
        assert is_same
