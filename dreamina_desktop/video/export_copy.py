"""Takes a cut of a clip over as it is: no frame is decoded, no quality lost."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.core.export_order import Cut
from dreamina_desktop.core.export_watch import ExportWatch

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.rational import AVRational
    from av.video.stream import VideoStream

# What players expect in an MP4.
_CODECS = frozenset({"h264", "hevc", "av1"})
_FINE = 400
"""Ticks to a frame at which a rounding shows in no reader's rate."""
_OPTIONS = {
    "format_whitelist": "mov,matroska,webm,avi,mpegts,ogg,flv",
    "protocol_whitelist": "file",
}


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """Which packets make the cut, counted from 0 as they lie in the file, and their bytes.

    ``start`` is the first frame's time stamp in the stream's own units.
    """

    first: int
    last: int
    start: int
    bytes: int


def plan_copy(clip: Path, cut: Cut) -> CopyPlan | None:
    """How the cut is taken over; None where it has to be encoded anew.

    It can be where each frame has a time of its own, where the cut begins with a key frame, and
    where the packets of its frames lie side by side: then none of them needs one that is left
    out. Raises ClipBrokenError.
    """
    with ExitStack() as stack:
        container, stream = _opened(clip, stack)
        codec = stream.codec_context.codec.canonical_name
        if codec not in _CODECS or not _is_exact(stream.time_base, stream.average_rate):
            return None
        packets = []
        for packet in _packets(container, stream):
            if packet.pts is None:
                # As in an AVI: only decoding tells the order in which its frames are shown.
                return None
            packets.append((packet.pts, packet.is_keyframe, packet.size))
    times = sorted(time for time, _, _ in packets)
    if len(set(times)) < len(times):
        # Nobody can tell which of two packets of one time is which frame.
        return None
    if cut.last >= len(times):
        raise ClipBrokenError("index")
    start, end = times[cut.first], times[cut.last]
    if bisect_right(times, end) - bisect_left(times, start) != cut.count:
        return None
    places = [place for place, (time, _, _) in enumerate(packets) if start <= time <= end]
    first, last = places[0], places[-1]
    is_whole = last - first + 1 == cut.count
    if not is_whole or packets[first][:2] != (start, True):
        return None
    return CopyPlan(first, last, start, sum(size for _, _, size in packets[first : last + 1]))


def copy_cut(clip: Path, plan: CopyPlan, part: Path, watch: ExportWatch) -> None:
    """Write the planned packets as an MP4.

    Raises ClipBrokenError, ExportCancelledError, and what FFmpeg and the disk raise.
    """
    import av

    with ExitStack() as stack:
        container, stream = _opened(clip, stack)
        film = stack.enter_context(
            av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"})
        )
        target = film.add_stream_from_template(stream, opaque=True)
        for place, packet in enumerate(_packets(container, stream)):
            if place > plan.last:
                break
            if place < plan.first:
                continue
            if packet.pts is None:
                raise ClipBrokenError("time stamp")
            packet.pts -= plan.start
            if packet.dts is not None:
                packet.dts -= plan.start
            packet.stream = target
            film.mux(packet)
            watch.step(place - plan.first + 1, plan.last - plan.first + 1)


def _is_exact(tick: AVRational | None, rate: AVRational | None) -> bool:
    """Whether times come to whole ticks, or nearly so: Matroska's thousandths spoil the rate."""
    if not tick or not rate:
        return False
    length = Fraction(rate.denominator, rate.numerator)
    ticks = length / Fraction(tick.numerator, tick.denominator)
    return ticks.denominator == 1 or ticks >= _FINE


def _opened(clip: Path, stack: ExitStack) -> tuple[InputContainer, VideoStream]:
    import av

    try:
        container = stack.enter_context(av.open(str(clip), options=_OPTIONS))
        return container, container.streams.video[0]
    except (av.FFmpegError, OSError, LookupError, ValueError) as error:
        raise ClipBrokenError("no clip") from error


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Those that are shown, in the file's order."""
    import av

    packets = container.demux(stream)
    try:
        while (packet := next(packets, None)) is not None:
            if not packet.is_discard and (packet.pts is not None or packet.dts is not None):
                yield packet
    except (av.FFmpegError, OSError, ValueError) as error:
        raise ClipBrokenError("demuxing") from error
