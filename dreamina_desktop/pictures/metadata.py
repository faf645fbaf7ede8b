"""What a file tells besides its picture: named, so that a person learns what did not travel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.pictures import jpeg_segments, png_chunks
from dreamina_desktop.pictures.exif_directory import number_of_pictures, tells_place
from dreamina_desktop.pictures.jpeg_segments import Segment
from dreamina_desktop.pictures.png_chunks import Chunk

if TYPE_CHECKING:
    from PIL import Image

_EXIF, _XMP, _IPTC, _C2PA = "EXIF", "XMP", "IPTC", "C2PA"
_COMMENT, _TEXT, _TIME, _THUMBNAIL, _OTHER = "comment", "text", "time", "thumbnail", "other data"
_PROFILE = "colour profile"
# How XMP names places (EXIF in XMP, and Photoshop's own).
_PLACES_IN_XMP = (b"exif:GPS", b"GPSLatitude", b"photoshop:City")
_EXIF_HEAD, _MPF_HEAD = b"Exif\0\0", b"MPF\0"
_GPS_TAG, _EXIF_TAG, _XMP_TAG, _IPTC_TAG = 0x8825, 0x8769, 0x02BC, 0x83BB
# A TIFF's own tags tell of sizes too; these tell who, when and with what.
_TELLING_TAGS = frozenset({_EXIF_TAG, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298})


@dataclass(frozen=True, slots=True)
class Metadata:
    """``names`` of what there is, ``has_place`` of where it was taken, number of ``pictures``."""

    names: tuple[str, ...] = ()
    has_place: bool = False
    pictures: int = 1

    def without_profile(self) -> Metadata:
        """For a picture of which more is said about its colours."""
        names = tuple(name for name in self.names if name != _PROFILE)
        return replace(self, names=names)

    def changes(self) -> list[Change]:
        """What leaving all of it out is called."""
        found = []
        if self.names:
            names = ", ".join(dict.fromkeys(self.names))
            found.append(Change(ChangeKind.METADATA_REMOVED, before=names))
        if self.has_place:
            found.append(Change(ChangeKind.GPS_REMOVED))
        if self.pictures > 1:
            found.append(Change(ChangeKind.FIRST_FRAME, before=self.pictures))
        return found


NOTHING = Metadata()
SOMETHING = Metadata((_OTHER,))
"""Between or behind the parts of which a file is made."""


def of_sendable(name: str, data: bytes) -> Metadata:
    """What ``sendable.bare`` leaves out of a JPEG or PNG that it has read."""
    return _of_jpeg(data) if name == "JPEG" else _of_png(data)


def of_opened(image: Image.Image, name: str) -> Metadata:
    """What Pillow found in a file of another format."""
    exif = image.getexif()
    has_exif = bool(image.info.get("exif")) or not _TELLING_TAGS.isdisjoint(exif)
    xmp = image.info.get("xmp") or exif.get(_XMP_TAG) or b""
    present = {
        _EXIF: has_exif,
        _XMP: bool(xmp),
        _IPTC: _IPTC_TAG in exif,
        _COMMENT: bool(image.info.get("comment")),
    }
    return Metadata(
        names=tuple(name for name, is_there in present.items() if is_there),
        has_place=_GPS_TAG in exif or _places_in(xmp if isinstance(xmp, bytes) else b""),
        # Pillow counts the layers of a PSD; what is read is all of them together.
        pictures=1 if name == "PSD" else getattr(image, "n_frames", 1),
    )


def of_heif(image: Image.Image, pictures: int) -> Metadata:
    """What libheif found in a file of so many pictures."""
    exif, xmp = image.info.get("exif") or b"", image.info.get("xmp") or b""
    names = [name for name, data in ((_EXIF, exif), (_XMP, xmp)) if data]
    has_place = tells_place(exif.removeprefix(_EXIF_HEAD)) or _places_in(xmp)
    return Metadata(tuple(names), has_place, pictures)


def _of_jpeg(data: bytes) -> Metadata:
    names, has_place, pictures = [], False, 1
    for segment in jpeg_segments.left_out(data):
        if segment.payload.startswith(_MPF_HEAD):
            pictures = number_of_pictures(segment.payload[len(_MPF_HEAD) :])
            continue
        names.append(_name_of_segment(segment))
        if segment.payload.startswith(_EXIF_HEAD):
            has_place |= tells_place(segment.payload[len(_EXIF_HEAD) :])
        has_place |= _places_in(segment.payload)
    return Metadata(tuple(names), has_place, pictures)


def _name_of_segment(segment: Segment) -> str:
    marker, payload = segment.marker, segment.payload
    if marker == jpeg_segments.COMMENT:
        return _COMMENT
    heads = {
        _EXIF_HEAD: _EXIF,
        b"http://ns.adobe.com/x": _XMP,
        b"Photoshop 3.0": _IPTC,
        b"JFIF": _THUMBNAIL,
        b"JFXX": _THUMBNAIL,
        b"JP": _C2PA,
        b"ICC_PROFILE": _PROFILE,
    }
    return next((name for head, name in heads.items() if payload.startswith(head)), _OTHER)


def _of_png(data: bytes) -> Metadata:
    names, has_place, pictures = [], False, 1
    for chunk in png_chunks.left_out(data):
        if chunk.kind in (b"acTL", b"fcTL", b"fdAT"):
            if chunk.kind == b"acTL":
                pictures = int.from_bytes(chunk.data[:4], "big")
            continue
        names.append(_name_of_chunk(chunk))
        has_place |= chunk.kind == b"eXIf" and tells_place(chunk.data)
        has_place |= _places_in(chunk.data)
    return Metadata(tuple(names), has_place, pictures)


def _name_of_chunk(chunk: Chunk) -> str:
    if chunk.data.startswith(b"XML:com.adobe.xmp"):
        return _XMP
    if chunk.data.startswith(b"Raw profile type exif"):
        return _EXIF
    names = {b"eXIf": _EXIF, b"tIME": _TIME, b"caBX": _C2PA, b"iCCP": _PROFILE}
    texts = dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), _TEXT)
    return (names | texts).get(chunk.kind, _OTHER)


def _places_in(data: bytes) -> bool:
    return any(word in data for word in _PLACES_IN_XMP)
