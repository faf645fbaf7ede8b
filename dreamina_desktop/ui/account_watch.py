"""How it stands with the provider: price, balance, money spent, connection, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DiskError, DreaminaError
from dreamina_desktop.core.events import ConnectionChanged, SendingHeld
from dreamina_desktop.core.job import Hold, JobError
from dreamina_desktop.ui.error_notices import (
    BALANCE,
    CONNECTION,
    CONNECTION_CODES,
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
        self._late: PostedNotice | None = None
        # Each trouble is told once until it is over, whatever was dismissed.
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._on_patience_over)

    def follow(self, thread: JobThread) -> None:
        """Listen to a thread's signals."""
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
            self._has_balance = known.balance.amount > 0
        error = known.error
        if error is None:
            self._recover()
        elif isinstance(error, DreaminaError):
            self._complain(JobError(error.code, error.provider_message), self._errors.of(error))
        else:
            self.bug_met.emit(error)

    def _on_event_arrived(self, event: object) -> None:
        match event:
            case ConnectionChanged(None):
                self._recover()
            case ConnectionChanged(JobError() as trouble):
                self._complain(trouble, self._errors.of_job_error(trouble))
            case SendingHeld(Hold.BALANCE):
                self._has_balance = False
                self.holds_changed.emit()
            case _:
                pass

    def _recover(self) -> None:
        self._timer.stop()
        self._late = None
        self._told = ""
        self._has_key, self._key_trouble = True, None
        for topic in (CONNECTION, KEY, DISK):
            self._notices.withdraw(topic)
        if self._has_balance:
            self._notices.withdraw(BALANCE)
        self._status.show_connection(ConnectionShown(Connection.GOOD))
        self.holds_changed.emit()

    def _complain(self, trouble: JobError, posted: PostedNotice) -> None:
        is_news, self._told = trouble.code != self._told, trouble.code
        if trouble.code in CONNECTION_CODES:
            if is_news:
                self._late = posted
                self._timer.start()
            offline = trouble.code in ("not_sent", "answer_lost")
            connection = Connection.OFFLINE if offline else Connection.TROUBLED
            self._show(connection, posted)
            return
        if trouble.code in KEY_CODES:
            self._has_key, self._key_trouble = False, posted
            missing = trouble.code != "key_refused"
            self._show(Connection.NO_KEY if missing else Connection.KEY_REFUSED, posted)
        if is_news:
            self._notices.post(posted)
        self.holds_changed.emit()

    def _show(self, connection: Connection, posted: PostedNotice) -> None:
        explanation = " ".join(filter(None, (posted.notice.text, posted.notice.details)))
        self._status.show_connection(ConnectionShown(connection, explanation))

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
