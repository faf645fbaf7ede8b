"""From a request as a person composed it to a row that may be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dreamina_desktop.core.errors import InputRefusedError
from dreamina_desktop.core.job import Job, JobSpec, JobState, SentPicture
from dreamina_desktop.core.model_spec import ModelSpec
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


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """One take as composed. ``source`` is the picture's path or its public address.

    ``picture`` holds the prepared bytes of a local picture, None for a public address; ``seed``
    None or -1 draws one; ``folder`` is where the clip goes, None for the usual place; ``travel``
    is how a local picture gets to the provider.
    """

    source: str
    picture: PreparedPicture | None
    prompt: str
    frames: int
    seed: int | None = None
    folder: str | None = None
    travel: Travel = Travel.INLINE


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
        """Commit a PREPARED row.

        Raises InputRefusedError with every refusing verdict, OutputFolderError, DiskError.
        """
        refused = tuple(v for v in self.verdicts(request) if v.severity is Severity.REFUSED)
        if refused:
            raise InputRefusedError(refused)
        if request.folder is not None:
            # Seen before anything is paid for: later it is not made any more.
            self._media.usable_folder(Path(request.folder))
        if request.picture is None:
            sent = SentPicture(request.source, address=request.source)
        else:
            # The bytes are on disk before the row that names them.
            self._media.keep_picture(request.picture)
            sent = SentPicture(
                request.source,
                request.picture.sha256,
                request.picture.media_type,
                travel=request.travel,
            )
        now = self._clock.now()
        job = Job(
            id=new_job_id(int(now.timestamp() * 1000), self._draw),
            state=JobState.PREPARED,
            realm=self._realm,
            created=now,
            changed=now,
            folder=request.folder,
            spec=JobSpec(
                model_id=self._spec.model_id,
                prompt=request.prompt,
                frames=request.frames,
                seed=concrete_seed(request.seed, self._draw),
                picture=sent,
            ),
        )
        self._repository.add(job)
        return job


_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_job_id(milliseconds: int, draw: Callable[[int], int]) -> str:
    """A short name that sorts by time and can be read aloud (no i, l, o, u)."""
    letters = []
    for _ in range(9):
        milliseconds, rest = divmod(milliseconds, 32)
        letters.append(_LETTERS[rest])
    chance = "".join(_LETTERS[draw(32)] for _ in range(5))
    return f"{''.join(reversed(letters))}-{chance}"
