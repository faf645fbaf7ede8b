from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamina_desktop.core.settings import Travel
from tests.hosting.s3_server import S3Server
from tests.jobs.faulty import Faulty
from tests.jobs.workshop import Workshop
from tests.practice_server import PracticeServer


@pytest.fixture
def shop(tmp_path: Path, practice: PracticeServer) -> Iterator[Workshop]:
    """A profile and a practice server."""
    workshop = Workshop(tmp_path / "profile", practice)
    yield workshop
    workshop.close()


@pytest.fixture
def faulty(shop: Workshop) -> Faulty:
    """The same profile, with faults to be chosen."""
    faulty = Faulty(shop.stored)
    shop.repository = faulty  # type: ignore[assignment]
    return faulty


@pytest.fixture
def s3(shop: Workshop) -> Iterator[S3Server]:
    """A bucket that clicks in the shop travel by."""
    with S3Server() as server:
        shop.travel, shop.bucket, shop.keys = Travel.BUCKET, server.place, server.keys
        yield server
