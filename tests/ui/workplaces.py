"""A profile on a practice server, as the window's job thread works with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject

from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.job import Job
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.ui.job_events import AccountKnown, WorkFailed
from dreamina_desktop.ui.job_thread import JobThread
from tests.practice_server import PracticeServer

SAMPLE = resource(SAMPLE_PICTURE)


def a_profile(folder: Path, server: PracticeServer, key: str | None = None) -> Profile:
    """``key`` None is the server's own."""
    environment = {"RUNCOMFY_API_TOKEN": server.key if key is None else key}
    return Profile(Options(folder, server.url), environment)


def a_take(profile: Profile, folder: Path, prompt: str = "Steam rises.") -> Job:
    """A PREPARED row of the sample picture."""
    request = TakeRequest(
        str(SAMPLE), PillowPreparer(profile.spec).prepare(SAMPLE), prompt, 121, 7, str(folder)
    )
    return profile.preparation.prepare(request)


@dataclass
class Heard:
    """What a thread's signals carried, in the GUI thread."""

    events: list[object] = field(default_factory=list)
    accounts: list[AccountKnown] = field(default_factory=list)
    failures: list[WorkFailed] = field(default_factory=list)
    began: int = 0


class Listener(QObject):
    """Connected to everything that a job thread tells."""

    def __init__(self, thread: JobThread) -> None:
        super().__init__()
        self.heard = Heard()
        thread.event_arrived.connect(self._on_event)
        thread.account_known.connect(self._on_account)
        thread.work_failed.connect(self._on_failed)
        thread.work_began.connect(self._on_began)

    def _on_event(self, event: object) -> None:
        self.heard.events.append(event)

    def _on_account(self, known: AccountKnown) -> None:
        self.heard.accounts.append(known)

    def _on_failed(self, failed: WorkFailed) -> None:
        self.heard.failures.append(failed)

    def _on_began(self) -> None:
        self.heard.began += 1


type Open = Callable[[Profile], tuple[JobThread, Heard, Workplace]]
