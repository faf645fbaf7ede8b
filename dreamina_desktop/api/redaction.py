"""What others wrote, made fit for an error's text: no secret, no control character, short."""

from __future__ import annotations

import base64
import re
import unicodedata

LONGEST_TEXT = 500
"""Characters kept of what the provider or a library wrote."""

# User, query and fragment of an address may each hold a password or a signature.
_ADDRESS = re.compile(
    r"""(\w{1,12}://)(?:[^\s/?#"'<>]*@)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?""", re.IGNORECASE
)
_QUERY = re.compile(r"""\?[\w.%~\[\]-]{1,100}=[^\s"'<>]*""")
_CUT = "…"
_LOOKED_AT = 20 * LONGEST_TEXT


class Redactor:
    """Cleans texts of others in the life of one call. Its own repr shows nothing."""

    def __init__(self, key: str = "") -> None:
        self._key = _key_pattern(key) if key else None

    def __call__(self, text: str) -> str:
        """One line of at most ``LONGEST_TEXT`` characters, without the key or an address's query.

        The key is found as it is, percent-encoded, and inside base64 at any offset.
        """
        if self._key is not None:
            text = self._key.sub(_CUT, text)
        text = _QUERY.sub(f"?{_CUT}", _ADDRESS.sub(_bare_address, text))
        text = " ".join("".join(map(_visible, text[:_LOOKED_AT])).split())
        return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + _CUT


def _visible(char: str) -> str:
    # Categories C*: controls, hidden direction marks, and lone surrogates, which no file can hold.
    return " " if unicodedata.category(char)[0] == "C" else char


def _bare_address(found: re.Match[str]) -> str:
    return found[1] + found[2] + (f"?{_CUT}" if found[3] else "")


def _key_pattern(key: str) -> re.Pattern[str]:
    raw = key.encode("utf-8", "surrogatepass")
    characters = (
        re.escape(char)
        + "|"
        + "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
        for char in key
    )
    forms = ["".join(f"(?:{form})" for form in characters)]
    for offset in range(3):
        # The characters that depend on the key alone, whatever stands before and behind it.
        encoded = base64.b64encode(bytes(offset) + raw).decode("ascii")
        core = encoded[-(-8 * offset // 6) : 8 * (offset + len(raw)) // 6]
        if len(core) >= 8:
            forms += [re.escape(core), re.escape(core.translate(str.maketrans("+/", "-_")))]
    return re.compile("|".join(forms), re.IGNORECASE)
