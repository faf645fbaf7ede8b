"""The model maker's own error codes in a failed result, brought to ours.

Source: the maker's documentation of the underlying model; the provider passes them on.
"""

from __future__ import annotations

_CODES = {
    50411: "maker_refused_picture",
    50412: "maker_refused_prompt",
    50413: "maker_refused_prompt",
    50511: "maker_refused_output",
    50516: "maker_refused_output",
    50429: "maker_busy",
    50430: "maker_busy",
    50500: "maker_internal",
    50501: "maker_internal",
}


def failure_code(maker_code: int | None) -> str:
    """Our code for a failed request; ``provider_failed`` for anything not documented."""
    return _CODES.get(maker_code or 0, "provider_failed")


def is_makers(code: int | None) -> bool:
    """Whether a code is one of the maker's: then the request itself has failed."""
    return code in _CODES
