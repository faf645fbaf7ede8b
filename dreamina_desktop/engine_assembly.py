"""Puts the engine of one profile together, with all that carries its jobs."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dreamina_desktop.core.events import EngineEvent, JobChanged
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.core.ports import Clock
from dreamina_desktop.hosting.inline import InlineHost
from dreamina_desktop.hosting.picture_items import PictureItems
from dreamina_desktop.hosting.public_url import PublicUrlHost
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.jobs.engine import Engine
from dreamina_desktop.jobs.fetching import Fetching
from dreamina_desktop.jobs.hosted_pictures import HostedPictures
from dreamina_desktop.jobs.lifecycle import Lifecycle
from dreamina_desktop.jobs.purse import Purse
from dreamina_desktop.jobs.request_gate import RequestGate
from dreamina_desktop.jobs.submitting import Submitting
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.media_files import LocalMediaFiles

if TYPE_CHECKING:
    from dreamina_desktop.api.client import RunComfyClient
    from dreamina_desktop.api.download import ResultDownloader


@dataclass(frozen=True, slots=True)
class Wire:
    """The two clients of one API: with the key, and without."""

    api: RunComfyClient
    downloader: ResultDownloader


@dataclass(frozen=True, slots=True)
class Ground:
    """What a profile's jobs stand on."""

    repository: SqliteJobRepository
    media: LocalMediaFiles
    clock: Clock
    realm: str
    spec: ModelSpec
    submitted_at_once: int


def assembled(
    ground: Ground,
    wire: Wire,
    gate: RequestGate,
    rules: PollingRules,
    purse: Purse,
    hosted: HostedPictures,
    tell: Callable[[EngineEvent], None],
) -> Engine:
    """An engine that is ready to run; ``hosted`` hears of each job that may have ended."""
    from dreamina_desktop.video.clip import PyAvClipCheck

    repository, clock, media = ground.repository, ground.clock, ground.media

    def say(event: EngineEvent) -> None:
        if isinstance(event, JobChanged):
            hosted.stir()
        tell(event)

    def changed(job_id: str) -> None:
        say(JobChanged(job_id))

    submitting = Submitting(
        repository=repository,
        api=wire.api,
        host=PictureItems(InlineHost(media.picture), PublicUrlHost(), hosted),
        clock=clock,
        gate=gate,
        changed=changed,
        tell=say,
        purse=purse,
        picture_rules=ground.spec.picture_messages(),
    )
    asking = Asking(repository=repository, api=wire.api, clock=clock, gate=gate, changed=changed)
    fetching = Fetching(
        repository=repository,
        downloader=wire.downloader,
        media=media,
        check=PyAvClipCheck(),
        gate=gate,
        changed=changed,
    )
    return Engine(
        repository=repository,
        lifecycle=Lifecycle(repository, submitting, asking, fetching),
        gate=gate,
        clock=clock,
        rules=rules,
        realm=ground.realm,
        submitted_at_once=ground.submitted_at_once,
        chance=random.random,
        tell=say,
    )
