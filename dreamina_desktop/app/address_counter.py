"""Public addresses as the compose pane sees them: fetched here, decoded in the picture process."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.change import ChangeKind
from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.seen_address import SeenAddress
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.pictures.probe import probe_bytes
from dreamina_desktop.ui.ports import PictureWork

if TYPE_CHECKING:
    from dreamina_desktop.api.public_picture import FetchedPicture


class AddressCounter:
    """Implements ``ui.address_desk.AddressDesk``. Any thread may ask, several at once."""

    def __init__(self, pictures: PictureWork, *, is_api_here: bool) -> None:
        """``is_api_here``: the API is on this computer, and may fetch from it too."""
        self._pictures = pictures
        self._is_api_here = is_api_here

    def look(self, address: str, longest: int) -> SeenAddress:
        """What is there, with a view of at most ``longest`` pixels a side where there is one."""
        fetched = asyncio.run(self._fetch(address))
        if fetched.fault is not None:
            return SeenAddress(address, fetched.fault, fetched.status)
        facts = probe_bytes(fetched.data)
        try:
            # In a folder that only this user may enter, and gone when this is over.
            with tempfile.TemporaryDirectory(prefix="dreamina-") as folder:
                path = Path(folder) / "address"
                path.write_bytes(fetched.data)
                prepared = self._pictures.prepare(path, Recipe(), longest)
        except (OSError, PictureMissingError):
            return SeenAddress(address, VerdictCode.ADDRESS_UNREACHED, fetched.status)
        return SeenAddress(
            address,
            None,
            fetched.status,
            # What lies there is what the provider takes: nothing is mended on its way.
            facts=replace(facts, decoded=prepared.facts.decoded),
            media_type=fetched.media_type,
            has_place=any(made.kind is ChangeKind.GPS_REMOVED for made in prepared.changes),
            view=prepared.view,
        )

    async def _fetch(self, address: str) -> FetchedPicture:
        from dreamina_desktop.api.public_picture import PublicPictures

        pictures = PublicPictures(loopback=self._is_api_here)
        try:
            return await pictures.fetch(address)
        finally:
            await pictures.aclose()
