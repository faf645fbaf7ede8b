"""Steps towards a frame: the shortest way there, and no endless search for one that is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import av
import pytest

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.decoder import Decoder
from dreamina_desktop.video.frame import Scaler
from tests.video.clips import make_clip, number_in

SIZE = (96, 64)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """50 frames, every tenth a key frame."""
    options = {"g": "10", "sc_threshold": "0", "bf": "2"}
    return make_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", 50, options=options)


def walk(decoder: Decoder, target: int) -> list[int]:
    numbers = [decoder.step_towards(target)]
    while numbers[-1] != target:
        numbers.append(decoder.step_towards(target))
    return numbers


def test_shortest_way(clip: Path) -> None:
    with closing(Decoder(clip, SIZE)) as decoder:
        assert decoder.count == 50
        assert walk(decoder, 13) == [10, 11, 12, 13]
        assert walk(decoder, 15) == [14, 15]
        assert walk(decoder, 12) == [10, 11, 12]
        assert walk(decoder, 21) == [20, 21]
        assert walk(decoder, 49) == list(range(40, 50))
        assert walk(decoder, 0) == [0]
        frame = decoder.frame()
        plane = frame.picture.planes[0]
        assert (frame.index, number_in(bytes(plane), plane.line_size, *SIZE)) == (0, 0)


def test_no_step_taken(clip: Path) -> None:
    with closing(Decoder(clip, SIZE)) as decoder, pytest.raises(ValueError, match="no step"):
        decoder.frame()


@pytest.mark.parametrize("lost", [25, 49])
def test_lost_frame_is_not_searched_for_ever(
    clip: Path, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    decode_from = ClipFile.decode_from

    def without_one(self: ClipFile, index: int) -> Iterator[tuple[int, av.VideoFrame]]:
        return (step for step in decode_from(self, index) if step[0] != lost)

    # Decoders that leave a frame out say so by an error; this is for one that does not.
    monkeypatch.setattr(ClipFile, "decode_from", without_one)
    with closing(Decoder(clip, SIZE)) as decoder:
        for target in range(50):
            if target == lost:
                with pytest.raises(ClipBrokenError, match=f"frame {lost}"):
                    walk(decoder, target)
            else:
                assert walk(decoder, target)[-1] == target
    with pytest.raises(ClipBrokenError) if lost == 49 else nullcontext():
        PyAvClipCheck().facts(clip)


@pytest.mark.parametrize("position", [25, 49])
def test_packet_without_a_frame_breaks_the_clip(clip: Path, position: int) -> None:
    data = bytearray(clip.read_bytes())
    with av.open(str(clip)) as container:
        packet = list(container.demux(video=0))[position]
    assert packet.pos is not None
    filler = b"\x0c" + b"\xff" * (packet.size - 6) + b"\x80"
    data[packet.pos : packet.pos + packet.size] = (packet.size - 4).to_bytes(4, "big") + filler
    path = clip.with_name(f"lost-{position}.mp4")
    path.write_bytes(data)
    with closing(Decoder(path, SIZE)) as decoder:
        assert walk(decoder, 15)
        with pytest.raises(ClipBrokenError, match="decoding"):
            walk(decoder, position // 10 * 10 + 9)


def test_pixels_that_cannot_be_converted() -> None:
    odd = av.VideoFrame(16, 16, "bayer_bggr8")
    with pytest.raises(ClipBrokenError) as caught:
        Scaler((0x10000, 0x10000)).scale(0, odd)
    assert caught.value.detail == "pixels"
