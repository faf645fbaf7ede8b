"""Where the picture of a card comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dreamina_desktop.core.job import ClipKind, Job


class SourceKind(StrEnum):
    """``SENT`` names a picture kept in the profile by its sha256; the others are paths."""

    CLIP = "clip"
    PICTURE = "picture"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class PictureSource:
    """``width`` and ``height`` are the clip's in pixels, 0 where the row does not know them."""

    kind: SourceKind
    name: str
    width: int = field(default=0, compare=False)
    height: int = field(default=0, compare=False)


def picture_source(job: Job) -> PictureSource | None:
    """The first output that is there, else the picture that was sent; None for neither."""
    for clip in job.clips:
        if clip.landed and clip.path is not None:
            if clip.kind is ClipKind.VIDEO:
                return PictureSource(SourceKind.CLIP, clip.path, clip.width or 0, clip.height or 0)
            return PictureSource(SourceKind.PICTURE, clip.path)
    if job.spec is not None and job.spec.picture.sha256 is not None:
        return PictureSource(SourceKind.SENT, job.spec.picture.sha256)
    return None
