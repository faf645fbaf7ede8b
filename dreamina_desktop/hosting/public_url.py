"""A picture that the provider's server fetches itself."""

from __future__ import annotations

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.job import Job


class PublicUrlHost:
    """Implements ``core.ports.PictureHost`` for public addresses."""

    async def item(self, job: Job) -> str:
        """The address as it was given; raises PictureMissingError when there is none."""
        picture = job.picture
        if picture.address is None:
            raise PictureMissingError(picture.source)
        return picture.address
