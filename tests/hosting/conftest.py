"""An S3-speaking server for each test that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hosting.s3_server import S3Server


@pytest.fixture(scope="module")
def _s3_process() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server


@pytest.fixture
def s3(_s3_process: S3Server) -> S3Server:
    """A server with one private bucket, empty."""
    _s3_process.forget()
    return _s3_process
