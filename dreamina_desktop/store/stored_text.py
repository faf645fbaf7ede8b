"""Text in the database. A file name may hold what is no Unicode; it is kept as bytes."""

from __future__ import annotations


def stored(text: str) -> str | bytes:
    """The value to store: a lone surrogate, as in an undecodable file name, is no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def text_of(value: str | bytes) -> str:
    """What ``stored`` was given. Raises UnicodeDecodeError (a ValueError) for other bytes."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")
