"""The clips that somebody named, by file or by job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from dreamina_desktop.cli.job_finding import find_job
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.export_errors import ClipMissingError, ClipNotMadeError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.video.film_clip import FilmClip, film_clip

type OpenProfile = Callable[[], AbstractContextManager[Profile]]


def chosen_clips(names: Sequence[str], open_profile: OpenProfile) -> tuple[FilmClip, ...]:
    """A file where there is one of that name, else a job's clip.

    The profile is opened only where it is needed. Raises ClipMissingError, ClipNotMadeError, and
    as ``open_profile``.
    """
    files = {name: Path(name).absolute() for name in names if _is_file(Path(name))}
    jobs = [name for name in names if name not in files]
    for name in jobs:
        if not name or Path(name).name != name or Path(name).suffix:
            raise ClipMissingError(name)
    found = {name: FilmClip(path) for name, path in files.items()}
    if jobs:
        with open_profile() as profile:
            found |= {name: _clip_of(profile, name) for name in jobs}
    return tuple(found[name] for name in names)


def _clip_of(profile: Profile, name: str) -> FilmClip:
    try:
        job = find_job(profile, name)
    except NoSuchJobError as error:
        raise ClipMissingError(name) from error
    for clip in job.clips:
        if clip.kind is ClipKind.VIDEO and clip.landed and clip.path is not None:
            chosen = film_clip(job, clip)
            if _is_file(chosen.path):
                return chosen
    raise ClipNotMadeError(job.id)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name that is too long, a folder that may not be entered: nothing that could be read.
        return False
