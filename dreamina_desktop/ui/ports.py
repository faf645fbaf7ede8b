"""What the window needs of the other rooms, as protocols; ``app`` hands them in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Protocol, cast

from dreamina_desktop.core.answers import Balance
from dreamina_desktop.core.diagnosis import Diagnosis, StepEnded
from dreamina_desktop.core.errors import KeyringError
from dreamina_desktop.core.events import EngineEvent
from dreamina_desktop.core.evidence import Evidence
from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.core.picture import PictureView, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.ports import AccountDesk
from dreamina_desktop.core.recipe import Recipe


class JobReader(Protocol):
    """Rows as they stand: short pages, fetched whole. The library reads them off the GUI thread.

    All raise DiskError; ``get`` and ``page`` raise NoSuchJobError.
    """

    def get(self, job_id: str) -> Job:
        """One job, deleted or not."""
        ...

    def page(
        self,
        limit: int,
        before: str | None = None,
        search: str | None = None,
        *,
        states: frozenset[JobState] | None = None,
        waiting: bool | None = None,
        marks: frozenset[Mark] | None = None,
    ) -> tuple[Job, ...]:
        """Jobs that are not deleted, newest first, after the job with the id ``before``.

        Only those in ``states``; ``waiting`` True: only those that wait for a person (held,
        resting or UNKNOWN; see ``jobs.lifecycle.is_waiting``), False: only the others. Only
        those whose mark is among ``marks``.
        """
        ...

    def siblings(self, job_id: str) -> tuple[Job, ...]:
        """All takes of the same thing, the job itself among them, oldest first.

        Those of the same API that are not deleted, in any state; see ``core.siblings``. Raises
        NoSuchJobError.
        """
        ...

    def finds(self, job: Job, search: str) -> bool:
        """Whether ``page`` with that ``search`` would list the job. Pure: no disk."""
        ...

    def evidence(self, *job_ids: str) -> dict[str, Evidence]:
        """The balance around the last submit of each of these jobs that was ever sent."""
        ...

    def spent(self, since: datetime) -> Decimal:
        """Sum of the known costs in USD."""
        ...


class MarkKeeper(Protocol):
    """Keeps what a person thinks of a clip. Off the GUI thread."""

    def mark(self, job_id: str, ordinal: int, mark: Mark) -> None:
        """Set it, whatever stood before. Raises NoSuchJobError (no such clip too), DiskError."""
        ...


class JobBin(Protocol):
    """Deleting with undo: hides rows, touches no file. Off the GUI thread.

    All raise DiskError; ``delete`` and ``undelete`` also NoSuchJobError, ``delete`` also
    StateChangedError for a job that is live or in doubt.
    """

    def delete(self, job_id: str) -> Job: ...

    def undelete(self, job_id: str) -> Job: ...

    def emptied(self, job_id: str) -> None:
        """The files of a hidden job have been thrown away."""
        ...

    def left_over(self, now: datetime, undo: timedelta) -> tuple[Job, ...]:
        """Jobs hidden for longer than ``undo`` whose files nobody has thrown away."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome[T]:
    """How a piece of background work ended: with ``value``, or with ``error``."""

    value: T | None = None
    error: Exception | None = None

    def get(self) -> T:
        """The value; raises the error."""
        if self.error is not None:
            raise self.error
        return cast("T", self.value)


class DiagnosticsDesk(Protocol):
    """What is worth knowing when something does not work. Blocking: never on the GUI thread."""

    def look(self) -> Diagnosis:
        """What can be found out without the network."""
        ...

    def check(self) -> tuple[StepEnded, ...]:
        """Ask the way to the provider. Raises ApiAddressError."""
        ...


class Background(Protocol):
    """Work away from the GUI thread, one piece after another.

    ``done`` is a bound method of a QObject of the GUI thread and is called there; not at all if
    that object has been destroyed meanwhile. What ``work`` raises comes out of ``Outcome.get``.
    """

    def run[T](self, work: Callable[[], T], done: Callable[[Outcome[T]], None]) -> None: ...


class FolderOpener(Protocol):
    """Shows a file in the desktop's own file browser."""

    def reveal(self, path: Path) -> None: ...


class PictureWork(Protocol):
    """Decoding and encoding where it does not hold up the window. Blocking: never call it there.

    ``longest`` bounds the sides of a view, in pixels. Once ``cancelled`` says yes, both raise
    ``pictures.cancelled.PreparationCancelledError``. See ``pictures.picture_process``.
    """

    def prepare(
        self,
        path: Path,
        recipe: Recipe = ...,
        longest: int | None = None,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PreparedPicture:
        """Exactly what will be sent of a file. Raises PictureMissingError."""
        ...

    def look(
        self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
    ) -> PictureView | None:
        """The file itself; None where it cannot be shown. Raises PictureMissingError."""
        ...


class PreparedShelf(Protocol):
    """Keeps what was prepared, by its sha256. Blocking. See ``core.ports.MediaFiles``."""

    def keep_picture(self, picture: PreparedPicture) -> None:
        """Store the bytes; again does nothing. Raises DiskError."""
        ...


class PictureHabits(Protocol):
    """What a person does with pictures. Quick: kept in memory, written elsewhere."""

    def recipe(self, source: str) -> Recipe:
        """What was last made of the file at that absolute path."""
        ...

    def keep_recipe(self, source: str, recipe: Recipe) -> None:
        """Remember it for when the picture comes back."""
        ...

    @property
    def takes_saved_files(self) -> bool:
        """Whether a file saved anew by another program is taken without asking."""
        ...

    def take_saved_files(self, *, always: bool) -> None:
        """Set that."""
        ...


class RecentPictures(Protocol):
    """Pictures used lately. Quick: kept in memory, written elsewhere."""

    def sources(self) -> tuple[str, ...]:
        """Paths and addresses, the latest first."""
        ...

    def add(self, source: str) -> None:
        """Put one in front; a source that is listed already moves there."""
        ...


class PromptHistory(Protocol):
    """Prompts of earlier takes. Quick: kept in memory."""

    def prompts(self) -> tuple[str, ...]:
        """Each once, the latest first."""
        ...


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What outside the draft keeps Generate from being pressed, such as a missing key.

    ``text`` and ``action`` are words for people; ``code`` tells the window which action was taken.
    """

    code: str
    text: str
    action: str


class RunningEngine(Protocol):
    """The engine while it runs; all only from its loop's thread."""

    def ring(self) -> None:
        """A row was written: look at once."""
        ...

    def wake(self) -> None:
        """Look at everything now, but for what the provider asked to wait with."""
        ...

    def mend(self) -> None:
        """Key or balance were mended: go on where the provider refused."""
        ...


class JobWork(Protocol):
    """Carries the profile's jobs as long as the block lasts."""

    def working(
        self,
        tell: Callable[[EngineEvent], None],
        meet: Callable[[AccountDesk], None],
    ) -> AbstractAsyncContextManager[RunningEngine]:
        """Both are called on the loop that enters the block.

        ``meet`` is handed the account before the block begins. Raises DiskError,
        PracticeUnavailableError, ApiAddressError, KeyMissingError for a key that is none, and in
        the end what stopped the engine.
        """
        ...


class KeyOrigin(StrEnum):
    """Where the key in use comes from."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "session"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KeyInUse:
    """``variable`` names the environment's; ``trouble`` is why the keyring could not be asked."""

    origin: KeyOrigin
    variable: str = ""
    trouble: KeyringError | None = None


class KeyDesk(Protocol):
    """The key, without ever showing it. Blocking, up to some seconds: never on the GUI thread."""

    def look(self) -> KeyInUse:
        """Which key is in use. Raises KeyMissingError when what is there is no key."""
        ...

    def check(self, typed: str) -> Balance | None:
        """Ask the provider with the key that was typed, "" for the one in use.

        What the account holds, None where it does not say. Raises KeyMissingError, WireError.
        """
        ...

    def keep(self, typed: str) -> None:
        """Save it in the keyring. Raises KeyMissingError, KeyringError: then it is not used."""
        ...

    def use_for_session(self, typed: str) -> None:
        """Use it until the program ends. Raises KeyMissingError."""
        ...

    def forget(self) -> None:
        """Remove it from the keyring and from memory. Raises KeyringError."""
        ...
