"""The canvas: the right frame, pixel for pixel, at every size and scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.theme import DARK, LIGHT, Theme
from dreamina_desktop.ui.watch.canvas import Canvas
from dreamina_desktop.ui.watch.clip_source import ClipSource
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.projection import Projection
from dreamina_desktop.video.frame import Rgb32Converter
from tests.ui.conftest import Show, Until
from tests.ui.watch.stage import FRAMES, HEIGHT, LARGE, WIDTH, number_on, photograph, picture_place

type NewCanvas = Callable[..., Canvas]


@pytest.fixture
def new_canvas(theme: Theme, show: Show) -> NewCanvas:
    def make(width: int = 400, height: int = 300) -> Canvas:
        canvas = Canvas(theme)
        show(canvas, width, height)
        return canvas

    return make


@pytest.fixture
def source(frames: FrameSource, clip: Path) -> Iterator[ClipSource]:
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    yield source
    source.deleteLater()


def shown(canvas: Canvas) -> int | None:
    """The number that the canvas shows; None while it shows none."""
    image = photograph(canvas)
    place = picture_place(image)
    if image.pixelColor(place.center()) == QColor(DARK.sunken):
        return None
    return number_on(image, place)


def test_an_empty_stage_is_one_quiet_tone_with_round_corners(new_canvas: NewCanvas) -> None:
    image = photograph(new_canvas())
    assert image.pixelColor(200, 150) == QColor(DARK.sunken)
    assert image.pixelColor(0, 0) == QColor(DARK.pane)
    assert image.pixelColor(399, 299) == QColor(DARK.pane)


def test_every_frame_is_painted_when_it_is_asked_for(
    new_canvas: NewCanvas, source: ClipSource, until: Until
) -> None:
    canvas = new_canvas()
    canvas.set_projections([Projection(source)])
    for index in (*range(FRAMES), 3, FRAMES - 1, 0, 20, 19):
        canvas.show_frame(index)
        until(lambda index=index: shown(canvas) == index)


def test_pixels_are_those_of_the_decoded_frame(
    new_canvas: NewCanvas, frames: FrameSource, source: ClipSource, clip: Path, until: Until
) -> None:
    canvas = new_canvas(403, 301)
    canvas.set_projections([Projection(source)])
    canvas.show_frame(11)
    until(lambda: shown(canvas) == 11)
    place = picture_place(photograph(canvas))
    assert place == QRect(0, 29, 403, 242)
    assert_same(photograph(canvas).copy(place), decoded(frames, clip, 11, (403, 242)))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0, 3.0])
@pytest.mark.parametrize("corner", [QPoint(0, 0), QPoint(7, 5)])
def test_nothing_is_resampled_on_scaled_screens(
    new_canvas: NewCanvas,
    frames: FrameSource,
    source: ClipSource,
    clip: Path,
    until: Until,
    ratio: float,
    corner: QPoint,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: ratio)
    canvas = new_canvas(321, 193)
    projection = Projection(source)
    canvas.set_projections([projection])
    canvas.show_frame(21)
    until(lambda: projection.shot is not None and projection.shot.index == 21)
    # A screen of that ratio, on which the canvas begins at a place that no pixel begins at.
    screen = QImage(1200, 800, QImage.Format.Format_RGB32)
    screen.fill(Qt.GlobalColor.black)
    screen.setDevicePixelRatio(ratio)
    painter = QPainter(screen)
    canvas.render(painter, corner)
    painter.end()
    screen.setDevicePixelRatio(1)
    size = projection.target.size()
    begin = QPoint(floor(corner.x() * ratio + 0.5), floor(corner.y() * ratio + 0.5))
    place = QRect(begin + projection.target.topLeft(), size)
    assert size.width() == floor(321 * ratio)
    assert_same(screen.copy(place), decoded(frames, clip, 21, (size.width(), size.height())))


@pytest.mark.parametrize("tag", [1, 6])
def test_colours_are_right(
    new_canvas: NewCanvas, frames: FrameSource, until: Until, tmp_path: Path, tag: int
) -> None:
    """Limited range YUV to RGB: ITU-R BT.709 (tag 1) and BT.601 (tag 6), to 3 parts of 255."""
    red, blue = (0.2126, 0.0722) if tag == 1 else (0.299, 0.114)
    colours = [(16, 128, 128), (235, 128, 128), (81, 90, 240), (145, 54, 34), (120, 180, 100)]
    for number, (luma, cb, cr) in enumerate(colours):
        path = tmp_path / f"{number}.mkv"
        one_colour(path, luma, cb, cr, tag)
        source = ClipSource(frames, path, WIDTH, HEIGHT)
        canvas = new_canvas()
        projection = Projection(source)
        canvas.set_projections([projection])
        until(lambda projection=projection: projection.shot is not None)
        seen = photograph(canvas).pixelColor(200, 150)
        y, u, v = (luma - 16) / 219, (cb - 128) / 224, (cr - 128) / 224
        r, b = y + 2 * (1 - red) * v, y + 2 * (1 - blue) * u
        g = (y - red * r - blue * b) / (1 - red - blue)
        wanted = [round(255 * min(1.0, max(0.0, part))) for part in (r, g, b)]
        got = [seen.red(), seen.green(), seen.blue()]
        assert all(abs(a - b) <= 3 for a, b in zip(got, wanted, strict=True)), (got, wanted)
        canvas.set_projections([])


def test_resizing_never_blanks_and_ends_sharp(
    new_canvas: NewCanvas, frames: FrameSource, source: ClipSource, clip: Path, until: Until
) -> None:
    canvas = new_canvas()
    projection = Projection(source)
    canvas.set_projections([projection])
    canvas.show_frame(9)
    until(lambda: shown(canvas) == 9)
    for width in range(390, 300, -10):
        canvas.resize(width, 260)
        QApplication.processEvents()
        assert shown(canvas) == 9, "the old frame, scaled"
    wanted = projection.target.size()
    until(lambda: projection.shot is not None and projection.shot.image.size() == wanted)
    place = picture_place(photograph(canvas))
    size = place.width(), place.height()
    assert_same(photograph(canvas).copy(place), decoded(frames, clip, 9, size))


def test_it_goes_on_playing_while_it_is_resized(
    new_canvas: NewCanvas, source: ClipSource, until: Until
) -> None:
    canvas = new_canvas()
    projection = Projection(source)
    canvas.set_projections([projection])
    for index in range(FRAMES):
        canvas.show_frame(index)
        until(lambda index=index: shown(canvas) == index)
    for index in range(10):
        canvas.resize(400 - index, 300)
        canvas.show_frame(index)
        QApplication.processEvents()
        assert shown(canvas) == index


def test_several_sources_stand_side_by_side(
    new_canvas: NewCanvas, frames: FrameSource, source: ClipSource, clip: Path, until: Until
) -> None:
    canvas = new_canvas(400, 200)
    other = ClipSource(frames, clip, WIDTH, HEIGHT)
    left = Projection(source, QRectF(0, 0, 0.5, 1))
    right = Projection(other, QRectF(0.5, 0, 0.5, 1))
    canvas.set_projections([left, right])
    canvas.show_frame(33)
    until(lambda: all(p.shot is not None and p.shot.index == 33 for p in (left, right)))
    image = photograph(canvas)
    assert left.target == QRect(0, 40, 200, 120)
    assert right.target == QRect(200, 40, 200, 120)
    assert number_on(image, left.target) == number_on(image, right.target) == 33


def test_a_hidden_canvas_asks_for_nothing(
    new_canvas: NewCanvas, frames: FrameSource, source: ClipSource, clip: Path, until: Until
) -> None:
    canvas = new_canvas()
    canvas.hide()
    canvas.set_projections([Projection(source)])
    canvas.show_frame(4)
    QApplication.processEvents()
    assert frames.length(clip) is None
    canvas.show()
    until(lambda: shown(canvas) == 4)


def test_a_resting_canvas_is_empty_and_comes_back(
    new_canvas: NewCanvas, source: ClipSource, until: Until
) -> None:
    canvas = new_canvas()
    canvas.set_projections([Projection(source)])
    until(lambda: shown(canvas) == 0)
    canvas.set_resting(is_resting=True)
    assert shown(canvas) is None
    canvas.show_frame(7)
    canvas.set_resting(is_resting=False)
    until(lambda: shown(canvas) == 7)


def test_it_tells_of_each_frame_that_comes_to_the_screen(
    new_canvas: NewCanvas, source: ClipSource, until: Until
) -> None:
    canvas = new_canvas()
    painted: list[int] = []
    canvas.frame_painted.connect(lambda frame: painted.append(frame.index))
    canvas.set_projections([Projection(source)])
    for index in range(12):
        canvas.show_frame(index)
        until(lambda index=index: painted[-1:] == [index])
    assert painted == list(range(12))


def test_another_clip_never_shows_the_one_before(
    new_canvas: NewCanvas, frames: FrameSource, source: ClipSource, until: Until, tmp_path: Path
) -> None:
    canvas = new_canvas()
    canvas.set_projections([Projection(source)])
    canvas.show_frame(5)
    until(lambda: shown(canvas) == 5)
    canvas.set_projections([])
    assert shown(canvas) is None
    source.image_arrived.emit()
    assert shown(canvas) is None


def test_theme_frame_and_focus(new_canvas: NewCanvas, show: Show) -> None:
    canvas = new_canvas()
    canvas.set_theme(LIGHT)
    assert photograph(canvas).pixelColor(200, 150) == QColor(LIGHT.sunken)
    canvas.set_framed(False)
    assert photograph(canvas).pixelColor(0, 0) == QColor(LIGHT.sunken)
    canvas.set_framed(True)
    before = photograph(canvas)
    canvas.activateWindow()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert photograph(canvas) == before, "by the mouse one knows where one is"
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert photograph(canvas).pixelColor(200, 1) == QColor(LIGHT.accent)


def test_double_click_asks_for_the_screen(new_canvas: NewCanvas) -> None:
    canvas = new_canvas()
    spy = QSignalSpy(canvas.full_screen_asked)
    QTest.mouseDClick(canvas, Qt.MouseButton.RightButton)
    assert spy.count() == 0
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    assert canvas.sizeHint().isValid()


def test_little_memory_is_enough(theme: Theme, show: Show, clip: Path, until: Until) -> None:
    frames = FrameSource(LARGE // 4096)
    source = ClipSource(frames, clip, WIDTH, HEIGHT)
    canvas = Canvas(theme)
    show(canvas, 400, 300)
    canvas.set_projections([Projection(source)])
    for index in (0, 40, 2, 47, 1):
        canvas.show_frame(index)
        until(lambda index=index: shown(canvas) == index)
    frames.close()


def decoded(frames: FrameSource, clip: Path, index: int, size: tuple[int, int]) -> QImage:
    """A frame straight from the store."""
    frame = frames.frame(clip, index, size)
    assert frame is not None
    pixels = Rgb32Converter().convert(frame)
    image = QImage(
        pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32
    )
    return image.copy()


def assert_same(seen: QImage, wanted: QImage) -> None:
    assert seen.size() == wanted.size()
    different = [
        (x, y, seen.pixel(x, y) ^ wanted.pixel(x, y))
        for y in range(wanted.height())
        for x in range(wanted.width())
        if seen.pixel(x, y) != wanted.pixel(x, y)
    ]
    assert not different, (len(different), different[:5])


def one_colour(path: Path, luma: int, cb: int, cr: int, tag: int) -> None:
    """A clip of three lossless frames in one colour, tagged with its matrix."""
    with av.open(str(path), "w") as container:
        options = {"qp": "0", "colorprim": "bt709"}
        stream = container.add_stream("libx264", rate=24, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.colorspace = tag
        stream.codec_context.color_range = 1
        for _ in range(3):
            frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
            for plane, value in zip(frame.planes, (luma, cb, cr), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            frame.colorspace = tag
            frame.color_range = 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def test_a_move_to_a_finer_screen_ends_sharp(
    new_canvas: NewCanvas, source: ClipSource, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = new_canvas()
    projection = Projection(source)
    canvas.set_projections([projection])
    until(lambda: shown(canvas) == 0)
    monkeypatch.setattr(Canvas, "devicePixelRatioF", lambda _: 2.0)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert projection.target.size() == QSize(800, 480)
    until(lambda: projection.shot is not None and projection.shot.image.width() == 800)
