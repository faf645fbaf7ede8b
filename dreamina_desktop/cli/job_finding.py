"""The job that somebody named."""

from __future__ import annotations

from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.job import Job


def find_job(profile: Profile, name: str) -> Job:
    """A job by its id or the unambiguous beginning of it. Raises NoSuchJobError."""
    found = profile.repository.named(name, profile.realm)
    if found is None:
        raise NoSuchJobError(name)
    return found
