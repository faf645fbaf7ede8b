"""A desktop that shows notifications, on a bus of its own: the real daemon, and a server that
checks what it is sent.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.threading import (  # type: ignore[import-untyped]
    DBusRouter,
    Proxy,
    ReceiveStopped,
    open_dbus_connection,
)

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DAEMON = shutil.which("dbus-daemon")
WANTED_SIGNATURE = "susssasa{sv}i"


@dataclass(frozen=True)
class Shown:
    """What ``Notify`` was called with."""

    number: int
    program: str
    replaces: int
    title: str
    text: str
    actions: tuple[str, ...]
    hints: dict[str, Any]


class Bus:
    """A private session bus."""

    def __init__(self) -> None:
        assert DAEMON is not None
        self._daemon = subprocess.Popen(
            [DAEMON, "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().strip()

    def stop(self) -> None:
        if self._daemon.poll() is None:
            self._daemon.terminate()
            self._daemon.communicate()


class NoteDesk(threading.Thread):
    """The notification server: as strict about types as the desktops' own."""

    def __init__(self, address: str, abilities: tuple[str, ...] = ("actions", "body")) -> None:
        super().__init__(daemon=True)
        self.abilities = abilities
        self.shown: list[Shown] = []
        self.refuses = False
        self._connection = open_dbus_connection(address)
        with DBusRouter(self._connection) as router:
            Proxy(message_bus, router, timeout=10).RequestName(SERVICE)
        self.start()

    def click(self, number: int, *, token: str = "") -> None:
        if token:
            self._tell("ActivationToken", "us", (number, token))
        self._tell("ActionInvoked", "us", (number, "default"))

    def vanish(self, number: int) -> None:
        self._tell("NotificationClosed", "uu", (number, 1))

    def close(self) -> None:
        self._connection.interrupt()
        self.join(10)
        self._connection.close()

    def run(self) -> None:
        while True:
            try:
                call = self._connection.receive()
            except (ReceiveStopped, OSError):
                return
            if call.header.message_type is not MessageType.method_call:
                continue
            answer = self._answer(call)
            # The bus may have gone meanwhile.
            with suppress(OSError):
                self._connection.send(answer)

    def _answer(self, call: Any) -> Any:
        fields = call.header.fields
        member = fields[HeaderFields.member]
        if member == "GetCapabilities":
            return new_method_return(call, "as", (list(self.abilities),))
        if self.refuses or fields[HeaderFields.signature] != WANTED_SIGNATURE:
            return new_error(call, "org.freedesktop.DBus.Error.InvalidArgs")
        program, replaces, _, title, text, actions, hints, _ = call.body
        number = 7 + len(self.shown)
        plain = {name: value for name, (_, value) in hints.items()}
        self.shown.append(Shown(number, program, replaces, title, text, tuple(actions), plain))
        return new_method_return(call, "u", (number,))

    def _tell(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        address = DBusAddress(PATH, interface=SERVICE)
        self._connection.send(new_signal(address, member, signature, body))
