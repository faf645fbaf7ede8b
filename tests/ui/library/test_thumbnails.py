"""Small pictures of clips and pictures, made elsewhere and kept while memory allows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from dreamina_desktop.core.job import ClipKind, Job, JobState
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.library.picture_source import SourceKind, picture_source
from dreamina_desktop.ui.library.picture_thumbnail import picture_thumbnail
from dreamina_desktop.ui.library.thumbnail_made import ThumbnailMade
from dreamina_desktop.ui.library.thumbnail_size import centre, scaled_size
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from tests.ui.conftest import Until
from tests.ui.library.rows import a_job, done
from tests.video.clips import make_clip

FRAME = QSize(160, 100)


def halves(path: Path, width: int, height: int, orientation: int = 1) -> Path:
    """A picture that is red on the left and blue on the right as stored."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(path, exif=exif, quality=95)
    return path


def colour(image: QImage, x: float, y: float) -> str:
    """Which primary a place of the image (0…1) is."""
    found = QColor(image.pixel(int(x * image.width()), int(y * image.height())))
    strongest = max(found.red(), found.green(), found.blue())
    return {found.red(): "red", found.green(): "green", found.blue(): "blue"}[strongest]


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (QSize(1664, 1248), QSize(160, 120)),
        (QSize(2176, 928), QSize(235, 100)),
        (QSize(1440, 1440), QSize(160, 160)),
        (QSize(1248, 1664), QSize(75, 100)),
        (QSize(4000, 1), QSize(160, 1)),
        (QSize(1, 4000), QSize(1, 100)),
    ],
)
def test_landscape_fills_the_frame_and_upright_is_shown_whole(
    picture: QSize, expected: QSize
) -> None:
    size = scaled_size(picture, FRAME)
    assert abs(size.width() - expected.width()) <= 1
    assert abs(size.height() - expected.height()) <= 1
    shown = centre(size, FRAME)
    assert shown.width() <= FRAME.width()
    assert shown.height() <= FRAME.height()
    assert abs(size.width() - shown.width() - 2 * shown.left()) <= 1


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_a_picture_is_cropped_to_its_middle(tmp_path: Path, name: str) -> None:
    image = picture_thumbnail(halves(tmp_path / name, 800, 600), FRAME)
    assert image is not None
    assert image.size() == FRAME
    assert colour(image, 0.1, 0.5) == "red"
    assert colour(image, 0.9, 0.5) == "blue"


def test_a_picture_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    image = picture_thumbnail(halves(tmp_path / "a.jpg", 800, 600, orientation=6), FRAME)
    assert image is not None
    assert image.width() < image.height() == FRAME.height()
    assert colour(image, 0.5, 0.1) == "red"
    assert colour(image, 0.5, 0.9) == "blue"


def test_what_is_no_picture_has_no_thumbnail(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    assert picture_thumbnail(path, FRAME) is None
    path.write_bytes(b"nothing of the kind")
    assert picture_thumbnail(path, FRAME) is None
    whole = halves(tmp_path / "b.png", 800, 600).read_bytes()
    path.write_bytes(whole[:60])
    assert picture_thumbnail(path, FRAME) is None


def test_where_a_picture_comes_from() -> None:
    clip = picture_source(done(1, "/videos/a.mp4"))
    assert clip is not None
    assert (clip.kind, clip.name) == (SourceKind.CLIP, "/videos/a.mp4")
    job = done(1, "/videos/a.png")
    picture = picture_source(replace(job, clips=(replace(job.clips[0], kind=ClipKind.IMAGE),)))
    assert picture is not None
    assert picture.kind is SourceKind.PICTURE
    sent = picture_source(a_job(1, JobState.RUNNING))
    assert sent is not None
    assert (sent.kind, sent.name) == (SourceKind.SENT, "ab" * 32)
    assert picture_source(replace(a_job(1), spec=None)) is None


def made(thumbnails: Thumbnails, until: Until, job: Job, frame: QSize = FRAME) -> QImage | None:
    """Ask until it is made."""
    heard: list[ThumbnailMade] = []
    thumbnails.thumbnail_made.connect(heard.append)
    assert thumbnails.picture(job, frame).image is None
    until(lambda: bool(heard))
    thumbnails.thumbnail_made.disconnect(heard.append)
    return thumbnails.picture(job, frame).image


def test_the_first_frame_of_a_clip(thumbnails: Thumbnails, tmp_path: Path, until: Until) -> None:
    path = make_clip(tmp_path / "a.mp4", 3)
    image = made(thumbnails, until, done(1, path))
    assert image is not None
    assert image.size() == FRAME
    # The bars above carry the frame's number: none is lit in frame 0.
    assert QColor(image.pixel(20, 20)).lightness() < 40
    # The ramp below is grey, without a cast.
    grey = QColor(image.pixel(80, 90))
    assert (
        max(grey.red(), grey.green(), grey.blue()) - min(grey.red(), grey.green(), grey.blue()) <= 3
    )


def test_a_clip_whose_size_is_not_known(
    thumbnails: Thumbnails, tmp_path: Path, until: Until
) -> None:
    job = done(1, make_clip(tmp_path / "a.mp4", 3))
    unmeasured = replace(job, clips=(replace(job.clips[0], width=None, height=None),))
    image = made(thumbnails, until, unmeasured)
    assert image is not None
    assert image.size() == FRAME


@pytest.mark.parametrize("known", [True, False])
def test_a_clip_that_is_gone_or_broken_is_missing(
    thumbnails: Thumbnails, tmp_path: Path, until: Until, known: bool
) -> None:
    path = tmp_path / "a.mp4"
    job = done(1, path)
    if not known:
        job = replace(job, clips=(replace(job.clips[0], width=None, height=None),))
    assert made(thumbnails, until, job) is None
    assert thumbnails.picture(job, FRAME).is_missing
    # It came back, and somebody looks at it.
    make_clip(path, 3)
    assert thumbnails.picture(job, FRAME).is_missing
    thumbnails.retry(job)
    assert made(thumbnails, until, job) is not None


def test_a_sent_picture_is_found_by_its_digest(
    thumbnails: Thumbnails, pictures: Path, until: Until
) -> None:
    halves(pictures / "a.png", 800, 600).rename(pictures / ("ef" * 32))
    image = made(thumbnails, until, a_job(1, JobState.RUNNING, sha="ef" * 32))
    assert image is not None
    assert colour(image, 0.1, 0.5) == "red"
    lost = a_job(2, sha="99" * 32)
    assert made(thumbnails, until, lost) is None
    assert thumbnails.picture(lost, FRAME).is_missing


def test_at_another_size_the_old_one_stands_in(
    thumbnails: Thumbnails, tmp_path: Path, until: Until
) -> None:
    job = done(1, make_clip(tmp_path / "a.mp4", 3))
    small = made(thumbnails, until, job)
    assert small is not None
    large = QSize(320, 200)
    assert thumbnails.picture(job, large, wanted=False).image is small
    assert thumbnails.picture(job, large).image is small
    until(lambda: thumbnails.picture(job, large).image is not small)
    image = thumbnails.picture(job, large).image
    assert image is not None
    assert image.size() == large


def test_memory_is_bounded_and_what_was_seen_last_is_kept(
    application: object, tmp_path: Path, until: Until
) -> None:
    del application
    clip = make_clip(tmp_path / "0.mp4", 3)
    jobs = [done(number, shutil.copy(clip, tmp_path / f"{number}.mp4")) for number in range(1, 6)]
    one = 4 * FRAME.width() * FRAME.height()
    background = BackgroundThread()
    thumbnails = Thumbnails(lambda _: None, background, budget=2 * one)
    try:
        for job in jobs:
            assert made(thumbnails, until, job) is not None
            assert thumbnails.used <= 2 * one
        assert thumbnails.picture(jobs[4], FRAME).image is not None
        assert thumbnails.picture(jobs[0], FRAME, wanted=False).image is None
    finally:
        thumbnails.close()
        background.close()


def test_of_many_wanted_the_last_are_made_first_and_the_oldest_dropped(
    thumbnails: Thumbnails, pictures: Path, until: Until
) -> None:
    original = halves(pictures / "a.png", 80, 60)
    jobs = []
    for number in range(100):
        sha = f"{number:064x}"
        shutil.copy(original, pictures / sha)
        jobs.append(a_job(number, sha=sha))
    order: list[str] = []
    thumbnails.thumbnail_made.connect(lambda made: order.append(made.source.name))
    for job in jobs:
        thumbnails.picture(job, FRAME)
    until(lambda: len(order) >= 51)
    names = [int(name, 16) for name in order]
    assert names[3:6] == [99, 98, 97]
    assert thumbnails.picture(jobs[10], FRAME, wanted=False).image is None
    assert thumbnails.picture(jobs[99], FRAME, wanted=False).image is not None
