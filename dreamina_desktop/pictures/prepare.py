"""Exactly what is sent of a local picture: upright, and nothing in it but the picture."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.pictures import sendable
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.decoding import decode
from dreamina_desktop.pictures.exif_orientation import UPRIGHT
from dreamina_desktop.pictures.picture_file import read_picture_file
from dreamina_desktop.pictures.probe import is_decodable, probe, probe_bytes
from dreamina_desktop.pictures.upright import encode_upright_jpeg, encode_upright_png

_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_UNKNOWN_MEDIA_TYPE = "application/octet-stream"


class PillowPreparer:
    """Implements ``core.ports.PicturePreparer``.

    ``byte_limit`` is the smallest number of bytes that the model refuses; None for none.
    """

    def __init__(self, byte_limit: int | None = None) -> None:
        self._byte_limit = byte_limit

    def prepare(self, path: Path) -> PreparedPicture:
        """Read the file once, so that what is judged is what is sent. Blocking.

        JPEG and PNG lose their metadata without being encoded anew; only one that is not upright
        is encoded again. Anything else, and what is damaged, comes back as it is, to be refused
        by its facts; of a file too large to be read, only the facts come back. Raises
        PictureMissingError.
        """
        original = read_picture_file(path)
        if original is None:
            return _prepared(b"", probe(path), unchanged=False)
        facts = probe_bytes(original)
        if not is_decodable(facts):
            return _prepared(original, facts, unchanged=True)
        try:
            data = self._travelling(original, facts.format)
        except DamagedError:
            return _prepared(original, replace(facts, decoded=False), unchanged=True)
        if data != original:
            facts = probe_bytes(data)
        return _prepared(data, replace(facts, decoded=True), unchanged=data == original)

    def _travelling(self, original: bytes, name: str) -> bytes:
        stripped = sendable.bare(name, original)
        image = decode(name, stripped)
        orientation = sendable.read_header(name, io.BytesIO(original)).orientation
        if orientation == UPRIGHT:
            return stripped
        limit = self._byte_limit
        if limit is not None and len(stripped) >= limit:
            # Refused as it is: no reason to lose more than turning costs.
            limit = None
        if name == "JPEG":
            return encode_upright_jpeg(image, orientation, limit)
        return encode_upright_png(image, stripped, orientation, limit)


def _prepared(data: bytes, facts: PictureFacts, *, unchanged: bool) -> PreparedPicture:
    return PreparedPicture(
        data=data,
        media_type=_MEDIA_TYPES.get(facts.format, _UNKNOWN_MEDIA_TYPE),
        sha256=hashlib.sha256(data).hexdigest(),
        facts=facts,
        unchanged=unchanged,
    )
