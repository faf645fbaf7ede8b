"""An oracle: whether a file is whole, by the decoder alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dreamina_desktop.core.picture import PictureFacts
from dreamina_desktop.pictures import sendable
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.decoding import decode
from dreamina_desktop.pictures.picture_file import read_picture_file
from dreamina_desktop.pictures.probe import is_decodable


def decode_to_end(facts: PictureFacts, source: bytes | Path) -> PictureFacts:
    """The facts with ``decoded`` settled: whether every pixel is there and its checksum right.

    For what is not to be decoded they come back as they are. Raises PictureMissingError.
    """
    if not is_decodable(facts):
        return facts
    data = read_picture_file(source) if isinstance(source, Path) else source
    if data is None:
        return facts
    try:
        decode(facts.format, sendable.bare(facts.format, data))
    except DamagedError:
        return replace(facts, decoded=False)
    return replace(facts, decoded=True)
