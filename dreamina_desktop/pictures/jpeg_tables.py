"""Which tables of a JPEG its scans need (ITU-T T.81, annex B.2.4), and whether they are lawful.

A table that no scan needs can hold anything, and so can what follows the last table of a segment.
"""

from __future__ import annotations

from dreamina_desktop.pictures.damaged import DamagedError

DHT, DAC, SOS, DQT, DRI = 0xC4, 0xCC, 0xDA, 0xDB, 0xDD
FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, DAC}
"""Start of frame: C0 … CF but DHT, JPG (C8) and DAC."""

_PROGRESSIVE, _LOSSLESS = frozenset({0xC2, 0xCA}), frozenset({0xC3, 0xCB})
# From here on frames are coded arithmetically, with conditioning in place of Huffman codes.
_FIRST_ARITHMETIC = 0xC9
_APP0 = 0xE0
_COEFFICIENTS = 64
_LENGTHS = 16
_AC = 0x10

type Key = tuple[int, int]
"""A marker, and which of its tables: class and destination, as the segment has them."""


class NeededTables:
    """Is told segments in their order; knows then what of each some scan needs.

    A later definition takes the place of an earlier one. Quantisation is that of a component's
    first scan (as libjpeg has it). Besides tables these are the restart interval and, up to the
    first scan, the application segments that travel, of which decoders take the last.
    """

    def __init__(self) -> None:
        self._parts: list[list[tuple[int, bytes]]] = []
        self._count = 0
        self._newest: dict[Key, int] = {}
        self._needed: set[int] = set()
        self._frame = 0
        # Identifier and quantisation table, in the order of the frame.
        self._components: list[tuple[int, int]] = []
        self._begun: set[int] = set()

    def define(self, marker: int, payload: bytes) -> int:
        """A segment that may hold parts; how it is called in ``needed``.

        Raises DamagedError where its tables are no whole ones.
        """
        parts = []
        for key, data in split(marker, payload):
            self._newest[key] = self._count
            parts.append((self._count, data))
            self._count += 1
        self._parts.append(parts)
        return len(self._parts) - 1

    def begin_frame(self, marker: int, payload: bytes) -> None:
        self._frame = marker
        places = range(6, len(payload) - 2, 3)
        self._components = [(payload[at], payload[at + 2]) for at in places]

    def begin_scan(self, payload: bytes) -> None:
        """Of a start of scan. Raises DamagedError where that is cut."""
        count = payload[0] if payload else 0
        if len(payload) < 2 * count + 4:
            raise DamagedError("scan")
        if not self._begun:
            for marker, number in list(self._newest):
                if marker >= _APP0:
                    self._need((marker, number))
        self._need((DRI, 0))
        first, high = payload[2 * count + 1], payload[2 * count + 3] >> 4
        for at in range(1, 2 * count + 1, 2):
            self._need_for_component(payload[at], payload[at + 1], first, high)

    def needed(self, number: int) -> bytes:
        """Of the segment that was defined as this one, what some scan has needed; maybe b""."""
        return b"".join(data for part, data in self._parts[number] if part in self._needed)

    def _need_for_component(self, name: int, tables: int, first: int, high: int) -> None:
        """``first`` is the scan's first coefficient, ``high`` not 0 in one that refines."""
        if name not in self._begun:
            self._begun.add(name)
            for component, quantisation in self._components:
                if component == name:
                    self._need((DQT, quantisation))
        is_progressive, is_lossless = self._frame in _PROGRESSIVE, self._frame in _LOSSLESS
        kind = DAC if self._frame >= _FIRST_ARITHMETIC else DHT
        if not is_progressive or (first == 0 and high == 0):
            self._need((kind, tables >> 4))
        if not is_lossless and (first > 0 or not is_progressive):
            self._need((kind, _AC | tables & 0x0F))

    def _need(self, key: Key) -> None:
        if key in self._newest:
            self._needed.add(self._newest[key])


def split(marker: int, payload: bytes) -> list[tuple[Key, bytes]]:
    """The tables of a segment; one without tables is a single part.

    Raises DamagedError where one breaks off, or something follows the last: so do decoders.
    """
    if marker not in (DQT, DHT, DAC):
        return [((marker, 0), payload)]
    parts, at = [], 0
    while at < len(payload):
        head = payload[at]
        end = at + 1 + _body_length(marker, payload[at:])
        if end > len(payload):
            raise DamagedError("table")
        # The upper half of a quantisation table's first byte is how wide its numbers are.
        number = head & 0x0F if marker == DQT else head
        parts.append(((marker, number), payload[at:end]))
        at = end
    return parts


def is_lawful(marker: int, payload: bytes) -> bool:
    """Whether the tables of a segment have only what a table may have.

    No step of quantisation is 0 (T.81, B.2.4.1), and no Huffman code stands for what another one
    does. No encoder writes such tables; text or numbers in the place of one look like that.
    """
    for _, data in split(marker, payload):
        if marker == DQT:
            width = 2 if data[0] >> 4 else 1
            if any(not any(data[at : at + width]) for at in range(1, len(data), width)):
                return False
        if marker == DHT and len(set(data[1 + _LENGTHS :])) < len(data) - 1 - _LENGTHS:
            return False
    return True


def _body_length(marker: int, data: bytes) -> int:
    """Of the table that ``data`` begins with, behind its first byte."""
    if marker == DQT:
        return _COEFFICIENTS * (2 if data[0] >> 4 else 1)
    if marker == DHT:
        return _LENGTHS + sum(data[1 : 1 + _LENGTHS])
    return 1
