"""A bug of ours, wherever it is raised: kept, told once, and the jobs run on."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, qCritical, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from dreamina_desktop.app.session import Session
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.jobs.asking import Asking
from dreamina_desktop.redacted_output import redacted_output
from dreamina_desktop.ui.crash import Crashes, CrashRecorded
from dreamina_desktop.ui.crash_dialog import CrashDialog
from tests.practice_server import PracticeServer
from tests.reliability.disguises import found_below, found_in
from tests.ui.conftest import Until
from tests.ui.window_desk import WindowDesk
from tests.ui.workplaces import SAMPLE

KEY = "canary-in-a-report-4711"
SIGNED = "https://x.example/a.mp4?signature=5ee5ca1ab1e0"


@pytest.fixture
def quiet(qt_messages: list[str]) -> Iterator[Secrets]:
    """Python's own hooks are ours, as in the program, and not those of the tests."""
    del qt_messages
    secrets = Secrets()
    with redacted_output(secrets):
        yield secrets


@pytest.fixture
def reports() -> list[str]:
    return []


@pytest.fixture
def told(
    quiet: Secrets, reports: list[str], application: QApplication
) -> Iterator[list[CrashRecorded]]:
    """What crashes told, while they are installed."""

    def record(report: str) -> Path:
        reports.append(report)
        return Path("/profile/crash.log")

    quiet.add(KEY)
    crashes = Crashes(record, application, secrets=quiet)
    heard: list[CrashRecorded] = []
    crashes.crash_recorded.connect(heard.append)
    crashes.install()
    yield heard
    crashes.remove()
    crashes.deleteLater()


class Passed(QObject):
    is_so = False

    def note(self) -> None:
        self.is_so = True


def boom() -> None:
    raise ValueError(f"{KEY} {SIGNED}")


def in_a_slot() -> None:
    QTimer.singleShot(0, boom)


def in_a_thread() -> None:
    thread = threading.Thread(target=boom)
    thread.start()
    thread.join()


def in_qt() -> None:
    qCritical(f"{KEY} {SIGNED}")


@pytest.mark.parametrize("where", [in_a_slot, in_a_thread, in_qt])
def test_it_is_recorded_without_secrets_and_told_once(
    told: list[CrashRecorded],
    reports: list[str],
    until: Until,
    capfd: pytest.CaptureFixture[str],
    where: Callable[[], None],
) -> None:
    where()
    until(lambda: bool(told))
    for _ in range(2):
        where()
        passed = Passed()
        QTimer.singleShot(20, passed.note)
        # Not QTest's own wait, which raises again what a slot has raised.
        until(lambda: passed.is_so)  # noqa: B023
    assert len(told) == len(reports) == 1
    assert told[0].report == reports[0]
    assert "https://x.example/a.mp4?…" in reports[0]
    said = f"{told}{reports}{capfd.readouterr().err}".encode()
    assert found_in(said, [KEY, "5ee5ca1ab1e0"]) == []


def test_what_is_no_bug_is_not_told(
    told: list[CrashRecorded], capfd: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    qWarning(f"careful with {KEY}")
    assert told == []
    assert "careful with …" in capfd.readouterr().err


@pytest.mark.parametrize("where", [in_a_slot, in_a_thread, in_qt])
def test_it_is_recorded_where_the_terminal_has_gone(
    told: list[CrashRecorded],
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
    where: Callable[[], None],
) -> None:
    class Gone(io.TextIOBase):
        def write(self, text: str) -> int:
            del text
            raise OSError

    monkeypatch.setattr(sys, "stderr", Gone())
    where()
    until(lambda: bool(told))


def test_it_is_recorded_even_if_saying_it_fails(
    reports: list[str], application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hook(*_: object) -> None:
        raise RuntimeError

    def record(report: str) -> Path:
        reports.append(report)
        return Path("crash.log")

    monkeypatch.setattr(sys, "excepthook", hook)
    monkeypatch.setattr(threading, "excepthook", hook)
    crashes = Crashes(record, application)
    crashes.install()
    try:
        with pytest.raises(RuntimeError):
            sys.excepthook(ValueError, ValueError("a bug"), None)
        told = threading.ExceptHookArgs((TypeError, TypeError("another"), None, None))
        with pytest.raises(RuntimeError):
            threading.excepthook(told)
    finally:
        crashes.remove()
        crashes.deleteLater()
    assert len(reports) == 2


def test_a_bug_that_keeps_the_window_empty_is_told(
    quiet: Secrets, person: WindowDesk, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    del quiet
    usual = Session.open

    def open_watched(session: Session) -> None:
        assert person.crashes is not None
        person.crashes.install()
        usual(session)

    def furniture(*_: object) -> None:
        raise ValueError("no furniture")

    def dialog() -> CrashDialog | None:
        return person.window.findChild(CrashDialog)

    monkeypatch.setattr(Session, "open", open_watched)
    monkeypatch.setattr("dreamina_desktop.app.furniture.Furniture", furniture)
    monkeypatch.setattr(person, "_has_page", lambda: dialog() is not None)
    try:
        person.open()
        shown = dialog()
        until(shown.isVisible)
        assert "no furniture" in shown.report
        person.session._around.switch.choose("light")
        person.close()
        assert not shown.isVisible()
        person.crashes.tell(ValueError("too late"))
        assert not shown.isVisible()
    finally:
        person.crashes.remove()


def break_steps(monkeypatch: pytest.MonkeyPatch, prompt: str, text: str) -> None:
    """Let each step of that prompt's job raise, in the job thread, with the text in it."""
    usual = Asking.ask

    async def ask(asking: Asking, job: Job, *rest: object) -> float | None:
        if job.spec is not None and job.spec.prompt == prompt:
            raise ValueError(text)
        return await usual(asking, job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Asking, "ask", ask)


def test_the_jobs_run_on(
    quiet: Secrets,
    person: WindowDesk,
    practice: PracticeServer,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bugs in a slot, in the job thread and in a thread beside, while another job is made."""
    break_steps(monkeypatch, "Broken.", f"{practice.key}; {practice.key!r}")
    practice.trouble(queue_seconds=1)
    session = person.open(str(SAMPLE), "Broken.")
    crashes = person.crashes
    assert crashes is not None
    crashes.install()
    try:
        until(person.find(QPushButton, "generateButton").isEnabled)
        editor = person.find(QPlainTextEdit, "promptEdit")
        session.furniture.sending.generate()
        until(lambda: len(person.jobs()) == 1)
        editor.setPlainText("Whole.")
        rests = session.furniture.sending.findChildren(QTimer)
        until(lambda: not any(rest.isActive() for rest in rests))
        session.furniture.sending.generate()
        until(lambda: len(person.jobs()) == 2)
        editor.setFocus()
        until(lambda: session.window.findChild(CrashDialog) is not None)
        dialog = session.window.findChild(CrashDialog)
        in_a_slot()
        in_a_thread()
        QTest.keyClicks(QApplication.focusWidget(), " And on.")
        until(lambda: person.jobs()[0].state is JobState.DONE)
        assert person.jobs()[0].spec.prompt == "Whole."
        assert person.jobs()[1].state is JobState.QUEUED
        assert dialog.isVisible()
        assert [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog)] == [
            dialog
        ]
        assert " And on." in editor.toPlainText()
        kept = (person.profile / "crash.log").read_text("utf-8")
        assert kept.count("--- 20") == 2
        assert "…; '…'" in kept
        assert found_below(person.profile, [practice.key]) == {}
        person.close()
        assert not dialog.isVisible()
    finally:
        crashes.remove()
