"""The way of one clip from its address to its folder: real downloader, fetching and landing."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.api.transport import TimeOuts
from dreamina_desktop.core.errors import DownloadError, NoSuchJobError
from dreamina_desktop.core.job import FINAL, Clip, ClipKind, Job, JobState
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.jobs.course import Course
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.media_files import LocalMediaFiles
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.video.clip import PyAvClipCheck

_LOOPBACK = "http://127.0.0.1:9"
_IMPATIENT = TimeOuts(connect=5.0, write=5.0, read=0.4)
_MOST_STEPS = 200


class Clocks:
    """The real ones."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return monotonic()


@asynccontextmanager
async def downloading(*, largest: int = 8 * 1024 * 1024) -> AsyncIterator[ResultDownloader]:
    """A downloader that does not wait long; opening one costs more than a download."""
    downloader = ResultDownloader(ApiOrigins.at(_LOOPBACK), time_outs=_IMPATIENT, largest=largest)
    try:
        yield downloader
    finally:
        await downloader.aclose()


class ClipFetch:
    """One profile with one job, whose result is saved. May be opened again, as after a crash."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.folder = base / "clips"
        self.media = LocalMediaFiles(base / "profile", self.folder)
        self.media.usable_folder(self.folder)
        self._clocks = Clocks()
        self._clips: tuple[Clip, ...] = ()
        self.repository: SqliteJobRepository = open_jobs(
            base / "profile", self._clocks, holder=True
        )[0]

    def close(self) -> None:
        self.repository.close()

    @property
    def job(self) -> Job:
        return self.repository.get("job")

    def order(self, address: str) -> None:
        """A job whose result names that address; nothing when there is one already."""
        self._clips = (Clip(0, ClipKind.VIDEO, address),)
        with suppress(NoSuchJobError):
            self.repository.get("job")
            return
        now = self._clocks.now()
        job = Job(
            "job", JobState.QUEUED, "test", now, now, request_id="r-1", folder=str(self.folder)
        )
        self.repository.add(job)
        saved = replace(job, state=JobState.RESULT_SAVED, result="{}", completed=now)
        self.repository.change(job, replace(saved, clips=self._clips))

    async def fetch(self, downloader: ResultDownloader, until_step: int = _MOST_STEPS) -> int:
        """Try until it is done, or ``until_step`` tries are over; how many it took.

        A fresh address is the old one here. Only what the engine knows how to handle may be raised.
        """
        rules = PollingRules()
        fetching = Fetching(
            repository=self.repository,
            downloader=downloader,
            media=self.media,
            check=PyAvClipCheck(),
            gate=RequestGate(self._clocks, 10_000),
            changed=lambda _: None,
        )
        course = Course(rules, random.random, self._clocks)
        for step in range(1, until_step + 1):
            job = self.job
            if job.state in FINAL:
                return step - 1
            if job.resting:
                job = self._say(job, resting=False, asked_again=0)
            if job.state is JobState.QUEUED:
                job = self._say(job, state=JobState.RESULT_SAVED, clips=self._clips)
            # The engine waits and tries again.
            with suppress(DownloadError):
                await fetching.fetch(job, course)
            self.check_files()
        return until_step

    def check_files(self, digests: frozenset[str] | None = None) -> None:
        """Whatever is in the folder has the digest that its row has, or one of ``digests``."""
        for path in self.folder.iterdir():
            found = sha256(path.read_bytes()).hexdigest()
            assert found in (digests or {clip.sha256 for clip in self.job.clips}), path

    def _say(self, job: Job, **changes: object) -> Job:
        return self.repository.change(job, replace(job, **changes))  # type: ignore[arg-type]
