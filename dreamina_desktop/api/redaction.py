"""What others wrote, made fit for an error's text: no secret, no control character, short."""

from __future__ import annotations

from dreamina_desktop.core.redaction import CUT, bare_addresses, key_pattern, visible

LONGEST_TEXT = 500
"""Characters kept of what the provider or a library wrote."""

_LOOKED_AT = 20 * LONGEST_TEXT


class Redactor:
    """Cleans texts of others in the life of one call. Its own repr shows nothing."""

    def __init__(self, key: str = "") -> None:
        self._key = key_pattern(key) if key else None

    def __call__(self, text: str) -> str:
        """One line of at most ``LONGEST_TEXT`` characters, without the key or an address's query.

        The key is found in all the forms of ``key_pattern``.
        """
        if self._key is not None:
            text = self._key.sub(CUT, text)
        text = bare_addresses(text)
        text = " ".join("".join(map(visible, text[:_LOOKED_AT])).split())
        return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + CUT
