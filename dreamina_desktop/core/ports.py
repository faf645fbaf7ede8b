"""What the engine needs from the other rooms, as protocols; ``app`` and ``cli`` hand them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    ClipFacts,
    Downloaded,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.evidence import Evidence, SeenBalance
from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.job import Clip, Job, JobState
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.submit_class import SubmitClass


class Clock(Protocol):
    """Two clocks: ``now`` is the wall's (UTC), ``monotonic`` counts seconds awake."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class AccountApi(Protocol):
    """What may be asked without a job. Raises as ``ModelApi``."""

    async def price(self, model_id: str) -> Price: ...

    async def balance(self) -> Balance: ...


class AccountDesk(AccountApi, Protocol):
    """The account while the jobs are carried: polite, and able to look a request up."""

    async def look_up(self, request_id: str) -> StatusAnswer: ...


type Left = Callable[[], None]
"""To be called when the last byte of a request has left."""


class ModelApi(Protocol):
    """The provider. Every call raises ``errors.WireError`` kinds, or ``KeyMissingError``.

    ``left`` is told, at once, of each request that a call sends.
    """

    async def submit(self, submission: Submission) -> Accepted: ...

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer: ...

    async def result(self, request_id: str, left: Left | None = None) -> ResultAnswer: ...

    async def cancel(self, request_id: str, left: Left | None = None) -> CancelOutcome: ...

    async def price(self, model_id: str) -> Price: ...

    async def balance(self) -> Balance: ...

    async def reconnect(self) -> None:
        """Leave all connections behind but those of submits; what is out on them fails."""
        ...


class Downloader(Protocol):
    """Fetches results without the key."""

    async def download(self, address: str, part: Path) -> Downloaded:
        """Bring the whole file to ``part``, continuing what is there if the server allows.

        On return ``part`` is complete and synced. Raises ``errors.DownloadError`` kinds and
        ``DiskError``; then ``part`` may hold a beginning.
        """
        ...


class JobRepository(Protocol):
    """The rows. Every change is one committed transaction, synced before the call returns.

    All calls raise ``DiskError`` when the disk refuses; those that name a job raise
    ``NoSuchJobError``; ``change`` raises ``StateChangedError`` when the row's state is no longer
    that of ``before``.
    """

    def add(self, job: Job, *others: Job) -> None:
        """New rows: all of them, or none."""
        ...

    def get(self, job_id: str) -> Job: ...

    def unfinished(self, realm: str) -> tuple[Job, ...]:
        """Jobs of that API in no final state and not deleted, oldest first."""
        ...

    def by_request(self, request_id: str) -> Job | None: ...

    def change(self, before: Job, after: Job) -> Job:
        """Compare-and-set on the state: write every field but clips, return the new row.

        ``changed`` is set here. Clips are replaced only when ``after.clips`` differs. A
        ``cancel_wanted`` that another process set since ``before`` was read is kept; so is a
        ``hold``, where ``after`` leaves that as it was.
        """
        ...

    def begin_attempt(self, before: Job, balance: SeenBalance | None = None) -> Job:
        """PREPARED → SUBMITTING with a new attempt row: on disk before anything is sent.

        ``balance`` is what the account holds before it, if that is known. Raises
        StateChangedError also when the job was held since ``before`` was read.
        """
        ...

    def end_attempt(self, before: Job, after: Job, outcome: SubmitClass) -> Job:
        """SUBMITTING → ``after.state``, the open attempt closed, in one transaction.

        An accepted one writes the receipt with the request id first.
        """
        ...

    def want_cancel(self, job_id: str) -> Job:
        """Record the user's wish, whoever holds the profile."""
        ...

    def evidence(self, *job_ids: str) -> dict[str, Evidence]:
        """The balance around the last submit of each of these jobs that was ever sent."""
        ...

    def note_balance(self, job_id: str, seen: SeenBalance) -> bool:
        """Keep what the account holds after a job's last submit; whether it was evidence.

        A first answer is kept, and replaced as long as nothing else was sent since.
        """
        ...

    def save_price(self, model_id: str, price: Price, at: datetime) -> None: ...


class MediaFiles(Protocol):
    """The files of a profile: prepared pictures, and clips in the user's folder."""

    def keep_picture(self, picture: PreparedPicture) -> None:
        """Store the bytes under their sha256, synced."""
        ...

    def picture(self, sha256: str) -> bytes:
        """The bytes kept; raises PictureMissingError when they are gone or altered."""
        ...

    def usable_folder(self, folder: Path) -> Path:
        """A folder for clips to come, made if it is missing; raises OutputFolderError."""
        ...

    def part(self, job_id: str, ordinal: int) -> Path:
        """Where a download grows: beside its later place, hidden, the same at every try."""
        ...

    def choose_name(self, job: Job, clip: Clip, facts: ClipFacts, part: Path) -> Path:
        """A name in the user's folder that no file has; its suffix by what ``part`` holds.

        Raises ClipFolderError when that folder is gone, or refuses.
        """
        ...

    def place(self, part: Path, target: Path) -> bool:
        """Move ``part`` to ``target`` without overwriting; False when the name is taken now.

        Raises ClipFolderError as ``choose_name``.
        """
        ...

    def is_there(self, clip: Clip) -> bool:
        """Whether the clip's file is at its path with its size and sha256."""
        ...

    def discard(self, part: Path) -> None: ...


class ClipCheck(Protocol):
    """Whether a downloaded file is a whole clip or picture."""

    def facts(self, path: Path) -> ClipFacts:
        """Raises ClipBrokenError. Blocking: call it off the event loop."""
        ...


class PicturePreparer(Protocol):
    """Pillow's side."""

    def prepare(
        self, path: Path, recipe: Recipe = ..., longest: int | None = None
    ) -> PreparedPicture:
        """Exactly what will be sent of a file. Blocking.

        With ``longest`` it comes with a view of at most so many pixels a side. Raises
        PictureMissingError; ``facts.decoded`` is False for one that is damaged.
        """
        ...


class PictureHost(Protocol):
    """How the API gets to see a picture."""

    async def item(self, job: Job) -> str:
        """The ``image_urls`` item of a job's frozen picture; it may be brought somewhere for that.

        Raises PictureMissingError, and ``hosting_errors.HostingError`` and DiskError where it
        could not be brought there now.
        """
        ...


class ObjectStore(Protocol):
    """A bucket. All raise ``hosting_errors.HostingError``; names are whole, folders included."""

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        """Store an object, in the place of one of that name."""
        ...

    async def address(self, name: str, lifetime: timedelta) -> str:
        """An address by which anybody can fetch the object, for so long. Asks nobody."""
        ...

    async def delete(self, name: str) -> None:
        """Remove an object; none of that name is fine."""
        ...


class HostedPictureRows(Protocol):
    """What was put into buckets. Each call is one committed transaction; all raise DiskError."""

    def hosted(self, job_id: str) -> tuple[HostedPicture, ...]:
        """A job's pictures, in whatever buckets, but those that are removed."""
        ...

    def begin_hosting(self, picture: HostedPicture) -> None:
        """Write down a name before anything is put there. Raises NoSuchJobError."""
        ...

    def note_uploaded(self, name: str) -> None: ...

    def note_removed(self, name: str) -> None: ...

    def removable(self) -> tuple[HostedPicture, ...]:
        """Those to be deleted, of jobs in a final state that are not removed yet."""
        ...


class SecretStore(Protocol):
    """The key. Blocking calls; raise KeyringError."""

    def read(self) -> str | None: ...

    def save(self, key: str) -> None: ...

    def forget(self) -> None: ...


__all__ = [
    "AccountApi",
    "AccountDesk",
    "ClipCheck",
    "Clock",
    "Downloader",
    "HostedPictureRows",
    "JobRepository",
    "JobState",
    "Left",
    "MediaFiles",
    "ModelApi",
    "ObjectStore",
    "PictureHost",
    "PicturePreparer",
    "SecretStore",
]
