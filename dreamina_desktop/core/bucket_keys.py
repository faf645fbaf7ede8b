"""The keys of the user's own bucket."""

from __future__ import annotations

from dataclasses import dataclass, field

from dreamina_desktop.core.hosting_errors import BucketKeysMissingError


@dataclass(frozen=True, slots=True)
class BucketKeys:
    """An S3 access key, which shows nowhere: its texts have to be asked for."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)

    @classmethod
    def of(cls, access_key_id: str, secret_access_key: str) -> BucketKeys:
        """The keys in what was typed or pasted; white space around them does not count.

        Raises BucketKeysMissingError when one is empty, or cannot travel in a header.
        """
        texts = (access_key_id.strip(), secret_access_key.strip())
        for text in texts:
            if not text or not text.isascii() or not text.isprintable() or " " in text:
                raise BucketKeysMissingError("not a key")
        return cls(*texts)
