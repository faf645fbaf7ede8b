"""Judges the body of a submit as the API does, by interpreting the model file's JSON itself.

On purpose nothing is shared with the client's own validation: one misreading of the rules must
not pass every test. Messages of `validations` are the provider's; the others have the wording
that its web framework gives them.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from dreamina_desktop.practice.picture_source import PictureRefusedError, SentPicture, picture_of
from dreamina_desktop.practice.trouble import Json

type Place = tuple[str | int, ...]

_RULE = re.compile(r"(?P<quantity>[a-z_/]+?)(?P<relation><=|>=|<|>)")
_RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One item of a 422's `detail`."""

    place: Place
    message: str
    kind: str


@dataclass(frozen=True, slots=True)
class AcceptedInput:
    """A body that passed, with defaults filled in."""

    prompt: str
    picture: SentPicture
    seed: int
    frames: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The input if nothing is wrong with it, the picture if one came, and what is wrong."""

    accepted: AcceptedInput | None
    picture: SentPicture | None
    complaints: tuple[Complaint, ...]


class InputCheck:
    """The rules of one model, read from its file."""

    def __init__(self, model_file: Path) -> None:
        """Raises ValueError for a rule that this interpreter does not know."""
        # Decimals, so that 4.7 and 0.33 are compared as they are written.
        text = model_file.read_text("utf-8")
        model = json.loads(text, parse_float=Decimal)
        self.model_id: str = model["model_id"]
        self.shown_schema: Json = json.loads(text)["input_schema"]
        self._schema: dict[str, Any] = model["input_schema"]
        self._formats: list[str] = model["known"]["image_formats"]["value"]
        self._megabyte: int = model["known"]["bytes_per_megabyte"]["value"]
        for field in self._schema["properties"].values():
            for rule in field.get("validations", ()):
                _split(rule["validation_rule"])

    def defaults(self, body: object) -> dict[str, Any]:
        """The fields of ``body`` with the optional ones filled in; {} when it is no object."""
        if not isinstance(body, dict):
            return {}
        required = self._schema["required"]
        filled = {
            name: field["default"]
            for name, field in self._schema["properties"].items()
            if "default" in field and name not in required
        }
        return filled | body

    async def judge(self, body: object) -> Judgement:
        """Hold every rule against ``body``; complaints come all at once."""
        if not isinstance(body, dict):
            complaint = Complaint(("body",), "Input should be a valid dictionary", "dict_type")
            return Judgement(None, None, (complaint,))
        complaints = [
            Complaint(("body", name), "Field required", "missing")
            for name in self._schema["required"]
            if name not in body
        ]
        fields = self.defaults(body)
        pictures: list[SentPicture] = []
        for name, schema in self._schema["properties"].items():
            if name not in fields:
                continue
            place: Place = ("body", name)
            found = list(_misfits(fields[name], schema, place))
            if not found and schema.get("items", {}).get("format") == "image_uri":
                for index, address in enumerate(fields[name]):
                    found += await self._look(address, schema, (*place, index), pictures)
            complaints += found
        picture = pictures[0] if pictures else None
        if complaints or picture is None:
            return Judgement(None, picture, tuple(complaints))
        accepted = AcceptedInput(
            fields["prompt"], picture, int(fields["seed"]), int(fields["frames"])
        )
        return Judgement(accepted, picture, ())

    async def _look(
        self, address: str, schema: dict[str, Any], place: Place, pictures: list[SentPicture]
    ) -> list[Complaint]:
        try:
            picture = await picture_of(address)
        except PictureRefusedError as error:
            return [Complaint(place, str(error), "value_error")]
        pictures.append(picture)
        if picture.format not in self._formats:
            return [Complaint(place, schema["description"], "value_error")]
        messages = [
            rule["validation_error"]
            for rule in schema.get("validations", ())
            if not self._holds(rule, picture)
        ]
        if not messages and not picture.whole:
            messages = ["Failed to decode the image."]
        # Width and height break one rule with one message; it is said once.
        return [Complaint(place, text, "value_error") for text in dict.fromkeys(messages)]

    def _holds(self, rule: dict[str, Any], picture: SentPicture) -> bool:
        quantity, relation = _split(rule["validation_rule"])
        measured = {
            "file_size_mb": Fraction(len(picture.content), self._megabyte),
            "width_pixels": Fraction(picture.width),
            "height_pixels": Fraction(picture.height),
            "width/height": Fraction(picture.width, picture.height),
        }[quantity]
        return _RELATIONS[relation](measured, Fraction(rule["validation_value"]))


_QUANTITIES = ("file_size_mb", "width_pixels", "height_pixels", "width/height")


def _split(rule: str) -> tuple[str, str]:
    match = _RULE.fullmatch(rule)
    if match is None or match["quantity"] not in _QUANTITIES:
        raise ValueError(f"unknown rule {rule!r}")
    return match["quantity"], match["relation"]


def _misfits(value: object, schema: dict[str, Any], place: Place) -> Iterator[Complaint]:
    """What JSON Schema has against a value: type, length, choice, items."""
    kind = schema["type"]
    if not _TYPES[kind](value):
        name = {"array": "list"}.get(kind, kind)
        yield Complaint(place, f"Input should be a valid {name}", f"{name}_type")
        return
    if isinstance(value, str):
        most = schema.get("maxLength")
        if not _is_unicode(value):
            text = "Input should be a valid string, unable to parse as a unicode string"
            yield Complaint(place, text, "string_unicode")
        if most is not None and len(value) > most:
            text = f"String should have at most {most} characters"
            yield Complaint(place, text, "string_too_long")
    elif isinstance(value, list):
        yield from _list_misfits(value, schema, place)
    choices = schema.get("enum")
    if choices is not None and value not in choices:
        text = "Input should be " + " or ".join(str(choice) for choice in choices)
        yield Complaint(place, text, "enum")


def _list_misfits(value: list[object], schema: dict[str, Any], place: Place) -> Iterator[Complaint]:
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if len(value) < least:
        text = f"List should have at least {least} item, not {len(value)}"
        yield Complaint(place, text, "too_short")
    if most is not None and len(value) > most:
        yield Complaint(
            place, f"List should have at most {most} item, not {len(value)}", "too_long"
        )
    for index, item in enumerate(value):
        yield from _misfits(item, schema["items"], (*place, index))


def _is_integer(value: object) -> bool:
    # JSON Schema counts 121.0 as an integer, and never true or false.
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_unicode(text: str) -> bool:
    # JSON can carry half a surrogate pair, which is no character.
    return not any("\ud800" <= character <= "\udfff" for character in text)


_TYPES: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "integer": _is_integer,
}
