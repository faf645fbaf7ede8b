"""The line under the panes: connection, what was spent, what is left, and the panes' switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.library.moments import local_minute
from dreamina_desktop.ui.theme import GAP, ROOM, TIGHT, Theme

if TYPE_CHECKING:
    from decimal import Decimal

    from dreamina_desktop.core.answers import Balance

_ICON = 16


class Connection(StrEnum):
    """How it stands with the provider."""

    NOT_TRIED = "not_tried"
    GOOD = "good"
    OFFLINE = "offline"
    NO_NAME = "no_name"
    NOT_REACHED = "not_reached"
    NO_ANSWER = "no_answer"
    NOT_SECURE = "not_secure"
    PROXY = "proxy"
    IN_BETWEEN = "in_between"
    TROUBLED = "troubled"
    TOO_FAST = "too_fast"
    DOWNLOAD = "download"
    NO_KEY = "no_key"
    KEY_REFUSED = "key_refused"
    ELSEWHERE = "elsewhere"


_ICONS = {
    Connection.NOT_TRIED: "waiting",
    Connection.GOOD: "fits",
    Connection.OFFLINE: "offline",
    Connection.NO_NAME: "offline",
    Connection.NOT_REACHED: "offline",
    Connection.NO_ANSWER: "offline",
    Connection.NOT_SECURE: "warning",
    Connection.PROXY: "warning",
    Connection.IN_BETWEEN: "web",
    Connection.TROUBLED: "warning",
    Connection.TOO_FAST: "waiting",
    Connection.DOWNLOAD: "download",
    Connection.NO_KEY: "key",
    Connection.KEY_REFUSED: "key",
    Connection.ELSEWHERE: "hold",
}


@dataclass(frozen=True, slots=True)
class ConnectionShown:
    """``explanation`` is a sentence for whoever wants to know more, "" for none.

    A trouble stands ``since``; ``until`` the provider wants no question. None where not known.
    """

    connection: Connection
    explanation: str = ""
    since: datetime | None = None
    until: datetime | None = None


class StatusBar(QWidget):
    """Holds nothing but what it was told last."""

    def __init__(
        self, theme: Theme, icons: Icons, *, is_practice: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_practice = is_practice
        self._connection = ConnectionShown(Connection.NOT_TRIED)
        self.setObjectName("statusBar")
        self.setAccessibleName(self.tr("Status"))
        self.fold_compose = self._switch("foldComposeButton")
        self.fold_watch = self._switch("foldWatchButton")
        self.fold_library = self._switch("foldLibraryButton")
        self._connection_icon = QLabel(self)
        self._connection_label = self._label("connectionLabel", self.tr("Connection"))
        self._spend = self._label("spendLabel", self.tr("Spent this month"))
        self._balance = self._label("balanceLabel", self.tr("Balance"))
        row = QHBoxLayout(self)
        row.setContentsMargins(TIGHT, 0, TIGHT, 0)
        row.setSpacing(TIGHT)
        for switch in (self.fold_compose, self.fold_watch, self.fold_library):
            row.addWidget(switch)
        row.addSpacing(GAP)
        row.addWidget(self._connection_icon)
        row.addWidget(self._connection_label)
        row.addStretch(1)
        row.addWidget(self._spend)
        row.addSpacing(ROOM)
        row.addWidget(self._balance)
        row.addSpacing(TIGHT)
        self.show_balance(None)
        self.show_spent(None)
        self.set_theme(theme, icons)

    def show_connection(self, shown: ConnectionShown) -> None:
        """Say how it stands with the provider."""
        self._connection = shown
        text = self._words(shown.connection)
        if shown.until is not None:
            text = self.tr("{0}, until {1}").format(text, _moment(shown.until))
        elif shown.since is not None:
            text = self.tr("{0}, since {1}").format(text, _moment(shown.since))
        _say(self._connection_label, text)
        hint = shown.explanation or text
        self._connection_label.setToolTip(hint)
        self._connection_icon.setToolTip(hint)
        if shown.explanation:
            self._connection_label.setAccessibleDescription(f"{text}. {hint}")
        colours = {
            Connection.GOOD: self._theme.good,
            Connection.NOT_TRIED: self._theme.muted,
            Connection.ELSEWHERE: self._theme.muted,
            Connection.NO_KEY: self._theme.bad,
            Connection.KEY_REFUSED: self._theme.bad,
        }
        colour = colours.get(shown.connection, self._theme.warning)
        pixmap = self._icons.pixmap(
            _ICONS[shown.connection], _ICON, self.devicePixelRatioF(), colour
        )
        self._connection_icon.setPixmap(pixmap)

    def show_balance(self, balance: Balance | None) -> None:
        """Say what the account holds; None for unknown."""
        if balance is None:
            text = self.tr("Balance unknown")
        elif balance.currency.upper() == "USD":
            text = self.tr("Balance {0}").format(_dollars(balance.amount))
        else:
            text = self.tr("Balance {0}").format(f"{balance.amount} {balance.currency}")
        _say(self._balance, text)
        self._balance.setToolTip(
            self.tr("Play money") if self._is_practice else self.tr("What the account holds")
        )

    def show_spent(self, amount: Decimal | None) -> None:
        """Say what was spent since the month began; None for unknown."""
        spent = self.tr("unknown") if amount is None else _dollars(amount)
        _say(self._spend, self.tr("Spent this month {0}").format(spent))
        self._spend.setToolTip(self.tr("The sum of all costs that the provider has told"))

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self._theme, self._icons = theme, icons
        for switch, name in (
            (self.fold_compose, "pane-left"),
            (self.fold_watch, "pane-middle"),
            (self.fold_library, "pane-right"),
        ):
            switch.setIcon(icons.icon(name))
        self.show_connection(self._connection)

    def _switch(self, name: str) -> QToolButton:
        """Its action, set by the window, gives it words."""
        switch = QToolButton(self)
        switch.setObjectName(name)
        switch.setProperty("look", "switch")
        switch.setIconSize(QSize(_ICON, _ICON))
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        switch.setCheckable(True)
        return switch

    def _label(self, name: str, spoken: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setAccessibleName(spoken)
        label.setProperty("look", "hint")
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _words(self, connection: Connection) -> str:
        practice = self._is_practice
        return {
            Connection.NOT_TRIED: self.tr("Connecting…"),
            Connection.GOOD: self.tr("Practice server") if practice else self.tr("Connected"),
            Connection.OFFLINE: self.tr("Offline"),
            Connection.NO_NAME: self.tr("Offline, or no DNS"),
            Connection.NOT_REACHED: self.tr("Provider not reached"),
            Connection.NO_ANSWER: self.tr("No answer"),
            Connection.NOT_SECURE: self.tr("Connection not secure"),
            Connection.PROXY: self.tr("Proxy in the way"),
            Connection.IN_BETWEEN: self.tr("Something in between"),
            Connection.TOO_FAST: self.tr("Asked to slow down"),
            Connection.DOWNLOAD: self.tr("Download interrupted"),
            Connection.TROUBLED: self.tr("The provider has trouble"),
            Connection.NO_KEY: self.tr("No key"),
            Connection.KEY_REFUSED: self.tr("Key refused"),
            Connection.ELSEWHERE: self.tr("Another process carries the jobs"),
        }[connection]


def _say(label: QLabel, text: str) -> None:
    """Assistive tools read the label's name in place of its text, and then its description."""
    label.setText(text)
    label.setAccessibleDescription(text)


def _moment(moment: datetime) -> str:
    """The time of day where the user is, with its date when that is not today."""
    date, time = local_minute(moment).split()
    today = local_minute(datetime.now(UTC)).split()[0]
    return time if date == today else f"{date} {time}"


def _dollars(amount: Decimal) -> str:
    # Late: nothing is known of money before the first painting, which need not wait for it.
    from dreamina_desktop.ui.money import dollars

    return dollars(amount)
