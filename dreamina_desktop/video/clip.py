"""Whether a downloaded file is a whole clip or picture, and its facts."""

from __future__ import annotations

import re
import struct
import warnings
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import ClipBrokenError, DiskError
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.video.boxes import check_boxes, is_mp4
from dreamina_desktop.video.clip_file import ClipFile

_PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
# What Pillow raises on damaged files; a Warning only where warnings are errors.
_PICTURE_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Warning,
    struct.error,
)


class PyAvClipCheck:
    """Implements ``core.ports.ClipCheck``."""

    def facts(self, path: Path) -> ClipFacts:
        """What the file is, judged by content; blocking, up to a second.

        An MP4 must be complete box by box; of every clip all frames are counted, the first and
        the last are decoded. A picture is decoded whole. Raises ClipBrokenError for all else, and
        DiskError when the disk does not give it.
        """
        try:
            with path.open("rb") as file:
                head = file.read(16)
                if _PICTURE.match(head):
                    file.seek(0)
                    return _picture_facts(file)
                if is_mp4(head):
                    check_boxes(file)
        except OSError as error:
            # The disk's fault, not the clip's: what came is kept.
            detail = f"download, {error.strerror or type(error).__name__}"
            raise DiskError(detail, folder=str(path.parent)) from error
        return _clip_facts(path)


def _picture_facts(file: BinaryIO) -> ClipFacts:
    from PIL import Image

    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    try:
        with Image.open(file, formats=_PICTURE_FORMATS) as image:
            # Only this looks at the checksums of a PNG; after it the file must be opened anew.
            image.verify()
        file.seek(0)
        with Image.open(file, formats=_PICTURE_FORMATS) as image:
            image.load()
            return ClipFacts(ClipKind.IMAGE, image.width, image.height, 0, 0.0)
    except (*_PICTURE_ERRORS, Image.DecompressionBombError) as error:
        raise ClipBrokenError(f"picture: {type(error).__name__}") from error


def _clip_facts(path: Path) -> ClipFacts:
    with closing(ClipFile(path)) as clip:
        ends = {}
        for number in (0, clip.frames - 1):
            for found, frame in clip.decode_from(number):
                if found == number:
                    ends[number] = frame.width, frame.height
                    break
            else:
                raise ClipBrokenError(f"frame {number}")
        width, height = ends[0]
        return ClipFacts(ClipKind.VIDEO, width, height, clip.frames, clip.frames_per_second)
