"""The moments at which a client is killed, each recognised from outside by what it has done."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from tests.practice_server import Settings
from tests.reliability.desk import Desk
from tests.reliability.rows import Row

_FOR_EVER = 600  # seconds; whoever waits for that is killed before
_A_WHILE = 1.5  # seconds, in which a test takes hold of the database


class Doubt(Enum):
    """What the program can know afterwards about a submit: all, or nothing, whatever is true."""

    NONE = "none"
    TAKEN = "the provider has it"
    NOT_TAKEN = "the provider has it not"


@dataclass(frozen=True, slots=True)
class Hold:
    """The state that is kept by holding the database.

    ``opening``: when to begin to look. ``wanted``: the row to be kept as it is. ``last``: the
    state after which the moment is over.
    """

    opening: Callable[[Desk], object]
    wanted: Callable[[Row | None], bool]
    last: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """``come`` is true from the moment on, until the process is let go on or killed.

    Trouble or ``hold`` keep the client there. ``states`` may stand on disk after the kill (None:
    no row). ``blocked``: its last words find nobody who listens.
    """

    name: str
    come: Callable[[Desk], object]
    states: tuple[str | None, ...]
    rule: Settings | None = None
    settings: Settings = field(default_factory=dict)
    hold: Hold | None = None
    doubt: Doubt = Doubt.NONE
    blocked: bool = False

    @property
    def trouble(self) -> dict[str, Any]:
        """The settings of the practice server."""
        return self.settings | ({} if self.rule is None else {"rules": [self.rule]})


def _is(state: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.rows.states() == (state,)


def _posts(desk: Desk) -> bool:
    return any(request.method == "POST" for request in desk.server.requests())


def _asks_price(desk: Desk) -> bool:
    return any(request.method == "GET" for request in desk.server.requests("image-to-video"))


def _receipts(desk: Desk) -> bytes:
    path = desk.profile / "receipts.jsonl"
    return path.read_bytes() if path.exists() else b""


def _part_grows(desk: Desk) -> bool:
    return _is("downloading")(desk) and any(part.stat().st_size for part in desk.downloads())


BEFORE_THE_ROW = Moment(
    "before the row",
    come=lambda desk: list((desk.profile / "pictures").glob("[!.]*")),
    states=(None,),
    hold=Hold(lambda _: True, lambda row: row is None, last=None),
)
PREPARED = Moment(
    "the row is there, nothing is sent",
    come=_asks_price,
    states=("prepared",),
    rule={"on": "price", "do": {"hang": _FOR_EVER}},
)
SENT_IN_VAIN = Moment(
    "sent, and the server never takes it",
    come=lambda desk: [row for row in desk.server.ledger() if row.error == "scripted: no answer"],
    states=("submitting",),
    rule={"on": "submit", "do": {"hang": _FOR_EVER}},
    doubt=Doubt.NOT_TAKEN,
)
SENT = Moment(
    "sent, before the server has taken it",
    come=_posts,
    states=("submitting",),
    rule={"on": "submit", "do": {"delay": _A_WHILE}},
    doubt=Doubt.TAKEN,
)
TAKEN = Moment(
    "taken, before the answer",
    come=lambda desk: desk.server.accepted(),
    states=("submitting",),
    rule={"on": "submit", "do": {"hang_after": _FOR_EVER}},
    doubt=Doubt.TAKEN,
)
ANSWERED = Moment(
    "the answer is in the receipts, not yet in the row",
    come=lambda desk: b'"kind":"accepted"' in _receipts(desk),
    states=("submitting",),
    rule={"on": "submit", "do": {"delay": _A_WHILE}},
    hold=Hold(_posts, lambda row: row is not None and row.state == "submitting", "submitting"),
)
QUEUED = Moment(
    "queued",
    come=_is("queued"),
    states=("queued",),
    settings={"queue_seconds": _FOR_EVER},
)
RUNNING = Moment(
    "running",
    come=_is("running"),
    states=("running",),
    settings={"run_seconds": _FOR_EVER, "workers": 4},
)
RESULT_ASKED = Moment(
    "completed is known, the result is being asked for",
    come=lambda desk: desk.server.requests("/result"),
    states=("queued", "running"),
    rule={"on": "result", "do": {"hang": _FOR_EVER}},
)
RESULT_SAVED = Moment(
    "the result is saved",
    come=_is("result_saved"),
    states=("result_saved",),
    rule={"on": "result", "do": {"delay": _A_WHILE}},
    hold=Hold(
        lambda desk: desk.server.requests("/result"),
        lambda row: row is not None and row.state == "result_saved",
        "result_saved",
    ),
)
DOWNLOADING = Moment(
    "in the middle of the download",
    come=_part_grows,
    states=("downloading",),
    rule={"on": "clip", "do": {"rate": 1_500}},
    # Large enough to be in the middle of it for a while.
    settings={"clip_scale": 0.1},
)
PLACED = Moment(
    "the clip has its name, the row does not say so yet",
    come=lambda desk: desk.files() and not desk.downloads(),
    states=("downloading",),
    rule={"on": "clip", "do": {"delay": _A_WHILE}},
    hold=Hold(
        lambda desk: desk.server.requests(".mp4"),
        lambda row: row is not None and row.path is not None and not row.landed,
        "downloading",
    ),
)
NAMED = replace(PLACED, name="the clip has its name, and still that of the download")
DONE = Moment("just after done", come=_is("done"), states=("done",), blocked=True)

MOMENTS = (
    BEFORE_THE_ROW, PREPARED, SENT_IN_VAIN, SENT, TAKEN, ANSWERED, QUEUED, RUNNING,
    RESULT_ASKED, RESULT_SAVED, DOWNLOADING, PLACED, NAMED, DONE,
)  # fmt: skip

ORDER = (
    None, "prepared", "submitting", "queued", "running", "result_saved", "downloading", "done",
)  # fmt: skip
"""The states of an undisturbed life; None is no row yet."""


def is_beyond(last: str | None, row: Row | None) -> bool:
    """Whether a row has left a state behind."""
    state = None if row is None else row.state
    return state not in ORDER or ORDER.index(state) > ORDER.index(last)


def beginning(desk: Desk) -> tuple[int, int]:
    """Bytes of the download that lies on disk, and of the whole clip at the server."""
    (part,) = [path for path in desk.downloads() if path.suffix == ".part"]
    (taken,) = desk.server.accepted()
    return part.stat().st_size, desk.server.clip(taken.request_id).stat().st_size


def name_twice(desk: Desk) -> None:
    """Make of PLACED what a kill just before would have left; too short to be met from outside."""
    (clip,) = desk.files()
    (row,) = desk.rows.look()
    os.link(clip, desk.profile / "downloads" / f".{row.id}-0.part")
