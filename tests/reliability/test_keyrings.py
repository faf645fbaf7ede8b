# ruff: noqa: ARG002 - the fakes have the signatures of their betters
"""Keyrings of every kind of trouble, at the real key page: the window stays alive, says what is
wrong, and the key lies nowhere in plain text.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Before Qt looks at it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from dreamina_desktop.app.key_counter import KeyCounter
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.store.key_sources import KeySources
from dreamina_desktop.store.secrets import KeyringSecretStore
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.first_run import FirstRun
from dreamina_desktop.ui.settings.key_page import KeyPage
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.theme import DARK
from dreamina_desktop.words import Phrasebook
from tests.reliability.disguises import CANARY, found_below, found_in
from tests.reliability.patience import PATIENCE_SECONDS
from tests.reliability.providers import Providers
from tests.reliability.tally import Tally
from tests.store import fake_keyrings as fakes
from tests.store.fake_keyrings import Chain, MemoryKeyring, posing

_PATIENCE = 0.6
"""Seconds a keyring gets here; the program gives it ten."""
_SLOW = 0.3
_LONGEST_GAP = 0.1
_TRIES = 3
"""So often a long gap is looked at again: the program's own comes back, a busy machine's not."""

_NO_SAFE = "There is no keyring here that keeps a key safely."
_SILENT = "The keyring does not answer."
_REFUSED = "The keyring refused; perhaps it is locked."
_NOT_KEPT = "The keyring took the key, but does not give it back."
_STILL_THERE = "The keyring did not let go of the key: it is still there."
_SAVED = "Saved. The provider takes the key."
_FORGOTTEN = "The key is forgotten."


class PlainText(MemoryKeyring):
    """Writes what it gets into a file, as some back ends do where there is no better one."""

    folder = Path()

    def set_password(self, service: str, username: str, password: str) -> None:
        (self.folder / "keyring_pass.cfg").write_text(f"[{service}]\n{username} = {password}")
        super().set_password(service, username, password)


class Slow(MemoryKeyring):
    """Takes its time with every call."""

    def get_password(self, service: str, username: str) -> str | None:
        time.sleep(_SLOW / 3)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        time.sleep(_SLOW / 3)
        super().set_password(service, username, password)


class Vanishes(MemoryKeyring):
    """Its service goes away as soon as something has been saved."""

    def get_password(self, service: str, username: str) -> str | None:
        if self.kept:
            raise ConnectionResetError(f"gone with {self.kept}")
        return None


class Stubborn(fakes.Keeps):
    """Lets itself be asked to forget, and does not."""


@dataclass(frozen=True, slots=True)
class Case:
    """A back end, and what the page says when a key is saved there, and when it is forgotten."""

    backend: Callable[[], KeyringBackend]
    saved: str
    forgotten: str
    first_run: bool = False


CASES = {
    "blocks for ever": Case(lambda: posing(fakes.Blocks), _SILENT, _SILENT, first_run=True),
    "locked": Case(lambda: posing(fakes.Locked), _REFUSED, _REFUSED, first_run=True),
    "its prompt is dismissed": Case(lambda: posing(fakes.Dismissed), _REFUSED, _FORGOTTEN),
    "null": Case(null.Keyring, _NO_SAFE, _NO_SAFE),
    "fail": Case(fail.Keyring, _NO_SAFE, _NO_SAFE, first_run=True),
    "plain text": Case(PlainText, _NO_SAFE, _NO_SAFE),
    "a chain that falls through to plain text": Case(
        lambda: Chain(posing(fakes.Locked), PlainText()), _REFUSED, _REFUSED
    ),
    "gives another value": Case(lambda: posing(fakes.OtherValue), _NOT_KEPT, _STILL_THERE),
    "cuts it off": Case(lambda: posing(fakes.Truncates), _NOT_KEPT, _FORGOTTEN),
    "raises": Case(lambda: posing(fakes.Raises), _REFUSED, _REFUSED),
    "wants to end the program": Case(lambda: posing(fakes.Interrupts), _REFUSED, _REFUSED),
    "gives bytes": Case(lambda: posing(fakes.WrongType), _NOT_KEPT, _STILL_THERE),
    "vanishes behind saving": Case(lambda: posing(Vanishes), _REFUSED, _REFUSED),
    "keeps for ever": Case(lambda: posing(Stubborn), _SAVED, _STILL_THERE),
    "slow": Case(lambda: posing(Slow), _SAVED, _FORGOTTEN, first_run=True),
}


class Beat(QObject):
    """Measures the longest time, in seconds, for which the event loop had no turn."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._on_turn)

    def begin(self) -> None:
        self._longest = 0.0
        self._last = time.monotonic()
        self._timer.start()

    def end(self) -> float:
        # A call that held up the loop until now had no turn behind it yet.
        self._on_turn()
        self._timer.stop()
        return self._longest

    def _on_turn(self) -> None:
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now


class Person:
    """Somebody at the key's page of a new profile, with a provider behind it."""

    def __init__(self, folder: Path, url: str, case: Case, application: QApplication) -> None:
        self.folder = folder
        self._application = application
        self._profile = Profile(Options(folder / "profile", url), {})
        store = KeyringSecretStore(url, patience=_PATIENCE)
        self._profile.key_sources = KeySources({}, store)
        desk = KeyCounter(self._profile)
        self._side = SideThreads()
        parts = (desk, self._side, Phrasebook(), DARK, Icons(DARK))
        self.page: QWidget = FirstRun(*parts) if case.first_run else KeyPage(*parts)
        page = self.page if isinstance(self.page, KeyPage) else self.page.findChild(KeyPage)
        assert page is not None
        self._key_page = page
        self._beat = Beat()

    def open(self) -> None:
        self.page.show()
        self._key_page.look()

    def press(self, name: str) -> float:
        """Press a button and wait for the answer; the longest gap meanwhile, in seconds."""
        button = self.page.findChild(QPushButton, name)
        # It is offered where a key lies; here it is pressed whatever lies there.
        button.show()
        self._beat.begin()
        button.click()
        self._until(lambda: not self._key_page.is_busy)
        return self._beat.end()

    def type(self, key: str) -> None:
        self.page.findChild(QLineEdit, "apiKeyEdit").setText(key)

    @property
    def answer(self) -> str:
        return self.page.findChild(QLabel, "keyAnswer").text()

    @property
    def shown(self) -> str:
        """Every text of the page, tips and titles too."""
        texts = [label.text() for label in self.page.findChildren(QLabel)]
        for one in self.page.findChildren(QWidget):
            texts += [one.toolTip(), one.accessibleDescription(), one.windowTitle()]
        return "\n".join(texts)

    def close(self) -> None:
        self._side.close()
        self.page.close()
        for one in (self.page, self._side, self._beat):
            one.deleteLater()
        self._profile.close()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, "no answer"
            self._application.processEvents()
            time.sleep(0.001)


@pytest.fixture(scope="module")
def application() -> QApplication:
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication(["dreamina-desktop"])


@pytest.fixture
def use() -> Iterator[Callable[[KeyringBackend], None]]:
    """Sets the back end for one test."""
    before = keyring.core._keyring_backend
    yield keyring.set_keyring
    keyring.core._keyring_backend = before


@pytest.mark.promise(16, short=len(CASES), long=len(CASES))
def test_keyring_trouble_is_survived(
    application: QApplication,
    providers: Providers,
    use: Callable[[KeyringBackend], None],
    tmp_path: Path,
    subtests: pytest.Subtests,
    tally: Tally,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, case in CASES.items():
        with subtests.test(name), providers.one() as server:
            folder = tmp_path / name.replace(" ", "-")
            folder.mkdir()
            PlainText.folder = folder
            backend = case.backend()
            use(backend)
            person = Person(folder, server.url, case, application)
            try:
                person.open()
                _check(person, case, server.key)
            finally:
                if isinstance(backend, fakes.Blocks):
                    backend.seen.set()
                person.close()
            assert found_below(folder, [server.key]) == {}
            said = capfd.readouterr()
            assert found_in(f"{said.out}{said.err}".encode(), [server.key]) == []
            tally.fell("saved" if case.saved == _SAVED else "told why not")
    tally.ran(len(CASES))
    assert threading.active_count() < len(CASES)


def _check(person: Person, case: Case, key: str) -> None:
    for button, sentence in (
        ("keepKeyButton", case.saved),
        ("forgetKeyButton", case.forgotten),
    ):
        gaps = []
        for _ in range(_TRIES):
            person.type(key)
            gaps.append(person.press(button))
            assert sentence in person.answer, button
            if gaps[-1] < _LONGEST_GAP:
                break
        assert min(gaps) < _LONGEST_GAP, (button, gaps)
        assert found_in(person.shown.encode(), [CANARY]) == []
