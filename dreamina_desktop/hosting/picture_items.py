"""Which way a picture reaches the provider."""

from __future__ import annotations

from dreamina_desktop.core.job import SentPicture
from dreamina_desktop.core.ports import PictureHost


class PictureItems:
    """Implements ``core.ports.PictureHost``: ``public`` for addresses, ``local`` for files."""

    def __init__(self, local: PictureHost, public: PictureHost) -> None:
        self._local = local
        self._public = public

    def item(self, picture: SentPicture) -> str:
        """The ``image_urls`` item; raises PictureMissingError."""
        host = self._local if picture.address is None else self._public
        return host.item(picture)
