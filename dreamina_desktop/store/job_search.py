"""Finding jobs by words: what SQLite's own LIKE cannot do beyond ASCII."""

from __future__ import annotations

import unicodedata

from dreamina_desktop.store.stored_text import text_of


def mentions(search: str, *fields: object) -> bool:
    """Whether every word of ``search`` occurs in one of the fields; case does not matter."""
    found = "\n".join(_folded(text_of(field)) for field in fields if isinstance(field, str | bytes))
    return all(word in found for word in _folded(search).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
