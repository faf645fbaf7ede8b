"""An S3-speaking server for tests: a process of its own on loopback, over real HTTP."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.settings import BucketPlace

ROOT = Path(__file__).parent.parent.parent
KEY_ID = "CANARYKEYID0123456789"
SECRET = "canary/Secret+0123456789abcdefghij/canary"
BUCKET = "paintings"


@dataclass(frozen=True, slots=True)
class S3Request:
    """One request that came, and the HTTP status it was answered with."""

    method: str
    target: str
    headers: dict[str, str]
    status: int


@dataclass(frozen=True, slots=True)
class S3Object:
    """What lies in a bucket."""

    bucket: str
    name: str
    media_type: str
    data: bytes


class S3Server:
    """Verifies signatures, their expiry, and what was uploaded. Use as a context.

    It has one bucket ``BUCKET`` in ``region``; ``forbidden`` are methods that its keys may not
    use, ``public`` that everybody may read.
    """

    def __init__(
        self, *, region: str = "us-east-1", public: bool = False, forbidden: tuple[str, ...] = ()
    ) -> None:
        bucket = {"region": region, "public": public, "forbidden": forbidden}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hosting.s3_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        port = self._tell({"keys": {KEY_ID: SECRET}, "buckets": {BUCKET: bucket}})
        self.url = f"http://127.0.0.1:{port}"
        self.place = BucketPlace(endpoint=self.url, region=region, bucket=BUCKET)
        self.keys = BucketKeys(KEY_ID, SECRET)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the process."""
        self._process.communicate()

    def forget(self) -> None:
        """Be as new."""
        self._tell({"forget": True})

    def set_clock(self, ahead: float) -> None:
        """Put the server's clock so many seconds ahead of this computer's."""
        self._tell({"ahead": ahead})

    def answer_next(self, status: int, body: str = "", **headers: str) -> None:
        """Answer one further request so, whatever it asks. ``_`` in header names is ``-``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._tell({"answers": [{"status": status, "body": body, "headers": named}]})

    def requests(self) -> list[S3Request]:
        """All that came so far."""
        return [S3Request(**one) for one in self._tell({})["requests"]]

    def objects(self) -> list[S3Object]:
        """All that lies in the bucket now."""
        return [
            S3Object(bucket, name, kind, base64.b64decode(data))
            for bucket, name, kind, data in self._tell({})["objects"]
        ]

    def _tell(self, order: dict[str, Any]) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())
