"""Which way a picture reaches the provider."""

from __future__ import annotations

from dreamina_desktop.core.job import Job
from dreamina_desktop.core.ports import PictureHost
from dreamina_desktop.core.settings import Travel


class PictureItems:
    """Implements ``core.ports.PictureHost``: ``public`` for addresses, the others for files."""

    def __init__(self, inline: PictureHost, public: PictureHost, bucket: PictureHost) -> None:
        self._inline = inline
        self._public = public
        self._bucket = bucket

    async def item(self, job: Job) -> str:
        """The ``image_urls`` item; raises as the host that the click chose."""
        return await self._host(job).item(job)

    def _host(self, job: Job) -> PictureHost:
        if job.picture.address is not None:
            return self._public
        return self._bucket if job.picture.travel is Travel.BUCKET else self._inline
