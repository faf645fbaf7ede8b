"""The clip itself: size, length, rate, sameness, difference, and what is to be seen."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import pytest
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image, ImageChops, ImageOps, ImageStat

from dreamina_desktop.practice.camera import camera_move
from dreamina_desktop.practice.render_order import RenderOrder
from dreamina_desktop.practice.renderer import FrameSize, Renderer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.practice.caller import SMALL, Caller, data_uri, picture
from tests.practice_server import PracticeStart


class Clip:
    """A clip read back."""

    def __init__(self, content: bytes) -> None:
        with av.open(io.BytesIO(content), "r") as container:
            assert [stream.type for stream in container.streams] == ["video"]
            stream = container.streams.video[0]
            self.codec = stream.codec_context.name
            self.pixels = stream.codec_context.pix_fmt
            self.range = stream.codec_context.color_range
            self.space = stream.codec_context.colorspace
            self.rate = stream.average_rate
            self.size = (stream.width, stream.height)
            self.announced = stream.frames
            self.duration = stream.duration * stream.time_base if stream.duration else None
            decoded = list(container.decode(stream))
        self.times = [frame.time for frame in decoded]
        self.frames = [frame.to_image() for frame in decoded]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("frames", [121, 241])
def test_a_clip_over_http_is_what_was_ordered(start_practice: PracticeStart, frames: int) -> None:
    with Caller(start_practice(clip_scale=0.1)) as caller:
        clip = Clip(caller.clip_of(caller.submit(frames=frames)))
    assert len(clip.frames) == clip.announced == frames
    assert clip.rate == 24
    assert clip.size == (144, 144)
    assert clip.times == pytest.approx([index / 24 for index in range(frames)])
    assert clip.duration is not None
    assert float(clip.duration) == pytest.approx(frames / 24)
    assert (clip.codec, clip.pixels) == ("h264", "yuv420p")
    assert (clip.range, clip.space) == (ColorRange.MPEG, Colorspace.ITU709)


@pytest.mark.timeout(300)
def test_a_clip_of_full_size(start_practice: PracticeStart) -> None:
    sample = resource(SAMPLE_PICTURE).read_bytes()
    with Caller(start_practice(clip_scale=1, frames_override=24)) as caller:
        content = caller.clip_of(caller.submit(image_urls=[data_uri(sample)]))
    clip = Clip(content)
    assert clip.size == (1664, 1248)
    # Ready to play from the first bytes.
    assert content.index(b"moov") < content.index(b"mdat")


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (2176, 928, (2176, 928)),
        (1000, 334, (2176, 928)),
        (1920, 1080, (1920, 1088)),
        (600, 400, (1664, 1248)),
        (1000, 1000, (1440, 1440)),
        (400, 600, (1248, 1664)),
        (1080, 1920, (1088, 1920)),
        (334, 1000, (1088, 1920)),
    ],
)
def test_the_nearest_shape_is_taken(width: int, height: int, size: tuple[int, int]) -> None:
    assert Renderer().size_for(width, height, 1.0) == FrameSize(*size)


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.1, 0.07, 0.001])
def test_every_scale_gives_even_sides(scale: float) -> None:
    for width, height in ((2176, 928), (600, 400), (400, 400), (334, 1000)):
        size = Renderer().size_for(width, height, scale)
        assert size.width % 2 == size.height % 2 == 0
        assert min(size.width, size.height) >= 16


@pytest.fixture
def order(tmp_path: Path) -> RenderOrder:
    path = tmp_path / "picture.png"
    path.write_bytes(resource(SAMPLE_PICTURE).read_bytes())
    return RenderOrder(str(path), str(tmp_path / "clip.mp4"), "a cup", 7, 12, 0.2)


def rendered(order: RenderOrder) -> bytes:
    path = Path(order.clip)
    Renderer().render(order, path)
    return path.read_bytes()


def test_the_same_inputs_make_the_same_bytes(order: RenderOrder) -> None:
    assert rendered(order) == rendered(order)


def test_seed_and_prompt_make_another_move(order: RenderOrder) -> None:
    clips = {
        rendered(order),
        rendered(replace(order, seed=8)),
        rendered(replace(order, prompt="the cup")),
    }
    assert len(clips) == 3
    assert camera_move(1, "2 \n3") != camera_move(12, "\n3")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two frames, 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def test_the_picture_is_to_be_seen_in_its_colours(order: RenderOrder) -> None:
    clip = Clip(rendered(order))
    with Image.open(order.picture) as opened:
        middle = ImageOps.fit(opened.convert("RGB"), clip.size)
    for frame in clip.frames:
        for seen, sent in zip(ImageStat.Stat(frame).mean, ImageStat.Stat(middle).mean, strict=True):
            assert seen == pytest.approx(sent, abs=15)


@pytest.mark.parametrize(
    "colour", [(200, 30, 30), (20, 180, 40), (30, 40, 210), (255, 255, 255), (0, 0, 0)]
)
def test_colours_come_back_as_they_were(order: RenderOrder, colour: tuple[int, int, int]) -> None:
    Image.new("RGB", (400, 400), colour).save(order.picture)
    first = Clip(rendered(order)).frames[0]
    # PyAV's own conversion reads the colours by their tags.
    assert first.getpixel((10, 10)) == pytest.approx(colour, abs=4)


def test_the_move_is_smooth(order: RenderOrder) -> None:
    frames = Clip(rendered(replace(order, frames=60))).frames
    steps = [difference(one, other) for one, other in pairwise(frames)]
    assert difference(frames[0], frames[-1]) > 2 * max(steps)
    jumps = [abs(one - other) for one, other in pairwise(steps)]
    assert max(jumps) < max(steps) / 2


def test_a_view_never_leaves_the_picture() -> None:
    for seed in range(200):
        move = camera_move(seed, "somewhere")
        for step in range(121):
            left, top, right, bottom = move.box(step / 120)
            assert -1e-9 <= left < right <= 1 + 1e-9
            assert -1e-9 <= top < bottom <= 1 + 1e-9
            assert right - left == pytest.approx(bottom - top)


def test_the_mark_stands_in_the_corner(order: RenderOrder) -> None:
    Image.new("RGB", (400, 400), (128, 128, 128)).save(order.picture)
    for frame in Clip(rendered(order)).frames:
        grey = frame.convert("L")
        width, height = grey.size
        low, high = grey.crop((width // 2, height * 4 // 5, width, height)).getextrema()
        assert (low < 90, high > 190) == (True, True)
        rest = grey.crop((0, 0, width, height // 2))
        low, high = rest.getextrema()
        assert (low > 120, high < 136) == (True, True)


def test_a_rotated_picture_stands_upright(order: RenderOrder) -> None:
    with Image.open(order.picture) as opened:
        upright = opened.convert("RGB")
    lying = upright.rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    path = Path(order.picture).with_suffix(".jpg")
    lying.save(path, quality=95, exif=exif)
    one, other = (
        Clip(rendered(replace(order, picture=str(each)))) for each in (path, order.picture)
    )
    assert one.size == other.size == (332, 250)
    assert difference(one.frames[0], other.frames[0]) < 4


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "I;16", "1"])
def test_pictures_of_every_kind_are_rendered(order: RenderOrder, mode: str) -> None:
    grey = Image.linear_gradient("L").resize((400, 400))
    if mode == "I;16":
        kind = Image.frombytes("I;16", (400, 400), b"".join(
            bytes((0, value)) for value in grey.tobytes()
        ))  # fmt: skip
    else:
        kind = grey.convert("RGB").convert(mode)
    path = Path(order.picture).with_suffix(".jpg" if mode == "CMYK" else ".png")
    kind.save(path)
    frame = Clip(rendered(replace(order, picture=str(path)))).frames[0].convert("L")
    assert ImageStat.Stat(frame).mean[0] == pytest.approx(127, abs=30)


def test_what_is_see_through_becomes_white(order: RenderOrder) -> None:
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(order.picture)
    assert Clip(rendered(order)).frames[0].getpixel((10, 10)) == pytest.approx((255,) * 3, abs=3)


def test_a_picture_that_cannot_be_rendered_fails_its_request_only(own_caller: Caller) -> None:
    server = own_caller.server
    server.trouble(queue_seconds=3600, frames_override=3)
    other = picture(401, 401)
    lost, sound = own_caller.submit(), own_caller.submit(image_urls=[data_uri(other)])
    name = f"{hashlib.sha256(SMALL).hexdigest()}.png"
    (server.data_dir / "pictures" / name).write_bytes(b"no picture any more")
    server.trouble(frames_override=3)
    result = own_caller.finished(lost)
    assert result["status"] == "failed"
    assert result["error"]["code"] == 50500
    assert own_caller.finished(sound)["status"] == "succeeded"
    assert server.log() == ""
