"""A job as rows of the tables ``jobs`` and ``clips``, and back."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from decimal import Decimal

from dreamina_desktop.core.job import (
    Clip,
    ClipKind,
    Hold,
    Job,
    JobError,
    JobSpec,
    JobState,
    SentPicture,
)
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import money_of, money_text, time_of, time_text

type Value = str | bytes | int | None

JOB_COLUMNS = (
    "id",
    "state",
    "realm",
    "created",
    "changed",
    "model_id",
    "prompt",
    "frames",
    "seed",
    "picture_source",
    "picture_sha256",
    "picture_media_type",
    "picture_address",
    "picture_travel",
    "origin_job",
    "origin_ordinal",
    "origin_frame",
    "folder",
    "request_id",
    "hold",
    "error_code",
    "error_message",
    "not_before",
    "confirmed",
    "queue_position",
    "word",
    "submitted",
    "running",
    "completed",
    "result",
    "cost",
    "cancel_wanted",
    "resting",
    "asked_again",
    "attempts",
    "deleted",
)

CLIP_COLUMNS = (
    "job_id",
    "ordinal",
    "kind",
    "address",
    "path",
    "size",
    "sha256",
    "width",
    "height",
    "frames",
    "landed",
)


class RowUnreadableError(ValueError):
    """A row holds what this program never wrote; ``args[0]`` names the column."""


def job_values(job: Job) -> tuple[Value, ...]:
    """The row of a job, in the order of ``JOB_COLUMNS``."""
    error = job.error
    return (
        job.id,
        job.state.value,
        stored(job.realm),
        time_text(job.created),
        time_text(job.changed),
        *_spec_values(job.spec),
        _stored(job.folder),
        _stored(job.request_id),
        None if job.hold is None else job.hold.value,
        None if error is None else stored(error.code),
        None if error is None else stored(error.message),
        _time(job.not_before),
        _time(job.confirmed),
        job.queue_position,
        stored(job.word),
        _time(job.submitted),
        _time(job.running),
        _time(job.completed),
        _stored(job.result),
        None if job.cost is None else money_text(job.cost),
        int(job.cancel_wanted),
        int(job.resting),
        job.asked_again,
        job.attempts,
        _time(job.deleted),
    )


def clip_values(job_id: str, clip: Clip) -> tuple[Value, ...]:
    """The row of a clip, in the order of ``CLIP_COLUMNS``."""
    return (
        job_id,
        clip.ordinal,
        clip.kind.value,
        stored(clip.address),
        _stored(clip.path),
        clip.size,
        clip.sha256,
        clip.width,
        clip.height,
        clip.frames,
        int(clip.landed),
    )


def job_from(row: sqlite3.Row, clips: tuple[Clip, ...]) -> Job:
    """The job of a row of ``jobs``. Raises RowUnreadableError."""
    read = Columns(row)
    code = read.text_or_none("error_code")
    hold = read.text_or_none("hold")
    try:
        return Job(
            id=read.text("id"),
            state=JobState(read.text("state")),
            realm=read.text("realm"),
            created=time_of(read.text("created")),
            changed=time_of(read.text("changed")),
            spec=_spec_from(read),
            folder=read.text_or_none("folder"),
            request_id=read.text_or_none("request_id"),
            hold=None if hold is None else Hold(hold),
            error=None if code is None else JobError(code, read.text("error_message")),
            not_before=read.time_or_none("not_before"),
            confirmed=read.time_or_none("confirmed"),
            queue_position=read.whole_or_none("queue_position"),
            word=read.text("word"),
            submitted=read.time_or_none("submitted"),
            running=read.time_or_none("running"),
            completed=read.time_or_none("completed"),
            result=read.text_or_none("result"),
            cost=read.money_or_none("cost"),
            cancel_wanted=read.flag("cancel_wanted"),
            resting=read.flag("resting"),
            asked_again=read.whole("asked_again"),
            attempts=read.whole("attempts"),
            clips=clips,
            deleted=read.time_or_none("deleted"),
        )
    except ValueError as error:
        raise RowUnreadableError(str(error)) from error


def clip_from(row: sqlite3.Row) -> tuple[str, Clip]:
    """The clip of a row of ``clips``, behind its job's id. Raises RowUnreadableError."""
    read = Columns(row)
    try:
        clip = Clip(
            ordinal=read.whole("ordinal"),
            kind=ClipKind(read.text("kind")),
            address=read.text("address"),
            path=read.text_or_none("path"),
            size=read.whole_or_none("size"),
            sha256=read.text_or_none("sha256"),
            width=read.whole_or_none("width"),
            height=read.whole_or_none("height"),
            frames=read.whole_or_none("frames"),
            landed=read.flag("landed"),
            # Joined to the clip where a job is read; a salvage reads the marks by themselves.
            mark=Mark(read.text_if_there("mark") or Mark.NONE),
        )
        return read.text("job_id"), clip
    except ValueError as error:
        raise RowUnreadableError(str(error)) from error


def _spec_values(spec: JobSpec | None) -> tuple[Value, ...]:
    if spec is None:
        return (None,) * 12
    picture, origin = spec.picture, spec.picture.origin
    return (
        stored(spec.model_id),
        stored(spec.prompt),
        spec.frames,
        str(spec.seed),
        stored(picture.source),
        picture.sha256,
        picture.media_type,
        _stored(picture.address),
        picture.travel.value,
        None if origin is None else stored(origin.job_id),
        None if origin is None else origin.ordinal,
        None if origin is None else origin.frame,
    )


def _spec_from(read: Columns) -> JobSpec | None:
    model_id = read.text_or_none("model_id")
    if model_id is None:
        return None
    return JobSpec(
        model_id=model_id,
        prompt=read.text("prompt"),
        frames=read.whole("frames"),
        seed=int(read.text("seed")),
        picture=SentPicture(
            source=read.text("picture_source"),
            sha256=read.text_or_none("picture_sha256"),
            media_type=read.text_or_none("picture_media_type"),
            address=read.text_or_none("picture_address"),
            travel=Travel(read.text_if_there("picture_travel") or Travel.INLINE),
            origin=_origin_from(read),
        ),
    )


def _origin_from(read: Columns) -> FrameOrigin | None:
    job_id = read.text_if_there("origin_job")
    if job_id is None:
        return None
    return FrameOrigin(job_id, read.whole("origin_ordinal"), read.whole("origin_frame"))


def _stored(text: str | None) -> str | bytes | None:
    return None if text is None else stored(text)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)


class Columns:
    """Reads a row strictly: SQLite itself would give any type for any column."""

    __slots__ = ("_row",)

    def __init__(self, row: sqlite3.Row) -> None:
        self._row = row

    def text(self, name: str) -> str:
        value = self._row[name]
        if not isinstance(value, str | bytes):
            raise RowUnreadableError(name)
        return text_of(value)

    def text_or_none(self, name: str) -> str | None:
        return None if self._row[name] is None else self.text(name)

    def text_if_there(self, name: str) -> str | None:
        """None also from a damaged database of an older schema, which is salvaged as it is."""
        return self.text_or_none(name) if name in self._row.keys() else None  # noqa: SIM118

    def whole(self, name: str) -> int:
        value = self._row[name]
        if not isinstance(value, int):
            raise RowUnreadableError(name)
        return value

    def whole_or_none(self, name: str) -> int | None:
        return None if self._row[name] is None else self.whole(name)

    def flag(self, name: str) -> bool:
        value = self.whole(name)
        if value not in (0, 1):
            raise RowUnreadableError(name)
        return value == 1

    def time_or_none(self, name: str) -> datetime | None:
        return None if self._row[name] is None else time_of(self.text(name))

    def money_or_none(self, name: str) -> Decimal | None:
        return None if self._row[name] is None else money_of(self.text(name))
