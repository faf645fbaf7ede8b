"""What a PNG says its colours are (W3C PNG, third edition, 4.3), as an ICC profile."""

from __future__ import annotations

import struct
import zlib

from dreamina_desktop.pictures import png_chunks
from dreamina_desktop.pictures.colour_profile import Primaries, made_profile

_MOST_PROFILE = 2**24
_SRGB_GAMMA = 45455
# Files round their gamma in many ways; nobody sees less than this.
_SAME_GAMMA = 1000
_SAME_CHROMATICITY = 0.002
_GAMMA_NAME = "gAMA, cHRM"
# White, red, green and blue.
_SRGB_CHROMATICITIES = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
_BT709 = Primaries(*_SRGB_CHROMATICITIES[2:])
_P3 = Primaries(0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
_BT2020 = Primaries(0.708, 0.292, 0.17, 0.797, 0.131, 0.046)
# H.273, tables 2 and 3: only those that are a plain curve on a screen's white.
_PRIMARIES = {1: _BT709, 9: _BT2020, 12: _P3}
_SRGB_CURVE, _LINEAR = 13, 8
_SRGB_AS_CICP = (1, _SRGB_CURVE)


def profile(data: bytes) -> bytes | None:
    """The ICC profile by which the samples are to be read; None for sRGB, and where none is told.

    The order in which the chunks count is the standard's: cICP, iCCP, sRGB, gAMA with cHRM.
    """
    chunks = png_chunks.chunks_of(data, png_chunks.COLOUR_CHUNKS | {b"IHDR"})
    by_kind = {chunk.kind: chunk.data for chunk in reversed(chunks)}
    if (code_points := by_kind.get(b"cICP")) is not None and len(code_points) == 4:
        primaries, curve = code_points[0], code_points[1]
        if (primaries, curve) == _SRGB_AS_CICP:
            return None
        if primaries in _PRIMARIES and curve in (_SRGB_CURVE, _LINEAR):
            gamma = None if curve == _SRGB_CURVE else 1.0
            return made_profile("cICP", _PRIMARIES[primaries], gamma)
    if (embedded := by_kind.get(b"iCCP")) is not None:
        return _inflated(embedded)
    if b"sRGB" in by_kind:
        return None
    return _by_gamma(by_kind.get(b"gAMA"), by_kind.get(b"cHRM"), is_grey=_is_grey(by_kind[b"IHDR"]))


def _inflated(embedded: bytes) -> bytes:
    """What is damaged comes back as a profile that nobody can use."""
    _, _, packed = embedded.partition(b"\0")
    try:
        return zlib.decompressobj().decompress(packed[1:], _MOST_PROFILE)
    except zlib.error:
        return b""


def _by_gamma(gamma: bytes | None, chromaticities: bytes | None, *, is_grey: bool) -> bytes | None:
    exponent = int.from_bytes(gamma, "big") if gamma is not None and len(gamma) == 4 else 0
    told = _SRGB_CHROMATICITIES
    if chromaticities is not None and len(chromaticities) == 32 and not is_grey:
        told = tuple(value / 100_000 for value in struct.unpack(">8I", chromaticities))
    is_srgb_space = all(
        abs(a - b) < _SAME_CHROMATICITY for a, b in zip(told, _SRGB_CHROMATICITIES, strict=True)
    )
    # The usual numbers for sRGB mean its curve, which is no plain power.
    is_srgb_curve = not exponent or abs(exponent - _SRGB_GAMMA) <= _SAME_GAMMA
    if is_srgb_space and is_srgb_curve:
        return None
    curve = 100_000 / exponent if exponent else None
    return made_profile(_GAMMA_NAME, Primaries(*told[2:]), curve, told[:2], is_grey=is_grey)


def _is_grey(ihdr: bytes) -> bool:
    return ihdr[9] in (0, 4)
