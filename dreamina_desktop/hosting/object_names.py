"""What a picture is called in a bucket."""

from __future__ import annotations

import secrets

from dreamina_desktop.core.bucket_site import BucketSite
from dreamina_desktop.core.settings import BucketPlace

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}


def object_name(place: BucketPlace, media_type: str) -> str:
    """A random name in the place's folder that tells nothing of the picture but its format.

    Raises BucketPlaceError's kinds.
    """
    folder = BucketSite.of(place).folder
    name = secrets.token_hex(16) + _SUFFIXES.get(media_type, "")
    return f"{folder}/{name}" if folder else name
