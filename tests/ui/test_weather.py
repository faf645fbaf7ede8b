"""How the window tells what is wrong with the network: status bar and notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.events import ConnectionChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobError
from dreamina_desktop.ui import account_watch
from dreamina_desktop.ui.account_watch import AccountWatch
from dreamina_desktop.ui.error_notices import CONNECTIONS, ErrorNotices
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.job_events import AccountKnown
from dreamina_desktop.ui.notices import Notices
from dreamina_desktop.ui.status_bar import StatusBar
from dreamina_desktop.ui.theme import DARK
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.error_words import ERROR_WORDS
from tests.ui.conftest import Show, Until

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Signals(QObject):
    """What ``JobThread`` would say."""

    account_known = Signal(object)
    event_arrived = Signal(object)

    def ask_account(self) -> None:
        pass


class Desk:
    def __init__(self, show: Show) -> None:
        self.now = NOON
        self.parent = QWidget()
        self.status = StatusBar(DARK, Icons(DARK), is_practice=False, parent=self.parent)
        show(self.parent)
        self.notices = Notices(self.parent)
        self.watch = AccountWatch(
            self.status,
            self.notices,
            ErrorNotices(Phrasebook(), self.parent),
            None,  # type: ignore[arg-type]
            None,  # type: ignore[arg-type]
            lambda: self.now,
            self.parent,
        )
        self.signals = Signals(self.parent)
        self.watch.follow(self.signals)  # type: ignore[arg-type]

    def tell(self, code: str | None) -> None:
        trouble = None if code is None else JobError(code)
        self.signals.event_arrived.emit(ConnectionChanged(trouble))

    @property
    def label(self) -> QLabel:
        found = self.status.findChild(QLabel, "connectionLabel")
        assert isinstance(found, QLabel)
        return found


@pytest.fixture
def desk(show: Show, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(account_watch, "PATIENCE", 20)
    return Desk(show)


def local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def test_every_code_of_the_network_has_a_place_and_a_sentence_of_its_own() -> None:
    kinds: list[type[errors.DreaminaError]] = [errors.WireError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    about_others = {"wire", "key_refused", "no_balance", "not_yours", "no_such_request"}
    about_others |= {"no_such_model", "provider_refused"}
    codes = {kind.code for kind in kinds} - about_others
    assert codes <= set(CONNECTIONS)
    sentences = [ERROR_WORDS[code][0] for code in CONNECTIONS]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("code", CONNECTIONS)
def test_a_trouble_is_named_and_comes_back_by_itself(desk: Desk, until: Until, code: str) -> None:
    desk.tell(code)
    said = ERROR_WORDS["answer_late" if code == "answer_lost" else code][0]
    assert desk.label.text().endswith(f", since {local(NOON)}")
    assert said in desk.label.toolTip()
    assert said in desk.label.accessibleDescription()
    assert desk.notices.current is None
    until(lambda: desk.notices.current is not None)
    posted = desk.notices.current
    assert posted is not None
    assert posted.notice.text == said
    assert "charged" not in posted.notice.text
    desk.tell(None)
    assert desk.label.text() == "Connected"
    assert desk.notices.current is None


def test_how_it_fails_may_change_and_is_one_trouble(desk: Desk, until: Until) -> None:
    desk.tell("offline")
    until(lambda: desk.notices.current is not None)
    desk.now += timedelta(minutes=5)
    desk.tell("name_not_found")
    assert desk.label.text() == f"Offline, or no DNS, since {local(NOON)}"
    assert desk.notices.current is not None
    assert desk.notices.current.notice.text == ERROR_WORDS["name_not_found"][0]
    assert desk.notices.waiting == 0
    # Once dismissed it is not said again, however it fails.
    desk.notices.dismiss()
    desk.tell("offline")
    assert desk.notices.current is None


def test_until_when_the_provider_wants_quiet(desk: Desk) -> None:
    error = errors.TooFastError(retry_after=600, status=429)
    desk.signals.account_known.emit(AccountKnown(error=error))
    assert desk.label.text() == f"Asked to slow down, until {local(NOON + timedelta(minutes=10))}"
    desk.signals.account_known.emit(AccountKnown(balance=Balance(Decimal(3), "USD")))
    assert desk.label.text() == "Connected"


def test_a_refused_key_is_asked_for_once(desk: Desk) -> None:
    for _ in range(3):
        desk.tell("key_refused")
    assert desk.label.text() == "Key refused"
    assert desk.notices.current is not None
    assert desk.notices.waiting == 0
    desk.notices.dismiss()
    desk.tell("key_refused")
    assert desk.notices.current is None
    desk.tell(None)
    assert desk.label.text() == "Connected"


def test_a_full_disk_is_told_until_the_jobs_can_write_again(desk: Desk) -> None:
    desk.tell("disk")
    posted = desk.notices.current
    assert posted is not None
    # The provider answers all the same, which says nothing about the disk.
    good = AccountKnown(balance=Balance(Decimal(5), "USD"))
    desk.signals.account_known.emit(good)
    assert desk.notices.current == posted
    desk.notices.dismiss()
    desk.signals.account_known.emit(good)
    desk.tell("disk")
    assert desk.notices.current is None
    desk.tell(None)
    desk.tell("disk")
    assert desk.notices.current == posted
    desk.tell(None)
    assert desk.notices.current is None


def test_a_balance_that_was_tried_again_in_vain_is_told_again(
    desk: Desk,
) -> None:
    desk.tell("no_balance")
    posted = desk.notices.current
    assert posted is not None
    held, good = SendingHeld(Hold.BALANCE), AccountKnown(balance=Balance(Decimal(5), "USD"))
    desk.signals.event_arrived.emit(held)
    desk.notices.dismiss()
    # The engine has nothing new to say of the trouble, which is as it was.
    desk.signals.event_arrived.emit(SendingHeld(None))
    desk.signals.event_arrived.emit(held)
    assert desk.notices.current == posted
    # What the account holds was too little just now.
    desk.signals.account_known.emit(good)
    assert desk.notices.current == posted
    assert Hold.BALANCE not in desk.watch.mended
