"""Desktop notifications over D-Bus: org.freedesktop.Notifications, specification 1.2.

QtDBus cannot do it: from Python it has no unsigned 32-bit argument, which ``Notify`` demands.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from dreamina_desktop.ui.clip_done import ClipDone

if TYPE_CHECKING:
    from jeepney import Message  # type: ignore[import-untyped]
    from jeepney.io.threading import DBusConnection  # type: ignore[import-untyped]

_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_PROGRAM = "Dreamina Desktop"
_DESKTOP_ENTRY = "dreamina-desktop"
_DEFAULT_ACTION = "default"
_AS_THE_DESKTOP_LIKES = -1


@dataclass(frozen=True, slots=True)
class NoteOpened:
    """The note was clicked. ``activation`` lets a Wayland window come to the front, "" for none."""

    done: ClipDone
    activation: str = ""


@dataclass(frozen=True, slots=True)
class NoteFailed:
    """The note could not be shown this way."""

    done: ClipDone


def session_bus(environment: Mapping[str, str]) -> str:
    """The address of the desktop's bus, "" where there is none. Looks, and starts nothing."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if not address and folder and (Path(folder) / "bus").exists():
        # Where systemd puts it; the variable is missing in some sessions.
        address = f"unix:path={folder}/bus"
    return address


class NoteBus(threading.Thread):
    """Carries notes to the desktop and hears of clicks. ``start`` it once; ``close`` ends it.

    ``hear`` gets ``NoteOpened`` and ``NoteFailed``, in this thread. It never raises: a bus that is
    not there, or goes away, fails the notes.
    """

    def __init__(
        self, address: str, action: str, hear: Callable[[NoteOpened | NoteFailed], None]
    ) -> None:
        """``action`` names what a click does, in words."""
        super().__init__(name="notes", daemon=True)
        self._address = address
        self._action = action
        self._hear = hear
        self._lock = threading.Lock()
        self._connection: DBusConnection | None = None
        self._wanted: SimpleQueue[ClipDone] = SimpleQueue()
        self._is_closed = False
        # The rest belongs to the thread.
        self._abilities: frozenset[str] | None = None
        self._asked: int | None = None
        self._waiting: list[ClipDone] = []
        self._sent: dict[int, ClipDone] = {}
        self._shown: dict[int, ClipDone] = {}
        self._activations: dict[int, str] = {}

    def post(self, done: ClipDone) -> bool:
        """Have it shown; False when the bus is gone for good. Returns at once."""
        with self._lock:
            if self._is_closed:
                return False
            self._wanted.put(done)
            self._wake()
            return True

    def close(self) -> None:
        """Let go of the bus. Returns at once; notes stay on the desktop."""
        with self._lock:
            self._is_closed = True
            self._wake()

    def _wake(self) -> None:
        if self._connection is not None:
            self._connection.interrupt()

    # ---- in the thread ---------------------------------------------------------------------

    def run(self) -> None:
        """Called by ``start``."""
        try:
            self._serve()
        except Exception:
            # No bus, no library for it, or it went away: a note is never worth a crash.
            self._give_up()

    def _serve(self) -> None:
        # Here, because it is on Linux alone and not needed for the first paint.
        from jeepney.io.threading import ReceiveStopped, open_dbus_connection

        with closing(open_dbus_connection(self._address)) as connection:
            connection.send(_listen())
            with self._lock:
                self._connection = connection
            try:
                while not self._is_closed:
                    self._post_wanted(connection)
                    try:
                        self._take(connection.receive())
                    except ReceiveStopped:
                        connection.reset_interrupt()
            finally:
                with self._lock:
                    # Before its files are closed: nobody may wake it through them any more.
                    self._connection = None

    def _give_up(self) -> None:
        with self._lock:
            self._is_closed = True
        lost = [*self._waiting, *self._sent.values()]
        while True:
            try:
                lost.append(self._wanted.get_nowait())
            except Empty:
                break
        for done in lost:
            self._hear(NoteFailed(done))

    def _post_wanted(self, connection: DBusConnection) -> None:
        while True:
            try:
                self._waiting.append(self._wanted.get_nowait())
            except Empty:
                break
        if not self._waiting:
            return
        if self._abilities is not None:
            for done in self._waiting:
                serial = next(connection.outgoing_serial)
                # Known before the answer can come, and before sending can fail.
                self._sent[serial] = done
                connection.send(self._notify(done, self._abilities), serial=serial)
            self._waiting.clear()
        elif self._asked is None:
            self._asked = next(connection.outgoing_serial)
            connection.send(_call("GetCapabilities"), serial=self._asked)

    def _take(self, message: Message) -> None:
        from jeepney import HeaderFields, MessageType

        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.signal and fields.get(HeaderFields.interface) == _SERVICE:
            self._take_signal(fields.get(HeaderFields.member), message.body)
        elif kind in (MessageType.method_return, MessageType.error):
            self._take_answer(
                fields.get(HeaderFields.reply_serial),
                message.body if kind is MessageType.method_return else None,
            )

    def _take_answer(self, serial: int, body: tuple[Any, ...] | None) -> None:
        """``body`` is None for an error."""
        if serial == self._asked:
            self._asked = None
            if body is not None:
                self._abilities = frozenset(body[0])
                return
            # Nobody shows notes now; perhaps somebody does for the next one.
            failed, self._waiting = self._waiting, []
            for done in failed:
                self._hear(NoteFailed(done))
        elif serial in self._sent:
            done = self._sent.pop(serial)
            if body is None:
                self._hear(NoteFailed(done))
            else:
                self._shown[body[0]] = done

    def _take_signal(self, member: str, body: tuple[Any, ...]) -> None:
        number = body[0]
        if number not in self._shown:
            return
        if member == "ActivationToken":
            self._activations[number] = body[1]
        elif member == "ActionInvoked":
            activation = self._activations.pop(number, "")
            self._hear(NoteOpened(self._shown[number], activation))
        elif member == "NotificationClosed":
            del self._shown[number]
            self._activations.pop(number, None)

    def _notify(self, done: ClipDone, abilities: frozenset[str]) -> Message:
        text = html.escape(done.text, quote=False) if "body-markup" in abilities else done.text
        actions = [_DEFAULT_ACTION, self._action] if "actions" in abilities else []
        hints = {
            "desktop-entry": ("s", _DESKTOP_ENTRY),
            "category": ("s", "transfer.complete"),
            # Clips are silent, and so are we.
            "suppress-sound": ("b", True),
        }
        replaces = 0
        return _call(
            "Notify",
            "susssasa{sv}i",
            (
                _PROGRAM,
                replaces,
                _DESKTOP_ENTRY,
                done.title,
                text,
                actions,
                hints,
                _AS_THE_DESKTOP_LIKES,
            ),
        )


def _call(method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> Message:
    from jeepney import DBusAddress, new_method_call

    return new_method_call(DBusAddress(_PATH, _SERVICE, _SERVICE), method, signature, body)


def _listen() -> Message:
    from jeepney import MatchRule, message_bus

    return message_bus.AddMatch(
        MatchRule(type="signal", sender=_SERVICE, interface=_SERVICE, path=_PATH)
    )
