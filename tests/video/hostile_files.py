"""Two hundred files that mean no good, made of a few honest ones; the same ones every time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import av

from tests.video.clips import box, make_clip

MUTATIONS = 200
_PARENTS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts")
_LARGEST = 0xFFFF_FFFF

type Mutation = Callable[[Random, dict[str, bytes]], bytes]


def honest_files(folder: Path) -> dict[str, bytes]:
    """Short clips in four codecs and five containers."""
    kinds = {
        "h264.mp4": ("libx264", {"bf": "2", "g": "8", "preset": "veryfast"}),
        "hevc.mp4": ("libx265", {"preset": "ultrafast", "x265-params": "log-level=none:pools=1"}),
        "av1.mp4": ("libsvtav1", {"preset": "13", "svtav1-params": "lp=1"}),
        "vp9.webm": ("libvpx-vp9", {"cpu-used": "8", "deadline": "realtime"}),
        "h264.mkv": ("libx264", {"bf": "2", "preset": "veryfast"}),
        "mpeg4.avi": ("mpeg4", {}),
        "h264.ts": ("libx264", {"bf": "2", "g": "8", "preset": "veryfast"}),
        "vp9.mp4": ("libvpx-vp9", {"cpu-used": "8", "deadline": "realtime"}),
    }
    return {
        name: make_clip(folder / name, 16, width=64, height=48, codec=codec, options=o).read_bytes()
        for name, (codec, o) in kinds.items()
    }


def hostile_files(honest: dict[str, bytes], seed: int = 6) -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    random = Random(seed)
    kinds: tuple[tuple[int, Mutation], ...] = (
        (36, cut_short),
        (44, with_flipped_bits),
        (30, with_lying_boxes),
        (16, in_another_codec),
        (14, of_huge_size),
        (20, without_end),
        (8, without_frames),
        (20, with_disordered_times),
        (12, spliced),
    )
    seen = set(honest.values())
    number = 0
    for count, kind in kinds:
        for _ in range(count):
            while (data := kind(random, honest)) in seen:
                pass
            seen.add(data)
            yield f"{number:03}-{kind.__name__}", data
            number += 1


def cut_short(random: Random, honest: dict[str, bytes]) -> bytes:
    data = random.choice(list(honest.values()))
    return data[: random.choice((random.randrange(64), random.randrange(len(data)), -1, -9))]


def with_flipped_bits(random: Random, honest: dict[str, bytes]) -> bytes:
    data = bytearray(random.choice(list(honest.values())))
    start = random.choice((0, 0, len(data) // 2))
    for _ in range(random.choice((1, 4, 32, 256))):
        data[random.randrange(start, len(data))] ^= 1 << random.randrange(8)
    return bytes(data)


def with_lying_boxes(random: Random, honest: dict[str, bytes]) -> bytes:
    data = bytearray(_mp4(random, honest))
    for place, _, length in random.sample(list(boxes(data)), random.choice((1, 1, 3))):
        lies = (0, 1, 7, 8, length - 1, length + 1, 2 * length, len(data), 0x7FFFFFFF, _LARGEST)
        data[place : place + 4] = random.choice(lies).to_bytes(4, "big")
    return bytes(data)


def in_another_codec(random: Random, honest: dict[str, bytes]) -> bytes:
    name = random.choice(("h264.mp4", "hevc.mp4", "av1.mp4", "vp9.mp4", "vp9.webm", "h264.mkv"))
    codecs = (b"avc1", b"hvc1", b"av01", b"vp09", b"mp4v", b"jpeg", b"raw ", b"png ", b"apch")
    if name.endswith(".mp4"):
        old = {"h264": b"avc1", "hevc": b"hev1", "av1": b"av01", "vp9": b"vp09"}[name[:-4]]
        assert old in honest[name]
        return honest[name].replace(old, random.choice(codecs))
    data = honest[name].replace(b"V_MPEG4/ISO/AVC", random.choice((b"V_MPEGH/ISO/HEVC", b"V_AV1")))
    return data.replace(b"V_VP9", random.choice((b"V_AV1", b"V_VP8", b"V_XYZ")))


def of_huge_size(random: Random, honest: dict[str, bytes]) -> bytes:
    """Both more than FFmpeg itself takes, and less: 16 000² would be 400 MB a frame."""
    side = random.choice((65_520, 30_000, 16_000, 16_000, 12_000, 9_008))
    which = random.randrange(4)
    if which == 0:
        data = bytearray(honest["vp9.webm"])
        for key in _all(data, b"\x49\x83\x42"):
            # Behind the sync code: 4 bits of colour, 16 of width - 1, 16 of height - 1.
            word = int.from_bytes(data[key + 3 : key + 8], "big")
            kept = word & (0xF << 36) | word & 0xF
            word = kept | (side - 1) << 20 | (side - 1) << 4
            data[key + 3 : key + 8] = word.to_bytes(5, "big")
        return bytes(data)
    data = bytearray(honest["h264.mp4" if which == 1 else "hevc.mp4"])
    entry = data.index(b"avc1" if which == 1 else b"hev1", data.index(b"stsd"))
    data[entry + 28 : entry + 32] = side.to_bytes(2, "big") * 2
    if which == 2:
        return bytes(data).replace(b"hev1", b"raw ")
    if which == 3:
        return bytes(data).replace(b"hev1", b"jpeg")
    return _with_another_sps(bytes(data), _sps(side))


def without_end(random: Random, honest: dict[str, bytes]) -> bytes:
    data = bytearray(_mp4(random, honest))
    count = random.choice((_LARGEST, 0x7FFFFFFF, 300_000_000, 60_000_000, 5_000_000, 200_000))
    table = random.choice((b"stsz", b"stts", b"stco", b"stsc", b"both", b"mdhd"))
    if table in (b"stts", b"both"):
        place = data.index(b"stts")
        data[place + 8 : place + 16] = (1).to_bytes(4, "big") + count.to_bytes(4, "big")
    if table in (b"stsz", b"both"):
        place = data.index(b"stsz")
        size = random.choice((0, 1, 1000))
        data[place + 8 : place + 16] = size.to_bytes(4, "big") + count.to_bytes(4, "big")
    if table == b"both":
        place = data.index(b"stsc")
        one = (1).to_bytes(4, "big")
        data[place + 8 : place + 24] = one + one + count.to_bytes(4, "big") + one
    if table in (b"stco", b"stsc"):
        place = data.index(table)
        data[place + 8 : place + 12] = count.to_bytes(4, "big")
    if table == b"mdhd":
        place = data.index(b"mdhd")
        data[place + 16 : place + 24] = count.to_bytes(4, "big") * 2
    return bytes(data)


def without_frames(random: Random, honest: dict[str, bytes]) -> bytes:
    data = bytearray(_mp4(random, honest))
    which = random.randrange(4)
    if which == 0:
        place = data.index(b"stsz")
        data[place + 8 : place + 16] = bytes(8)
    elif which == 1:
        place = data.index(b"stts")
        data[place + 8 : place + 12] = bytes(4)
    elif which == 2:
        return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov") + box(b"mdat")
    else:
        webm = honest["vp9.webm"]
        return webm[: webm.index(b"\x1f\x43\xb6\x75")]
    return bytes(data)


def with_disordered_times(random: Random, honest: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    name = random.choice(("h264.mp4", "hevc.mp4", "vp9.webm", "h264.mkv"))
    with (
        av.open(io.BytesIO(honest[name])) as source,
        av.open(file, "w", format="matroska") as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        base = random.choice((0, 0, 10**9, 2**40))
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        for number, packet in enumerate(packets):
            # The muxer insists on rising decoding times only.
            packet.dts = base + number
            packet.pts = base + number + random.choice((0, 0, 3, random.randrange(2000)))
            packet.stream = stream
            target.mux(packet)
    data = bytearray(file.getvalue())
    if random.random() < 0.5:
        data = bytearray(honest["h264.mp4"])
        table = random.choice((b"ctts", b"stts", b"elst"))
        place = data.index(table) + 12
        for at in range(place, place + random.choice((8, 24, 40))):
            data[at] = random.randrange(256)
    return bytes(data)


def spliced(random: Random, honest: dict[str, bytes]) -> bytes:
    one, other = random.sample(list(honest.values()), 2)
    at = random.randrange(len(one))
    start = random.randrange(len(other))
    return one[:at] + other[start : start + random.randrange(4000)] + one[at:]


def boxes(
    data: bytes | bytearray, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, bytes, int]]:
    """Place, kind and length of every box, those inside of others too."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        length = int.from_bytes(data[start : start + 4], "big")
        kind = bytes(data[start + 4 : start + 8])
        if length < 8:
            return
        yield start, kind, length
        if kind in _PARENTS:
            yield from boxes(data, start + 8, start + length)
        start += length


def _mp4(random: Random, honest: dict[str, bytes]) -> bytes:
    return honest[random.choice(("h264.mp4", "hevc.mp4", "av1.mp4", "vp9.mp4"))]


def _all(data: bytearray, what: bytes) -> list[int]:
    found = [data.find(what)]
    while found[-1] >= 0:
        found.append(data.find(what, found[-1] + 1))
    return found[:-1]


def _with_another_sps(data: bytes, sps: bytes) -> bytes:
    """The same MP4 (its frames in front) whose stream says another size."""
    place = data.index(b"avcC")
    length = int.from_bytes(data[place + 10 : place + 12], "big")
    old = data[place + 12 : place + 12 + length]
    grown = data[: place + 10] + len(sps).to_bytes(2, "big") + sps + data[place + 12 + length :]
    if len(sps) == len(old):
        return grown
    result = bytearray(grown)
    for start, kind, size in boxes(data):
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd") and start < place:
            size += len(sps) - len(old)
            result[start : start + 4] = size.to_bytes(4, "big")
    for kind in (b"avc1", b"avcC"):
        at = data.index(kind, data.index(b"stsd")) - 4
        size = int.from_bytes(data[at : at + 4], "big") + len(sps) - len(old)
        result[at : at + 4] = size.to_bytes(4, "big")
    return bytes(result)


def _sps(side: int) -> bytes:
    """A sequence parameter set (ISO/IEC 14496-10, 7.3.2.1.1), baseline, of that many pixels."""
    blocks = side // 16
    bits = "01100111" + f"{66:08b}" + f"{0:08b}" + f"{52:08b}"
    bits += "".join(map(_golomb, (0, 0, 2, 1))) + "0"
    bits += _golomb(blocks - 1) + _golomb(blocks - 1) + "1" + "1" + "0" + "0" + "1"
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _golomb(value: int) -> str:
    binary = f"{value + 1:b}"
    return "0" * (len(binary) - 1) + binary
