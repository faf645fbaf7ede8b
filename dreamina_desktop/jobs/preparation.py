"""From a request as a person composed it to a row that may be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dreamina_desktop.core.errors import InputRefusedError
from dreamina_desktop.core.job import Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.ports import Clock, JobRepository, MediaFiles
from dreamina_desktop.core.seed import concrete_seed
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.core.validation import (
    judge_address,
    judge_frames,
    judge_picture,
    judge_prompt,
    judge_seed,
)
from dreamina_desktop.core.verdict import Severity, Verdict

MOST_TAKES = 9
"""As many as one click makes at most: what a wall shows at once."""

_APART = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """A take as composed. ``source`` is the picture's path or its public address.

    ``picture`` holds the prepared bytes of a local picture, None for a public address; ``seed``
    None or -1 draws one; ``folder`` is where the clip goes, None for the usual place; ``travel``
    is how a local picture gets to the provider; ``origin`` is the frame that the picture was.
    """

    source: str
    picture: PreparedPicture | None
    prompt: str
    frames: int
    seed: int | None = None
    folder: str | None = None
    travel: Travel = Travel.INLINE
    origin: FrameOrigin | None = None


class Preparation:
    """Freezes requests: judged, bytes kept, seed drawn, row committed."""

    def __init__(
        self,
        *,
        spec: ModelSpec,
        repository: JobRepository,
        media: MediaFiles,
        clock: Clock,
        realm: str,
        draw: Callable[[int], int],
    ) -> None:
        self._spec = spec
        self._repository = repository
        self._media = media
        self._clock = clock
        self._realm = realm
        self._draw = draw

    def verdicts(self, request: TakeRequest) -> tuple[Verdict, ...]:
        """Every finding about every input."""
        if request.picture is None:
            about_picture = judge_address(request.source)
        else:
            about_picture = judge_picture(request.picture.facts, self._spec)
        return (
            *about_picture,
            *judge_prompt(request.prompt, self._spec),
            *judge_seed(request.seed, self._spec),
            *judge_frames(request.frames, self._spec),
        )

    def prepare(self, request: TakeRequest) -> Job:
        """Commit a PREPARED row. Raises as ``prepare_takes``."""
        return self.prepare_takes(request, 1)[0]

    def prepare_takes(self, request: TakeRequest, takes: int) -> tuple[Job, ...]:
        """Commit as many PREPARED rows in one transaction, each with a seed of its own.

        A crash leaves all of them or none. The first has the seed of the request, if that has
        one; the others are drawn. Raises InputRefusedError with every refusing verdict,
        OutputFolderError, DiskError, ValueError for no takes or more than ``MOST_TAKES``.
        """
        if not 1 <= takes <= MOST_TAKES:
            raise ValueError(takes)
        refused = tuple(v for v in self.verdicts(request) if v.severity is Severity.REFUSED)
        if refused:
            raise InputRefusedError(refused)
        if request.folder is not None:
            # Seen before anything is paid for: later it is not made any more.
            self._media.usable_folder(Path(request.folder))
        if request.picture is None:
            sent = SentPicture(request.source, address=request.source, origin=request.origin)
        else:
            # The bytes are on disk before the row that names them.
            self._media.keep_picture(request.picture)
            sent = SentPicture(
                request.source,
                request.picture.sha256,
                request.picture.media_type,
                travel=request.travel,
                origin=request.origin,
            )
        now = self._clock.now()
        # A moment apart, so that they sort, and go out, in the order of their numbers.
        jobs = tuple(
            self._take(request, sent, request.seed if number == 0 else None, now + number * _APART)
            for number in range(takes)
        )
        self._repository.add(*jobs)
        return jobs

    def _take(
        self, request: TakeRequest, sent: SentPicture, seed: int | None, created: datetime
    ) -> Job:
        return Job(
            id=new_job_id(int(created.timestamp() * 1000), self._draw),
            state=JobState.PREPARED,
            realm=self._realm,
            created=created,
            changed=created,
            folder=request.folder,
            spec=JobSpec(
                model_id=self._spec.model_id,
                prompt=request.prompt,
                frames=request.frames,
                seed=concrete_seed(seed, self._draw),
                picture=sent,
            ),
        )


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_job_id(milliseconds: int, draw: Callable[[int], int]) -> str:
    """A short name that sorts by time and can be read aloud (no i, l, o, u)."""
    letters = []
    for _ in range(9):
        milliseconds, rest = divmod(milliseconds, 32)
        letters.append(_LETTERS[rest])
    chance = "".join(_LETTERS[draw(32)] for _ in range(5))
    return f"{''.join(reversed(letters))}-{chance}"
