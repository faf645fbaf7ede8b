"""A picture that the provider's server fetches itself."""

from __future__ import annotations

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.job import SentPicture


class PublicUrlHost:
    """Implements ``core.ports.PictureHost`` for public addresses."""

    def item(self, picture: SentPicture) -> str:
        """The address as it was given; raises PictureMissingError when there is none."""
        if picture.address is None:
            raise PictureMissingError(picture.source)
        return picture.address
