from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.errors import (
    DiskError,
    KeyMissingError,
    KeyRefusedError,
    NotSentError,
    PracticeUnavailableError,
)
from dreamina_desktop.core.events import JobChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobState
from dreamina_desktop.jobs import engine
from dreamina_desktop.store.key_sources import Key
from dreamina_desktop.ui import job_thread
from dreamina_desktop.ui.job_events import AccountKnown, WorkFailed
from dreamina_desktop.ui.job_thread import JobThread
from tests.practice_server import PracticeServer, PracticeStart
from tests.ui.conftest import Until
from tests.ui.workplaces import Heard, Listener, Open, a_profile, a_take


@pytest.fixture
def work(application: QApplication, until: Until) -> Iterator[Open]:
    """``work(profile)`` holds it and begins; stopped and closed at the end of the test."""
    del application
    with ExitStack() as stack:

        def begin(profile: Profile) -> tuple[JobThread, Heard, Workplace]:
            workplace = Workplace(profile)
            stack.callback(workplace.close)
            workplace.hold()
            thread = JobThread(workplace, profile.spec.model_id)
            listener = Listener(thread)

            def end() -> None:
                thread.stop()
                until(lambda: not thread.isRunning())
                listener.deleteLater()
                thread.deleteLater()

            stack.callback(end)
            thread.begin()
            return thread, listener.heard, workplace

        yield begin


def test_a_take_comes_home(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    profile = a_profile(tmp_path / "profile", practice)
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.began))
    job = a_take(profile, tmp_path / "clips")
    thread.look()
    until(lambda: profile.repository.get(job.id).state is JobState.DONE)
    assert JobChanged(job.id) in heard.events
    assert Path(profile.repository.get(job.id).file or "").is_file()


def test_the_account_is_asked_at_the_start_and_when_wanted(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    thread, heard, _ = work(a_profile(tmp_path / "profile", practice))
    until(lambda: bool(heard.accounts))
    (known,) = heard.accounts
    assert isinstance(known, AccountKnown)
    assert (known.price.total(5), known.error) == (Decimal("0.4"), None)
    thread.ask_account()
    until(lambda: len(heard.accounts) > 1)


def test_a_refused_key_is_told_and_a_mended_one_goes_on(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    environment: dict[str, str] = {}
    profile = Profile(Options(tmp_path / "profile", practice.url), environment)
    profile.key_sources.use_for_session(Key.of("wrong"))
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.accounts))
    assert isinstance(heard.accounts[0].error, KeyRefusedError)
    assert len(practice.requests()) == 1
    profile.key_sources.use_for_session(Key.of(practice.key))
    thread.mend()
    until(lambda: heard.accounts[-1].error is None)
    assert SendingHeld(None) in heard.events


def test_a_refused_key_holds_the_take(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    profile = a_profile(tmp_path / "profile", practice, key="wrong")
    thread, heard, _ = work(profile)
    job = a_take(profile, tmp_path)
    thread.look()
    until(lambda: bool(heard.accounts))
    # It may be the take itself that finds out, and it is on its way then.
    until(lambda: profile.repository.get(job.id).state is JobState.PREPARED)
    assert practice.accepted() == []


def test_no_connection_is_no_failure_of_the_work(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    profile = a_profile(tmp_path / "profile", practice)
    practice.stop()
    _, heard, _ = work(profile)
    until(lambda: bool(heard.accounts))
    assert isinstance(heard.accounts[0].error, NotSentError)
    assert heard.failures == []


def test_no_practice_server_is_told_and_can_be_tried_again(
    work: Open, tmp_path: Path, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "profile" / "practice"
    folder.mkdir(parents=True)
    (folder / "provider").write_text("in the way")
    profile = Profile(Options(tmp_path / "profile", practice=True), {})
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.failures))
    (failed,) = heard.failures
    assert isinstance(failed, WorkFailed)
    assert isinstance(failed.error, PracticeUnavailableError)
    (folder / "provider").unlink()
    thread.begin()
    until(lambda: bool(heard.began) and bool(heard.accounts))
    assert heard.accounts[-1].error is None


def test_a_key_that_is_none_is_told(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    _, heard, _ = work(a_profile(tmp_path / "profile", practice, key="two words"))
    until(lambda: bool(heard.failures))
    assert isinstance(heard.failures[0].error, KeyMissingError)


def test_a_submit_that_has_begun_is_waited_for(
    work: Open, tmp_path: Path, start_practice: PracticeStart, until: Until
) -> None:
    server = start_practice()
    server.trouble({"on": "submit", "do": {"delay": 1.5}})
    profile = a_profile(tmp_path / "profile", server)
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.began))
    job = a_take(profile, tmp_path)
    thread.look()
    until(lambda: profile.repository.get(job.id).state is JobState.SUBMITTING)
    thread.stop()
    until(lambda: not thread.isRunning())
    ended = profile.repository.get(job.id)
    assert ended.request_id is not None, ended.error


def test_a_disk_that_refuses_at_the_start_is_told(
    work: Open, tmp_path: Path, practice: PracticeServer, until: Until
) -> None:
    profile = a_profile(tmp_path / "profile", practice)
    (tmp_path / "profile").mkdir()
    # No address can be left there for other processes.
    (tmp_path / "profile" / "holder.json").mkdir()
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.failures))
    assert isinstance(heard.failures[0].error, DiskError)
    (tmp_path / "profile" / "holder.json").rmdir()
    thread.begin()
    until(lambda: bool(heard.began))
    assert Hold.KEY not in heard.events


def test_a_disk_that_refuses_the_recovery_is_told_once_and_tried_again(
    work: Open,
    tmp_path: Path,
    practice: PracticeServer,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the notice says: it goes on by itself."""
    profile = a_profile(tmp_path / "profile", practice)
    usual, tries = engine.recover, []

    def recover(*given: object) -> object:
        tries.append(given)
        if len(tries) < 5:
            raise DiskError("database")
        return usual(*given)

    monkeypatch.setattr(engine, "recover", recover)
    monkeypatch.setattr(job_thread, "WORK_RETRY", 0.02)
    thread, heard, _ = work(profile)
    until(lambda: bool(heard.began))
    assert (len(tries), len(heard.failures), heard.began) == (5, 1, 1)
    job = a_take(profile, tmp_path / "clips")
    thread.look()
    until(lambda: profile.repository.get(job.id).state is JobState.DONE)


def test_whoever_tries_again_hears_of_it_again(
    work: Open,
    tmp_path: Path,
    practice: PracticeServer,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def recover(*_: object) -> object:
        raise DiskError("database")

    monkeypatch.setattr(engine, "recover", recover)
    thread, heard, _ = work(a_profile(tmp_path / "profile", practice))
    for count, ask in enumerate((thread.ask_account, thread.begin, thread.wake, thread.mend), 1):
        ask()
        until(lambda: len(heard.failures) == max(1, count))  # noqa: B023
    assert heard.began == 0
    assert practice.requests() == []
