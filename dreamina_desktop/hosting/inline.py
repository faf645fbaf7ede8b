"""A picture inside the request itself, as a data URI (RFC 2397)."""

from __future__ import annotations

import base64
from collections.abc import Callable

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.job import Job


class InlineHost:
    """Implements ``core.ports.PictureHost`` for local pictures.

    ``read`` gives the bytes kept under a sha256, or raises PictureMissingError.
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read = read

    async def item(self, job: Job) -> str:
        """``data:image/…;base64,…`` of the kept bytes; raises PictureMissingError."""
        picture = job.picture
        if picture.sha256 is None or picture.media_type is None:
            raise PictureMissingError(picture.source)
        data = base64.b64encode(self._read(picture.sha256)).decode("ascii")
        return f"data:{picture.media_type};base64,{data}"
