"""The job that somebody named."""

from __future__ import annotations

from dreamina_desktop.composition import Profile
from dreamina_desktop.core.errors import NoSuchJobError
from dreamina_desktop.core.job import Job


def find_job(profile: Profile, name: str) -> Job:
    """A job by its id or the unambiguous beginning of it. Raises NoSuchJobError."""
    found = [
        job
        for job in profile.repository.all()
        if name and job.realm == profile.realm and job.id.startswith(name)
    ]
    exact = [job for job in found if job.id == name]
    if len(exact or found) != 1:
        raise NoSuchJobError(name)
    return (exact or found)[0]
