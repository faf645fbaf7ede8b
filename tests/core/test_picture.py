"""What is known of a picture of which nothing can be sent."""

from __future__ import annotations

import hashlib

from dreamina_desktop.core.picture import PictureFacts, facts_alone


def test_facts_alone_are_no_bytes() -> None:
    facts = PictureFacts("JPEG", 640, 480, 70_000, decoded=False)
    alone = facts_alone(facts)
    assert alone.facts == facts
    assert alone.data == b""
    assert alone.sha256 == hashlib.sha256().hexdigest()
    assert not alone.unchanged
