"""What is to be said in the notice bar, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from dreamina_desktop.ui.notice import Notice, NoticeTone

_GRAVITY = {NoticeTone.BAD: 0, NoticeTone.WARNING: 1, NoticeTone.INFO: 2}


class NoticeDeed(StrEnum):
    """What the button of a notice does."""

    OPEN_SETTINGS = "open_settings"
    OPEN_PROVIDER_PAGE = "open_provider_page"
    RESOLVE = "resolve"
    RETRY_WORK = "retry_work"
    ASK_AGAIN = "ask_again"
    SEND_WAITING = "send_waiting"
    SHOW_JOB = "show_job"
    OPEN_FOLDER = "open_folder"
    REVEAL = "reveal"
    UNDO = "undo"
    CHOOSE_FOLDER = "choose_folder"
    SET_UP_BUCKET = "set_up_bucket"
    GIVE_ADDRESS = "give_address"


@dataclass(frozen=True, slots=True)
class PostedNotice:
    """A notice with its place in line.

    ``topic`` is what it is about: a later one about the same takes its place. ``deed`` is what
    the button labelled ``label`` does, None for no button; ``subject`` is what it is done with,
    such as a job's id. ``other`` is a second way out, with its own button, None for none. It goes
    away by itself after ``seconds``, None for never.
    """

    topic: str
    notice: Notice
    deed: NoticeDeed | None = None
    label: str = ""
    subject: str = ""
    seconds: float | None = None
    other: NoticeDeed | None = None
    other_label: str = ""


class Notices(QObject):
    """Which notice stands in front: what goes away by itself, then the gravest, then the oldest.

    The time of a passing notice runs only while it is in front.
    """

    current_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[PostedNotice] = []
        self._current: PostedNotice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)

    @property
    def current(self) -> PostedNotice | None:
        """The one to be shown now."""
        return self._current

    @property
    def waiting(self) -> int:
        """How many stand behind it."""
        return max(0, len(self._waiting) - 1)

    def post(self, posted: PostedNotice) -> None:
        """Say it, now or when its turn comes. Saying the same again changes nothing."""
        if posted in self._waiting and posted.seconds is None:
            return
        same = [one.topic for one in self._waiting]
        if posted.topic in same:
            self._waiting[same.index(posted.topic)] = posted
        elif posted.seconds is None:
            self._waiting.append(posted)
        else:
            # Of two passing ones the newer is in front.
            self._waiting.insert(0, posted)
        self._choose(again=posted.topic)

    def withdraw(self, topic: str) -> None:
        """It is no longer true; nothing about it is fine."""
        self._waiting = [one for one in self._waiting if one.topic != topic]
        self._choose()

    def dismiss(self) -> None:
        """Whoever had to read the one in front has read it."""
        if self._current is not None:
            self.withdraw(self._current.topic)

    def hold(self) -> None:
        """Somebody is reading: the one in front stays."""
        self._timer.stop()

    def let_go(self) -> None:
        """They have read it: its time begins anew."""
        if self._current is not None:
            self._start_timer(self._current)

    def _choose(self, again: str = "") -> None:
        """``again`` is the topic of a notice whose time begins anew."""
        chosen = min(self._waiting, key=_rank, default=None)
        if chosen != self._current or (chosen is not None and chosen.topic == again):
            self._timer.stop()
            if chosen is not None:
                self._start_timer(chosen)
        self._current = chosen
        self.current_changed.emit()

    def _start_timer(self, posted: PostedNotice) -> None:
        if posted.seconds is not None:
            self._timer.start(round(posted.seconds * 1000))


def _rank(posted: PostedNotice) -> tuple[bool, int]:
    # The order of equals is that of the list.
    return posted.seconds is None, _GRAVITY[posted.notice.tone]
