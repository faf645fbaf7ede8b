"""A picture in the user's own bucket, from before it is put there until it is removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dreamina_desktop.core.settings import BucketPlace


@dataclass(frozen=True, slots=True)
class HostedPicture:
    """One object of a bucket, put there for one job. Times are UTC.

    ``name`` is the whole name within the bucket, its folder included. ``uploaded`` None: it may be
    there all the same, for the row is written first. ``removed`` says that it is gone again.
    """

    name: str
    job_id: str
    endpoint: str
    region: str
    bucket: str
    deletes_afterwards: bool
    uploaded: datetime | None = None
    removed: datetime | None = None

    @property
    def place(self) -> BucketPlace:
        """The bucket alone: names are whole, and lifetimes are said with each address."""
        return BucketPlace(self.endpoint, self.region, self.bucket, folder="")
