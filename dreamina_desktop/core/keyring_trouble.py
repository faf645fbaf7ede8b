"""Why a keyring cannot be used."""

from __future__ import annotations

from enum import StrEnum


class KeyringTrouble(StrEnum):
    """``KeyringError.detail`` begins with one; what stands behind it names a back end."""

    NOT_SAFE = "not_safe"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    NOT_KEPT = "not_kept"
    NOT_FORGOTTEN = "not_forgotten"
    NO_TEXT = "no_text"


def trouble_of(detail: str) -> KeyringTrouble | None:
    """The trouble that an error's detail begins with, None for any other."""
    word = detail.partition(",")[0]
    return KeyringTrouble(word) if word in KeyringTrouble else None
