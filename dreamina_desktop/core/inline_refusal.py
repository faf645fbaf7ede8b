"""Whether a provider refused a picture for coming inside the request, not for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dreamina_desktop.core.errors import ProviderRefusedError

INLINE_REFUSED = "inline_refused"
"""On the row of a REJECTED job: the same picture may be taken under an address."""

PICTURE_FIELD = "image_urls"

_TOO_LARGE = 413
_STATUSES = frozenset({400, 422})
# The field's own names say nothing: each of its refusals may begin with one of them.
_NAMES = re.compile(r"\b(image|input|picture)[ _]ur[il]s?\b", re.IGNORECASE)
_OF_THE_WAY = re.compile(
    r"\b(ur[il]s?|https?|schemes?|protocols?|base64|inline|links?|fetch\w*|download\w*"
    r"|reach\w*|accessib\w*|characters)\b|\bdata:",
    re.IGNORECASE,
)
_OF_THE_PICTURE = re.compile(
    r"\b(pixels?|resolution|dimensions?|ratio|mb|megabytes?|file size|jpe?g or png|(in)?decod\w*"
    r" (the )?(image|picture)|corrupt\w*|broken|truncated|safety|sensitive|moderat\w*|nsfw"
    r"|polic(y|ies)|copyright\w*|faces?)\b",
    re.IGNORECASE,
)


def is_refused_inline(error: Exception, rules: Iterable[str]) -> bool:
    """Whether a submit was refused because its picture travelled inside the request.

    ``rules`` are the provider's sentences about pictures themselves. Where its words leave it open
    the answer is no: then its message stands for itself.
    """
    if not isinstance(error, ProviderRefusedError):
        return False
    if error.status == _TOO_LARGE:
        # No rule of the model's, for these are seen to before: the whole request is too large.
        return True
    said = error.provider_message
    if error.status not in _STATUSES or not _is_about_picture(error):
        return False
    if any(rule.casefold() in said.casefold() for rule in rules):
        return False
    said = _NAMES.sub("", said)
    return bool(_OF_THE_WAY.search(said)) and not _OF_THE_PICTURE.search(said)


def _is_about_picture(error: ProviderRefusedError) -> bool:
    if error.field:
        return error.field == PICTURE_FIELD
    return bool(_NAMES.search(error.provider_message))
