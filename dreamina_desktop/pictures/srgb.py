"""Colours of any profile as sRGB, by LittleCMS.

Relative colorimetric with black-point compensation: colours that sRGB has stay what they are.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsProfile

# A profile whose colours are as near to sRGB as this, of 255, is sRGB by another name.
_SAME = 2
_LONGEST_NAME = 100
_COLOUR_SPACES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}


class UnusableProfileError(Exception):
    """Never leaves this room: no colours can be computed by this profile."""


class Profile:
    """An ICC profile of a picture. Raises UnusableProfileError where it is damaged.

    Or where it is one of another colour model than ``mode``: "L", "RGB" or "CMYK".
    """

    def __init__(self, data: bytes, mode: str) -> None:
        from PIL import ImageCms

        try:
            self._profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
            space = self._profile.profile.xcolor_space.strip()
            description = self._profile.profile.profile_description
        except (OSError, TypeError, ValueError, ImageCms.PyCMSError) as error:
            raise UnusableProfileError from error
        if _COLOUR_SPACES.get(space) != mode:
            raise UnusableProfileError(space)
        self._mode = mode
        self.name = (description or mode).strip()[:_LONGEST_NAME]
        self._transform = _transform(self._profile, mode)

    def is_srgb(self) -> bool:
        """Whether converting by it would change nothing that can be seen."""
        from PIL import ImageChops

        if self._mode == "CMYK":
            return False
        colours = _test_colours()
        if self._mode == "L":
            colours = colours.convert("L")
        difference = ImageChops.difference(self.converted(colours), colours)
        return not any(sum(band.histogram()[_SAME + 1 :]) for band in difference.split())

    def converted(self, image: Image.Image) -> Image.Image:
        """An image of that mode as sRGB, mode "RGB"; grey stays grey."""
        from PIL import ImageCms

        done = ImageCms.applyTransform(image, self._transform)
        if done is None:
            raise UnusableProfileError
        # By a profile of greys all three are the same.
        return done.getchannel("G") if self._mode == "L" else done


def lab_as_srgb(image: Image.Image) -> Image.Image:
    """An image of mode "LAB" (CIE, D50) as sRGB."""
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    done = ImageCms.applyTransform(image, _transform(lab, "LAB"))
    if done is None:
        raise UnusableProfileError
    return done


def _transform(profile: ImageCmsProfile, mode: str) -> Any:
    from PIL import ImageCms

    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    try:
        return ImageCms.buildTransform(
            profile,
            srgb,
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (OSError, TypeError, ValueError, ImageCms.PyCMSError) as error:
        raise UnusableProfileError from error


@cache
def _test_colours() -> Image.Image:
    """Every eighth level of each of red, green and blue: 729 colours."""
    from PIL import Image

    levels = [min(32 * step, 255) for step in range(9)]
    colours = bytes(v for r in levels for g in levels for b in levels for v in (r, g, b))
    return Image.frombytes("RGB", (27, 27), colours)
