"""File names from a template: what it may hold, and what comes of it for one clip and frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from string import Formatter
from urllib.parse import unquote, urlsplit

from dreamina_desktop.core.export_errors import TemplateError
from dreamina_desktop.core.job import Job, SentPicture
from dreamina_desktop.core.safe_name import safe_part

CLIP_TEMPLATE = "{date}_{source}_{seed}"
FRAME_TEMPLATE = "{date}_{source}_{seed}_{frame}"

_PROMPT_LENGTH = 40
_VALUE_LENGTH = 60
_NAME_LENGTH = 150
_NAME_BYTES = 200
_SEPARATORS = " _.-"


class NameField(StrEnum):
    """What may stand in braces."""

    DATE = "date"
    SOURCE = "source"
    PROMPT = "prompt"
    SEED = "seed"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class NameValues:
    """What the fields of a template stand for; "" where there is nothing to say."""

    date: str = ""
    source: str = ""
    prompt: str = ""
    seed: str = ""
    frame: str = ""


class FileTemplate:
    """A checked template. Two braces stand for one, as in ``{{``."""

    def __init__(self, template: str) -> None:
        """Raises TemplateError."""
        self._parts: list[tuple[str, NameField | None]] = []
        try:
            parsed = list(Formatter().parse(template))
        except ValueError as error:
            raise TemplateError(template) from error
        for text, field, form, conversion in parsed:
            if field is None:
                self._parts.append((text, None))
                continue
            if field not in NameField or form or conversion:
                raise TemplateError(field or template)
            self._parts.append((text, NameField(field)))

    def stem(self, values: NameValues) -> str:
        """A name without its suffix, safe on every platform, and never empty.

        A value is shortened; one that is "" leaves no separators of its own behind.
        """
        made = ""
        for text, field in self._parts:
            value = "" if field is None else _value(field, values)
            if field is None or value or text.strip(_SEPARATORS):
                made += text + value
        made = made.strip(_SEPARATORS)
        return safe_part(made, most_characters=_NAME_LENGTH, most_bytes=_NAME_BYTES)


def values_of(job: Job, frame: int | None = None, zone: tzinfo | None = None) -> NameValues:
    """What there is to say of a job's clip, or of frame ``frame`` of it, counted from 0.

    The date is that of the job's creation where ``zone`` is, None for the computer's own.
    """
    date = job.created.astimezone(zone).strftime("%Y-%m-%d")
    number = "" if frame is None else f"{frame + 1:04}"
    if job.spec is None:
        return NameValues(date=date, source=(job.request_id or "")[:8], frame=number)
    spec = job.spec
    return NameValues(date, source_name(spec.picture), spec.prompt, str(spec.seed), number)


def source_name(picture: SentPicture) -> str:
    """What a picture is called: the last part of its path or address, without a suffix."""
    path = picture.source if picture.address is None else unquote(urlsplit(picture.address).path)
    last = re.split(r"[/\\]", path.rstrip("/\\"))[-1]
    stem, dot, _ = last.rpartition(".")
    return stem if dot and stem else last


def _value(field: NameField, values: NameValues) -> str:
    text: str = getattr(values, field)
    if not text.strip():
        return ""
    if field is NameField.PROMPT:
        text = _first_words(text)
    return safe_part(text, most_characters=_VALUE_LENGTH)


def _first_words(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _PROMPT_LENGTH:
        return text
    words = text[: _PROMPT_LENGTH + 1].rpartition(" ")[0]
    return words.rstrip(" ,;:.-") or text[:_PROMPT_LENGTH]
