"""How it stands with the provider: price, balance, money spent, connection, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DiskError, DreaminaError, ProviderTroubleError
from dreamina_desktop.core.events import ConnectionChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobError
from dreamina_desktop.core.polling import at
from dreamina_desktop.ui.error_notices import (
    BALANCE,
    CONNECTION,
    CONNECTIONS,
    DISK,
    KEY,
    KEY_CODES,
    ErrorNotices,
)
from dreamina_desktop.ui.job_events import AccountKnown
from dreamina_desktop.ui.job_thread import JobThread
from dreamina_desktop.ui.notices import Notices, PostedNotice
from dreamina_desktop.ui.ports import Background, JobReader, Outcome
from dreamina_desktop.ui.status_bar import Connection, ConnectionShown, StatusBar

PATIENCE = 5000
"""Milliseconds: a connection that is back by then is not worth a notice."""


class AccountWatch(QObject):
    """Listens to the job thread and tells the status bar and the notices."""

    price_known = Signal(object)
    """Carries a ``Price``."""
    holds_changed = Signal()
    bug_met = Signal(object)

    def __init__(
        self,
        status: StatusBar,
        notices: Notices,
        errors: ErrorNotices,
        reader: JobReader,
        background: Background,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._status = status
        self._notices = notices
        self._errors = errors
        self._reader = reader
        self._background = background
        self._now = now
        self._price: Price | None = None
        self._has_key = self._has_balance = False
        self._key_trouble: PostedNotice | None = None
        self._balance_trouble: PostedNotice | None = None
        self._last_refusal: PostedNotice | None = None
        self._refused_with: Decimal | None = None
        self._thread: JobThread | None = None
        self._late: PostedNotice | None = None
        # Each trouble is told once until it is over, whatever was dismissed; how the network
        # fails may change from one try to the next, and is one trouble.
        self._told = ""
        self._since: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._on_patience_over)

    def follow(self, thread: JobThread) -> None:
        """Listen to a thread's signals."""
        self._thread = thread
        thread.account_known.connect(self._on_account_known)
        thread.event_arrived.connect(self._on_event_arrived)

    @property
    def price(self) -> Price | None:
        """What the provider asked last; None while it is not known."""
        return self._price

    @property
    def key_trouble(self) -> PostedNotice | None:
        """Why the provider takes no key from us; None while it does, or nobody has asked."""
        return self._key_trouble

    @property
    def mended(self) -> frozenset[Hold]:
        """What the provider would not refuse now."""
        found = {Hold.CONFIRM}
        if self._has_key:
            found.add(Hold.KEY)
        if self._has_key and self._has_balance:
            found.add(Hold.BALANCE)
        return frozenset(found)

    def sum_up(self) -> None:
        """Add up what was spent since the month began, here."""
        month = self._now().astimezone().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        self._background.run(partial(_spent, self._reader, month), self._on_spent)

    def remind(self) -> None:
        """One more click is kept: say again what keeps it from being sent."""
        if self._balance_trouble is not None:
            self._notices.post(self._balance_trouble)

    def show_elsewhere(self, error: DreaminaError) -> None:
        """Another process carries the jobs."""
        explanation = self._errors.of(error).notice.text
        self._status.show_connection(ConnectionShown(Connection.ELSEWHERE, explanation))

    # ---- slots and inside ------------------------------------------------------------------

    def _on_account_known(self, known: AccountKnown) -> None:
        if known.price is not None and known.price != self._price:
            self._price = known.price
            self.price_known.emit(known.price)
        if known.balance is not None:
            self._status.show_balance(known.balance)
            self._saw(known.balance.amount)
        error = known.error
        if error is None:
            self._recover()
        elif isinstance(error, DreaminaError):
            trouble = JobError(error.code, error.provider_message)
            self._complain(trouble, self._errors.of(error), self._until(error))
        else:
            self.bug_met.emit(error)

    def _on_event_arrived(self, event: object) -> None:
        match event:
            case ConnectionChanged(None):
                # Only whoever works on the disk knows that it is well again.
                self._told = ""
                self._notices.withdraw(DISK)
                self._recover()
            case ConnectionChanged(JobError() as trouble):
                self._complain(trouble, self._errors.of_job_error(trouble))
            case SendingHeld(Hold.BALANCE):
                self._has_balance, self._refused_with = False, None
                if self._balance_trouble is None and self._last_refusal is not None:
                    # It was tried again in vain, which is no other trouble to the engine.
                    self._balance_trouble = self._last_refusal
                    self._notices.post(self._last_refusal)
                self.holds_changed.emit()
                if self._thread is not None:
                    self._thread.ask_account()
            case SendingHeld(None):
                self._balance_trouble = None
            case _:
                pass

    def _saw(self, amount: Decimal) -> None:
        """What was too little stays too little until it is more."""
        if self._balance_trouble is not None and self._refused_with is None:
            self._refused_with = amount
        is_too_little = self._balance_trouble is not None and amount <= (self._refused_with or 0)
        self._has_balance = amount > 0 and not is_too_little
        if self._has_balance:
            self._balance_trouble = None

    def _recover(self) -> None:
        self._timer.stop()
        self._late = None
        self._told, self._since = self._told if self._told == DISK else "", None
        self._has_key, self._key_trouble = True, None
        for topic in (CONNECTION, KEY):
            self._notices.withdraw(topic)
        if self._has_balance:
            self._notices.withdraw(BALANCE)
        self._status.show_connection(ConnectionShown(Connection.GOOD))
        self.holds_changed.emit()

    def _until(self, error: DreaminaError) -> datetime | None:
        """When the provider may be asked again, where it said so."""
        if isinstance(error, ProviderTroubleError) and error.retry_after:
            return at(self._now(), error.retry_after)
        return None

    def _complain(
        self, trouble: JobError, posted: PostedNotice, until: datetime | None = None
    ) -> None:
        is_news, self._told = posted.topic != self._told, posted.topic
        connection = CONNECTIONS.get(trouble.code)
        if connection is not None:
            self._weather(connection, posted, until, is_news=is_news)
            return
        self._since = None
        if trouble.code in KEY_CODES:
            self._has_key, self._key_trouble = False, posted
            missing = trouble.code != "key_refused"
            self._show(Connection.NO_KEY if missing else Connection.KEY_REFUSED, posted)
        if posted.topic == BALANCE:
            self._balance_trouble = self._last_refusal = posted
        if is_news:
            self._notices.post(posted)
        self.holds_changed.emit()

    def _weather(
        self,
        connection: Connection,
        posted: PostedNotice,
        until: datetime | None,
        *,
        is_news: bool,
    ) -> None:
        self._since = self._since or self._now()
        self._late = posted
        front = self._notices.current
        if is_news:
            self._timer.start()
        elif front is not None and front.topic == CONNECTION:
            self._notices.post(posted)
        self._show(connection, posted, until)

    def _show(
        self, connection: Connection, posted: PostedNotice, until: datetime | None = None
    ) -> None:
        notice = posted.notice
        said = f"{notice.text} {notice.action}".strip()
        explanation = "\n".join(filter(None, (said, notice.details)))
        self._status.show_connection(ConnectionShown(connection, explanation, self._since, until))

    def _on_patience_over(self) -> None:
        if self._late is not None:
            self._notices.post(self._late)

    def _on_spent(self, outcome: Outcome[Decimal | None]) -> None:
        self._status.show_spent(outcome.get())


def _spent(reader: JobReader, since: datetime) -> Decimal | None:
    try:
        return reader.spent(since)
    except DiskError:
        return None
