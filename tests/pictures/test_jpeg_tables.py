"""What lies in the tables of a JPEG travels only as far as the picture is made of it."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.damaged import DamagedError
from dreamina_desktop.pictures.jpeg_segments import has_lawful_tables, without_metadata
from dreamina_desktop.pictures.jpeg_tables import NeededTables
from tests.pictures import samples
from tests.pictures.conftest import Prepare
from tests.pictures.corpus import corpus, mutated
from tests.pictures.odd_parts import CANARY
from tests.pictures.samples import SECRET, segment

DQT, SOF, DHT, SOS, DRI = 0xDB, 0xC0, 0xC4, 0xDA, 0xDD
STEPS = (SECRET * 4)[:64]
SYMBOLS = bytes([0] * 4 + [len(SECRET)] + [0] * 11) + SECRET
GREY = samples.picture("L")

ORDINARY = {
    "baseline": samples.jpeg(),
    "grey": samples.jpeg(GREY),
    "full colour": samples.jpeg(subsampling=0),
    "restarts": samples.jpeg(restart_marker_blocks=2),
    "progressive": samples.jpeg(progressive=True),
    "progressive, grey": samples.jpeg(GREY, progressive=True),
    "codes of its own": samples.jpeg(optimize=True),
    "four colours": samples.jpeg(samples.picture("CMYK")),
    "RGB as it is": samples.jpeg(keep_rgb=True),
    "wide steps": samples.jpeg(qtables=[[300 + n for n in range(64)]] * 2),
    "coarsest": samples.jpeg(quality=1),
    "finest": samples.jpeg(quality=100),
}


def before(marker: int, data: bytes, *segments: bytes) -> bytes:
    """With segments put in before the first one of a kind."""
    place = data.index(bytes((0xFF, marker)))
    return data[:place] + b"".join(segments) + data[place:]


def behind(marker: int, data: bytes, added: bytes) -> bytes:
    """With something at the end of the first segment of a kind."""
    place = data.index(bytes((0xFF, marker)))
    end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return data[:place] + segment(marker, data[place + 4 : end] + added) + data[end:]


def in_one(marker: int, data: bytes) -> bytes:
    """With all tables of a kind in one segment, as some encoders write them."""
    head, _, scan = data.partition(bytes((0xFF, SOS)))
    parts = head.split(bytes((0xFF, marker)))
    tables, rest = b"", [parts[0]]
    for part in parts[1:]:
        length = int.from_bytes(part[:2], "big")
        tables += part[2:length]
        rest.append(part[length:])
    return b"".join(rest) + segment(marker, tables) + bytes((0xFF, SOS)) + scan


ORDINARY["steps in one segment"] = in_one(DQT, ORDINARY["baseline"])
ORDINARY["codes in one segment"] = in_one(DHT, ORDINARY["baseline"])


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_one_travels_as_it_is(prepare: Prepare, kind: str) -> None:
    data = ORDINARY[kind]
    assert without_metadata(data) == data
    assert has_lawful_tables(data)
    if kind != "four colours":
        assert prepare(data).data == data


UNNEEDED = {
    "steps that are replaced": lambda data: before(DQT, data, segment(DQT, b"\0" + STEPS)),
    "wide steps that are replaced": lambda data: before(
        DQT, data, segment(DQT, b"\x10" + STEPS * 2)
    ),
    "steps of no component": lambda data: before(SOS, data, segment(DQT, b"\3" + STEPS)),
    "steps behind those in use": lambda data: behind(DQT, data, b"\2" + STEPS),
    "codes that are replaced": lambda data: before(DHT, data, segment(DHT, b"\x10" + SYMBOLS)),
    "codes of no component": lambda data: before(SOS, data, segment(DHT, b"\x13" + SYMBOLS)),
    "codes behind those in use": lambda data: behind(DHT, data, b"\x02" + SYMBOLS),
    "conditioning of no scan": lambda data: before(SOS, data, segment(0xCC, b"\x10G\x11P")),
    "an interval that is replaced": lambda data: before(
        SOS, data, segment(DRI, b"GP"), segment(DRI, b"\0\0")
    ),
    "tables behind the last scan": lambda data: (
        data[:-2] + segment(DQT, b"\0" + STEPS) + segment(DHT, b"\x10" + SYMBOLS) + data[-2:]
    ),
    "lines told again": lambda data: data[:-2] + segment(0xDC, SECRET) + data[-2:],
    "a segment without tables": lambda data: before(SOS, data, segment(DQT, b"")),
    "JFIF twice": lambda data: data[:2] + segment(0xE0, b"JFIF\0GPS 48.\0\0") + data[2:],
    "Adobe's twice": lambda data: samples.with_segments(
        data, segment(0xEE, b"Adobe48.1374"), segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNNEEDED)
@pytest.mark.parametrize("progressive", [False, True])
def test_what_no_scan_needs(prepare: Prepare, what: str, progressive: bool) -> None:
    data = samples.jpeg(progressive=progressive)
    wanted = data
    if what.startswith("Adobe"):
        wanted = samples.with_segments(data, segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"))
    if what.startswith("an interval"):
        wanted = before(SOS, data, segment(DRI, b"\0\0"))
    odd = UNNEEDED[what](data)
    assert odd != data
    result = prepare(odd)
    assert result.data == wanted
    assert result.changes == (Change(ChangeKind.METADATA_REMOVED, before="other data"),)


def test_steps_between_scans() -> None:
    """A component's are those of its first scan."""
    data = samples.jpeg(progressive=True)
    last = data.rindex(bytes((0xFF, SOS)))
    assert without_metadata(data[:last] + segment(DQT, b"\0" + STEPS) + data[last:]) == data


def test_steps_of_a_component_whose_first_scan_comes_later() -> None:
    """One scan a component, and a table with each, as T.81 allows."""
    grey = samples.jpeg(samples.picture("L", 16, 16))
    table = grey.index(bytes((0xFF, DQT)))
    steps = grey[table : table + 69]
    scan = grey.index(bytes((0xFF, SOS)))
    head, frame = grey[:scan], bytes((0xFF, SOF))
    place = head.index(frame)
    two = segment(SOF, b"\x08\0\x10\0\x10\x02" + b"\x01\x11\0" + b"\x02\x11\0")
    head = head[:place] + two + head[place + 2 + int.from_bytes(head[place + 2 : place + 4]) :]
    first = grey[scan:-2]
    second = first[:5] + b"\x02" + first[6:]
    whole = head + first + steps + second + b"\xff\xd9"
    assert without_metadata(whole) == whole


@pytest.mark.parametrize(
    ("marker", "payload"),
    [
        (DQT, b"\0" + STEPS + b"G"),
        (DQT, b"\x10" + STEPS),
        (DHT, b"\x10" + SYMBOLS[:-1]),
        (DHT, b"\x10\0\0"),
        (0xCC, b"\x10"),
    ],
)
def test_half_a_table_is_damage(prepare: Prepare, marker: int, payload: bytes) -> None:
    data = before(SOS, samples.jpeg(), segment(marker, payload))
    with pytest.raises(DamagedError):
        without_metadata(data)
    assert prepare(data).facts.decoded is False


def test_a_cut_start_of_scan_is_damage() -> None:
    for payload in (b"", b"\1\1\0", b"\3\1\0\2\0\3\0\0\0"):
        with pytest.raises(DamagedError):
            NeededTables().begin_scan(payload)


class TestArithmetic:
    """Pillow writes none: frames by hand, whose scans nobody decodes here."""

    DEFAULT = b"\0\x10\x10\x05"

    @pytest.mark.parametrize(
        ("frame", "band", "wanted"),
        [
            (0xC9, b"\0\x3f\0", DEFAULT),
            (0xCA, b"\0\0\1", DEFAULT[:2]),
            (0xCA, b"\1\x05\2", DEFAULT[2:]),
            (0xCA, b"\0\0\x10", b""),
            (0xC0, b"\0\x3f\0", b""),
        ],
    )
    def test_conditioning(self, frame: int, band: bytes, wanted: bytes) -> None:
        tables = NeededTables()
        tables.begin_frame(frame, b"\x08\0\x08\0\x08\x01\x01\x11\0")
        conditioning = tables.define(0xCC, b"\0G" + self.DEFAULT)
        codes = tables.define(DHT, b"\x10" + SYMBOLS)
        tables.begin_scan(b"\1\1\0" + band)
        assert tables.needed(conditioning) == wanted
        assert bool(tables.needed(codes)) == (frame == 0xC0)

    def test_without_loss_there_are_no_coefficients(self) -> None:
        tables = NeededTables()
        tables.begin_frame(0xC3, b"\x08\0\x08\0\x08\x01\x01\x11\0")
        predicted = tables.define(DHT, b"\0" + SYMBOLS)
        coefficients = tables.define(DHT, b"\x10" + SYMBOLS)
        tables.begin_scan(b"\1\1\0\1\0\0")
        assert tables.needed(predicted) == b"\0" + SYMBOLS
        assert tables.needed(coefficients) == b""


class TestUnlawful:
    """Tables in use that no picture has: the pixels travel, encoded anew."""

    @pytest.mark.parametrize("progressive", [False, True])
    @pytest.mark.parametrize("kind", ["no step", "no wide step", "one meaning, two codes"])
    def test_pixels_alone(self, prepare: Prepare, kind: str, progressive: bool) -> None:
        wide = [[300 + n for n in range(64)]] * 2
        options: dict[str, object] = {"qtables": wide} if kind == "no wide step" else {}
        data = bytearray(samples.jpeg(progressive=progressive, **options))
        if kind == "one meaning, two codes":
            # Of the last table: in a progressive one that is one between scans.
            at = data.rindex(bytes((0xFF, DHT)))
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            start = at + 5 + 16
            if end - start < 2:
                pytest.skip("a table of one code")
            data[end - 1] = data[start]
        else:
            at = data.index(bytes((0xFF, DQT))) + 5
            data[at + 126 : at + 128] = b"\0\0"
            data[at + 62 : at + 64] = b"\0\0"
        assert not has_lawful_tables(bytes(data))
        for recipe in (Recipe(), Recipe(mended=True)):
            result = prepare(bytes(data), recipe, narrowest=1, lowest=1)
            if result.facts.decoded is False:
                continue
            assert Change(ChangeKind.QUALITY, after=95) in result.changes
            assert has_lawful_tables(result.data)
            assert samples.pixels(result.data)[:2] == ("RGB", (48, 32))


def test_a_place_copied_over_a_table(prepare: Prepare) -> None:
    """What a run of random damage found: half the head doubled, from EXIF into the first table."""
    chance = random.Random(18310)
    file = chance.choice(corpus())
    data = mutated(file, chance)
    assert file.name == "jpeg.png"
    result = prepare(data)
    assert result.facts.decoded
    assert CANARY[:10] not in result.data


@pytest.mark.parametrize("at", [0, 40, 150, 390])
def test_half_the_head_doubled(prepare: Prepare, at: int) -> None:
    """The same by hand: whatever part of metadata comes to lie in a table before the real one."""
    data = samples.jpeg_turned(1, samples.picture("RGB", 400, 352))
    table = data.index(bytes((0xFF, DQT)))
    place = max(20, table - 200 + at // 4)
    doubled = data[: table + 5] + data[place:]
    result = prepare(doubled)
    assert result.facts.decoded
    assert SECRET[:9] not in result.data
    with Image.open(io.BytesIO(result.data)) as image:
        assert image.size == (400, 352)
