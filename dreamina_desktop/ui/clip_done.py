"""What a desktop notification is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClipDone:
    """A job has ended. ``title`` and ``text`` are words for people, plain, without markup."""

    job_id: str
    title: str
    text: str
