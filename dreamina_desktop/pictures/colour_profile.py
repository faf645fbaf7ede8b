"""ICC profiles made from numbers: primaries, white point and a curve (ICC.1:2001-04, matrix/TRC).

For pictures that tell their colours without a profile; LittleCMS takes these like any other.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

D65 = (0.3127, 0.3290)
# The white of the profile connection space, 6.3.4.
_D50 = (0.9642, 1.0, 0.8249)
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_CURVE_POINTS = 1024

type _Matrix = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Primaries:
    """CIE 1931 x and y of red, green and blue."""

    red_x: float
    red_y: float
    green_x: float
    green_y: float
    blue_x: float
    blue_y: float


def made_profile(
    name: str,
    primaries: Primaries,
    gamma: float | None,
    white: tuple[float, ...] = D65,
    *,
    is_grey: bool = False,
) -> bytes:
    """A display profile of that ``name`` (ASCII).

    ``gamma`` is the exponent from sample to light, None for sRGB's curve; ``white`` is
    its x and y. Numbers that make no colour space give b"".
    """
    curve = _curve(gamma)
    tags = {b"desc": _description(name), b"cprt": b"text\0\0\0\0none\0", b"wtpt": _xyz(_D50)}
    if is_grey:
        tags[b"kTRC"] = curve
    else:
        try:
            columns = _adapted_columns(primaries, white)
            tags |= {
                b"rXYZ": _xyz(columns[0]),
                b"gXYZ": _xyz(columns[1]),
                b"bXYZ": _xyz(columns[2]),
            }
        except (ZeroDivisionError, OverflowError, struct.error):
            return b""
        tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    return _file(b"GRAY" if is_grey else b"RGB ", tags)


def _file(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body = [struct.pack(">I", len(tags))], b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table.append(tag + struct.pack(">II", start + len(body), len(data)))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(
        ">I4xI4s4s4s12s4s4x24x",
        start + len(body),
        0x02400000,
        b"mntr",
        space,
        b"XYZ ",
        struct.pack(">6H", 2020, 1, 1, 0, 0, 0),
        b"acsp",
    )
    header += b"".join(_fixed(value) for value in _D50)
    return header.ljust(128, b"\0") + b"".join(table) + body


def _description(name: str) -> bytes:
    text = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78)


def _curve(gamma: float | None) -> bytes:
    points = [_light(step / (_CURVE_POINTS - 1), gamma) for step in range(_CURVE_POINTS)]
    levels = [round(65535 * point) for point in points]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *levels)


def _light(sample: float, gamma: float | None) -> float:
    if gamma is not None:
        return float(sample**gamma)
    # IEC 61966-2-1.
    return sample / 12.92 if sample <= 0.04045 else float(((sample + 0.055) / 1.055) ** 2.4)


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _adapted_columns(primaries: Primaries, white: tuple[float, ...]) -> _Matrix:
    """XYZ of red, green and blue as seen under D50: scaled to the white, adapted by Bradford."""
    corners = (
        _of_chromaticity(primaries.red_x, primaries.red_y),
        _of_chromaticity(primaries.green_x, primaries.green_y),
        _of_chromaticity(primaries.blue_x, primaries.blue_y),
    )
    bright = _of_chromaticity(*white)
    amounts = _solved(_turned(corners), bright)
    cones, cones_wanted = _applied(_BRADFORD, bright), _applied(_BRADFORD, _D50)
    columns = []
    for corner, amount in zip(corners, amounts, strict=True):
        seen = _applied(_BRADFORD, tuple(amount * value for value in corner))
        scaled = tuple(s * w / c for s, w, c in zip(seen, cones_wanted, cones, strict=True))
        columns.append(_solved(_BRADFORD, scaled))
    return tuple(columns)


def _of_chromaticity(x: float, y: float) -> tuple[float, ...]:
    return x / y, 1.0, (1 - x - y) / y


def _turned(rows: _Matrix) -> _Matrix:
    return tuple(zip(*rows, strict=True))


def _applied(matrix: _Matrix, vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _solved(matrix: _Matrix, wanted: tuple[float, ...]) -> tuple[float, ...]:
    """The vector that ``matrix`` turns into ``wanted``, by Cramer's rule."""
    whole = _determinant(matrix)
    columns = _turned(matrix)
    return tuple(
        _determinant(_turned((*columns[:place], wanted, *columns[place + 1 :]))) / whole
        for place in range(3)
    )


def _determinant(m: _Matrix) -> float:
    return (
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    )
