"""A request that is under way, whatever the HTTP status says beside it."""

from __future__ import annotations

import json

import pytest

from dreamina_desktop.api import wire
from dreamina_desktop.core.answers import Accepted


@pytest.mark.parametrize(
    ("fields", "is_taken"),
    [
        ({"request_id": "r-1", "status_url": "https://elsewhere.example/"}, True),
        ({"request_id": "r-1", "cancel_url": "/", "message": "busy"}, True),
        ({"request_id": "r-1", "status": "in_queue"}, True),
        ({"request_id": "r-1", "status": "in_progress", "error_code": 50400}, True),
        ({"request_id": "r-1", "message": "API rate limit exceeded"}, False),
        ({"request_id": "r-1", "status": "error", "error": "No."}, False),
        ({"request_id": "r-1", "status": 429}, False),
        ({"request_id": "r-1", "status_url": None}, False),
        ({"request_id": "../..", "status_url": "/"}, False),
        ({"status_url": "/", "status": "in_queue"}, False),
    ],
)
def test_what_is_under_way_whatever_the_status_says(
    fields: dict[str, object], *, is_taken: bool
) -> None:
    assert wire.taken(json.dumps(fields).encode()) == (Accepted("r-1") if is_taken else None)


def test_what_is_no_json_is_not_under_way() -> None:
    assert wire.taken(b"<html>") is None
