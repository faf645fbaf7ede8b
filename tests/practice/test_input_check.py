"""What the server refuses, in the API's own words, and what it lets pass."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dreamina_desktop.practice.input_check import InputCheck
from dreamina_desktop.resources import model_file
from tests.practice.caller import MODEL, SMALL, SMALL_URI, Caller, data_uri, picture

SIZE = "File size must be less than 4.7 MB."
RESOLUTION = "Maximum resolution is 4096x4096."
SHORTEST = "The shortest side must be at least 320 pixels."
TOO_LONG = "The ratio of long side to short side must be within 3:1."
TOO_TALL = "The ratio of long side to short side must be greater than 0.33."
FORMAT = "Upload JPEG or PNG only."


def complaints(caller: Caller, body: Any) -> list[tuple[list[str | int], str]]:
    answer = caller.http.post(MODEL, content=json.dumps(body).encode("ascii"))
    if answer.status_code == 200:
        return []
    assert answer.status_code == 422, answer.text
    row = caller.server.ledger()[-1]
    assert not row.accepted
    assert (row.error or "").startswith("422 ")
    return [(item["loc"], item["msg"]) for item in answer.json()["detail"]]


def about(caller: Caller, **fields: Any) -> list[tuple[list[str | int], str]]:
    return complaints(caller, {"prompt": "p", "image_urls": [SMALL_URI]} | fields)


def about_picture(caller: Caller, content: bytes, media: str = "image/png") -> list[str]:
    return [message for _, message in about(caller, image_urls=[data_uri(content, media)])]


def test_all_that_is_missing_is_said_at_once(caller: Caller) -> None:
    assert complaints(caller, {}) == [
        (["body", "prompt"], "Field required"),
        (["body", "image_urls"], "Field required"),
    ]


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_a_body_must_be_an_object(caller: Caller, body: Any) -> None:
    assert complaints(caller, body) == [(["body"], "Input should be a valid dictionary")]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_body_must_be_json(caller: Caller, raw: bytes) -> None:
    answer = caller.http.post(MODEL, content=raw)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["type"] == "json_invalid"
    assert caller.server.ledger()[-1].prompt is None


@pytest.mark.parametrize(
    ("fields", "place", "message"),
    [
        ({"prompt": 3}, ["body", "prompt"], "Input should be a valid string"),
        ({"prompt": None}, ["body", "prompt"], "Input should be a valid string"),
        ({"frames": 120}, ["body", "frames"], "Input should be 121 or 241"),
        ({"frames": "121"}, ["body", "frames"], "Input should be a valid integer"),
        ({"frames": True}, ["body", "frames"], "Input should be a valid integer"),
        ({"seed": 1.5}, ["body", "seed"], "Input should be a valid integer"),
        ({"seed": None}, ["body", "seed"], "Input should be a valid integer"),
        ({"image_urls": SMALL_URI}, ["body", "image_urls"], "Input should be a valid list"),
        (
            {"image_urls": []},
            ["body", "image_urls"],
            "List should have at least 1 item, not 0",
        ),
        (
            {"image_urls": [SMALL_URI, SMALL_URI]},
            ["body", "image_urls"],
            "List should have at most 1 item, not 2",
        ),
        ({"image_urls": [7]}, ["body", "image_urls", 0], "Input should be a valid string"),
        (
            {"prompt": "x" * 801},
            ["body", "prompt"],
            "String should have at most 800 characters",
        ),
        (
            {"prompt": "half \ud83d"},
            ["body", "prompt"],
            "Input should be a valid string, unable to parse as a unicode string",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    caller: Caller, fields: dict[str, Any], place: list[str | int], message: str
) -> None:
    assert about(caller, **fields) == [(place, message)]


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": "🎬" * 800},
        {"prompt": ""},
        {"prompt": "nul \x00 inside"},
        {"frames": 241},
        {"frames": 121.0},
        {"seed": -1},
        {"seed": 2**70},
        {"unknown": "ignored"},
    ],
)
def test_what_the_schema_allows_is_accepted(caller: Caller, fields: dict[str, Any]) -> None:
    assert about(caller, **fields) == []


def test_the_ledger_holds_what_was_asked_for_with_defaults(caller: Caller) -> None:
    caller.submit("by default")
    caller.submit("as told", frames=241, seed=77)
    first, second = caller.server.ledger()[-2:]
    assert (first.prompt, first.frames, first.seed) == ("by default", 121, -1)
    assert (second.prompt, second.frames, second.seed) == ("as told", 241, 77)


@pytest.mark.parametrize(
    ("width", "height", "message"),
    [
        (321, 321, None),
        (320, 400, SHORTEST),
        (400, 320, SHORTEST),
        (4096, 1500, None),
        (4097, 1500, RESOLUTION),
        (1500, 4097, RESOLUTION),
        (1199, 400, None),
        (1200, 400, TOO_LONG),
        (400, 1200, None),
        (330, 1000, TOO_TALL),
        (331, 1000, None),
    ],
)
def test_the_edges_of_the_sides(
    caller: Caller, width: int, height: int, message: str | None
) -> None:
    found = about_picture(caller, picture(width, height, compress_level=1))
    assert found == ([] if message is None else [message])


@pytest.mark.parametrize(("size", "fits"), [(4_699_999, True), (4_700_000, False)])
def test_the_edge_of_the_file_size(caller: Caller, size: int, *, fits: bool) -> None:
    padded = SMALL + bytes(size - len(SMALL))
    assert about_picture(caller, padded) == ([] if fits else [SIZE])


def test_several_rules_are_broken_at_once_each_said_once(caller: Caller) -> None:
    assert about_picture(caller, picture(300, 90)) == [SHORTEST, TOO_LONG]


def test_the_sides_are_those_of_the_upright_picture(caller: Caller) -> None:
    lying = picture(400, 1200, "JPEG")
    assert about_picture(caller, lying, "image/jpeg") == []
    exif = Image.Exif()
    exif[0x0112] = 6
    assert about_picture(caller, picture(400, 1200, "JPEG", exif=exif), "image/jpeg") == [TOO_LONG]


@pytest.mark.parametrize("form", ["GIF", "WEBP", "BMP", "TIFF"])
def test_the_format_is_judged_by_content(caller: Caller, form: str) -> None:
    assert about_picture(caller, picture(form=form)) == [FORMAT]


def test_a_jpeg_may_be_called_a_png(caller: Caller) -> None:
    assert about_picture(caller, picture(form="JPEG"), "image/png") == []


@pytest.mark.parametrize("content", [b"", b"no picture", SMALL[:20]])
def test_no_picture_at_all_is_refused(caller: Caller, content: bytes) -> None:
    assert about_picture(caller, content) == [FORMAT]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_cut_short_is_refused(caller: Caller, form: str) -> None:
    content = picture(form=form)
    assert about_picture(caller, content[: len(content) // 2]) == ["Failed to decode the image."]


def test_an_enormous_picture_is_refused_by_its_header(caller: Caller) -> None:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    header = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    empty = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    assert about_picture(caller, b"\x89PNG\r\n\x1a\n" + header + empty + end) == [RESOLUTION]


@pytest.mark.parametrize(
    "address",
    [
        "data:image/png;base64,@@@@",
        "data:image/png;base64",
        "data:image/png,abc",
        "data:text/plain;base64,YWJj",
    ],
)
def test_a_data_uri_must_be_one(caller: Caller, address: str) -> None:
    assert [message for _, message in about(caller, image_urls=[address])] == ["Invalid data URI."]


@pytest.mark.parametrize(
    "address", ["", "picture.png", "file:///etc/passwd", "http://[", "ftp://x"]
)
def test_other_addresses_are_refused(caller: Caller, address: str) -> None:
    found = [message for _, message in about(caller, image_urls=[address])]
    assert found == ["Input should be a valid image URI."]


def test_the_numbers_come_from_the_model_file(tmp_path: Path) -> None:
    model = json.loads(model_file().read_text("utf-8"))
    model["input_schema"]["properties"]["image_urls"]["validations"][0]["validation_rule"] = "age<"
    changed = tmp_path / "model.json"
    changed.write_text(json.dumps(model), "utf-8")
    with pytest.raises(ValueError, match="age<"):
        InputCheck(changed)


async def test_a_changed_number_changes_the_verdict(tmp_path: Path) -> None:
    model = json.loads(model_file().read_text("utf-8"))
    properties = model["input_schema"]["properties"]
    properties["image_urls"]["validations"][3]["validation_value"] = 500
    properties["prompt"]["maxLength"] = 3
    changed = tmp_path / "model.json"
    changed.write_text(json.dumps(model), "utf-8")
    judged = await InputCheck(changed).judge({"prompt": "four", "image_urls": [SMALL_URI]})
    assert [complaint.message for complaint in judged.complaints] == [
        "String should have at most 3 characters",
        SHORTEST,
    ]
