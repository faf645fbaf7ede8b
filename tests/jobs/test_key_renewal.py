"""A key that was refused, and another one that somebody keeps meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dreamina_desktop.cli.key import set_key
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.events import EngineEvent, SendingHeld
from dreamina_desktop.core.job import Hold, Job, JobState
from dreamina_desktop.jobs.key_renewal import KeyRenewal
from dreamina_desktop.store.key_sources import KeySources
from dreamina_desktop.words import Phrasebook
from tests.practice_server import PracticeServer
from tests.ui.workplaces import a_take

OLD = "refused-key-0815"


@dataclass(slots=True)
class Drawer:
    """A keyring that two processes share."""

    kept: str | None = OLD
    reads: int = 0
    jammed: bool = False

    def read(self) -> str | None:
        self.reads += 1
        if self.jammed:
            raise KeyringError("no_answer")
        return self.kept

    def save(self, key: str) -> None:
        self.kept = key

    def forget(self) -> None:
        self.kept = None


def of(folder: Path, server: PracticeServer, drawer: Drawer) -> Profile:
    profile = Profile(Options(folder, server.url), {})
    profile.key_sources._keyring = drawer
    return profile


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():
            await asyncio.sleep(0.01)


async def test_a_key_set_in_a_terminal_lets_the_holder_go_on(
    practice: PracticeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer, events = Drawer(), list[EngineEvent]()
    window, terminal = of(tmp_path, practice, drawer), of(tmp_path, practice, drawer)
    window.open()
    job = a_take(window, tmp_path / "clips")

    def row() -> Job:
        return window.repository.get(job.id)

    async with window.working(events.append):
        await until(lambda: SendingHeld(Hold.KEY) in events)
        await until(lambda: drawer.reads >= 2)
        # The refused one is all there is: it is not shown again.
        asked = len(practice.requests())
        window.ring()
        await until(lambda: drawer.reads >= 3)
        assert len(practice.requests()) == asked
        assert row().state is JobState.PREPARED
        monkeypatch.setattr("sys.stdin", _Typed(practice.key))
        await asyncio.to_thread(set_key, terminal, Phrasebook())
        await until(lambda: SendingHeld(None) in events)
        # A click that was kept is sent once its person says so.
        assert row().hold is Hold.KEY
        window.commands.release(row())
        await until(lambda: row().state is JobState.DONE)
    assert len(practice.accepted()) == 1
    window.close()
    terminal.close()


class _Typed:
    def __init__(self, text: str) -> None:
        self._text = text

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self._text + "\n"


async def test_nobody_looks_for_a_key_that_was_not_refused() -> None:
    drawer = Drawer()
    renewal = KeyRenewal(KeySources({}, drawer).look_again)
    renewal.begin(lambda: None)
    renewal.look()
    await renewal.close()
    assert drawer.reads == 0


async def test_a_refusal_before_the_work_begins_is_remembered() -> None:
    drawer, went_on = Drawer(), list[bool]()
    sources = KeySources({}, drawer)
    sources.look()
    renewal = KeyRenewal(sources.look_again)
    renewal.refused()
    assert drawer.reads == 1
    drawer.kept = "another-key"
    renewal.begin(lambda: went_on.append(True))
    await until(lambda: bool(went_on))
    await renewal.close()


async def test_a_keyring_that_is_jammed_is_asked_again_at_the_next_refusal() -> None:
    drawer, went_on = Drawer(), list[bool]()
    sources = KeySources({}, drawer)
    sources.look()
    renewal = KeyRenewal(sources.look_again)
    renewal.begin(lambda: went_on.append(True))
    drawer.jammed = True
    renewal.refused()
    await until(lambda: drawer.reads == 2)
    await until(lambda: renewal._looking is None)
    assert not went_on
    drawer.kept, drawer.jammed = "another-key", False
    renewal.refused()
    await until(lambda: bool(went_on))
    renewal.refused()
    await renewal.close()
