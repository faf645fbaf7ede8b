"""What is taken out of every text that is kept or shown: keys, signatures, inlined pictures."""

from __future__ import annotations

import base64
import re
import traceback
import unicodedata

CUT = "…"
"""Stands where something was taken out."""

SHORTEST_SECRET = 6
"""Characters. Anything shorter is no key, and would be found in every other word."""

# User, query and fragment of an address may each hold a password or a signature; a password also
# quotes.
_ADDRESS = re.compile(
    r"""(\w{1,12}://)(?:[^\s/?#<>]*@)?([^\s?#"'<>]*)([?#][^\s"'<>]*)?""", re.IGNORECASE
)
_QUERY = re.compile(r"""\?[\w.%~\[\]-]{1,100}=[^\s"'<>]*""")
_BEARER = re.compile(r"""(\bbearer\s+)[^\s"'<>,]+""", re.IGNORECASE)
_PICTURE = re.compile(r"(data:image/[a-z+]{1,20};base64,)[A-Za-z0-9+/=]+", re.IGNORECASE)
# What may stand behind a backslash in a text's repr, or in JSON.
_ESCAPED = frozenset("\\\"'/")


def bare_addresses(text: str) -> str:
    """The text, with every address in it cut down to host and path."""
    return _QUERY.sub(f"?{CUT}", _ADDRESS.sub(_bare_address, text))


def key_pattern(key: str) -> re.Pattern[str]:
    """Finds a key as it is, escaped, percent-encoded, in hex, and inside base64 at any offset."""
    raw = key.encode("utf-8", "surrogatepass")
    forms = ["".join(map(_character, key)), raw.hex()]
    for offset in range(3):
        # The characters that depend on the key alone, whatever stands before and behind it.
        encoded = base64.b64encode(bytes(offset) + raw).decode("ascii")
        core = encoded[-(-8 * offset // 6) : 8 * (offset + len(raw)) // 6]
        if len(core) >= 8:
            forms += [re.escape(core), re.escape(core.translate(str.maketrans("+/", "-_")))]
    return re.compile("|".join(forms), re.IGNORECASE)


def visible(char: str) -> str:
    """The character; a blank for a control, a hidden direction mark, or a lone surrogate."""
    return " " if unicodedata.category(char)[0] == "C" else char


class Secrets:
    """The keys that this process has met, so that none of them is written by accident.

    Any thread may call. Its own repr shows nothing.
    """

    def __init__(self) -> None:
        self._patterns: tuple[re.Pattern[str], ...] = ()

    def add(self, key: str) -> None:
        """Take one more out of every text from now on."""
        if len(key) >= SHORTEST_SECRET:
            pattern = key_pattern(key)
            if pattern not in self._patterns:
                # A new tuple, so that whoever cleans a text meanwhile sees a whole one.
                self._patterns = (*self._patterns, pattern)

    def clean(self, text: str) -> str:
        """The text with its lines, without keys, addresses' queries, pictures and controls."""
        for pattern in self._patterns:
            text = pattern.sub(CUT, text)
        text = _PICTURE.sub(rf"\1{CUT}", _BEARER.sub(rf"\1{CUT}", bare_addresses(text)))
        return "".join(char if char in "\n\t" else visible(char) for char in text)

    def traceback(self, error: BaseException) -> str:
        """Where it was raised and what it says, with all that led to it; never anybody's locals.

        Groups, causes and notes are in it, each cleaned.
        """
        try:
            return self.clean("".join(traceback.format_exception(error)))
        except Exception:
            # An exception of somebody's own that cannot even be formatted.
            return f"{type(error).__name__}\n"


def _character(char: str) -> str:
    percent = "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
    plain = re.escape(char)
    if char in _ESCAPED:
        plain = rf"\\?{plain}"
    return f"(?:{plain}|{percent})"


def _bare_address(found: re.Match[str]) -> str:
    return found[1] + found[2] + (f"?{CUT}" if found[3] else "")
