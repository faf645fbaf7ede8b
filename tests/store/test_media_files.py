from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import DiskError, PictureMissingError
from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.core.picture import PictureFacts, PreparedPicture
from dreamina_desktop.core.ports import MediaFiles
from dreamina_desktop.store.file_names import clip_stem
from dreamina_desktop.store.media_files import LocalMediaFiles
from tests.store.full_disk import refusing
from tests.store.sample_jobs import a_clip, adopted, prepared

MP4 = b"\x00\x00\x00\x18ftypisom" + b"frames" * 100
VIDEO = ClipFacts(ClipKind.VIDEO, 1440, 1440, 121, 24.0)
IMAGE = ClipFacts(ClipKind.IMAGE, 1440, 1440, 0, 0.0)


def a_picture(data: bytes = b"\xff\xd8\xff picture", kind: str = "image/jpeg") -> PreparedPicture:
    facts = PictureFacts("JPEG", 400, 400, len(data), decoded=True)
    return PreparedPicture(data, kind, hashlib.sha256(data).hexdigest(), facts, unchanged=True)


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    return tmp_path / "videos"


@pytest.fixture
def media(profile: Path, videos: Path) -> LocalMediaFiles:
    return LocalMediaFiles(profile, videos)


def download(media: LocalMediaFiles, content: bytes = MP4, job: Job | None = None) -> Path:
    part = media.part((job or prepared()).id, 0)
    part.write_bytes(content)
    return part


def test_it_is_the_port(media: LocalMediaFiles) -> None:
    port: MediaFiles = media
    assert not port.is_there(a_clip())


# ---- pictures ------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "suffix"), [("image/jpeg", ".jpg"), ("image/png", ".png")])
def test_a_picture_is_kept_by_its_digest(
    media: LocalMediaFiles, profile: Path, kind: str, suffix: str
) -> None:
    picture = a_picture(kind=kind)
    media.keep_picture(picture)
    path = profile / "pictures" / (picture.sha256 + suffix)
    first = path.stat()
    media.keep_picture(picture)
    assert path.stat().st_ino == first.st_ino
    assert media.picture(picture.sha256) == picture.data
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_altered_picture_is_missing_until_it_is_kept_again(
    media: LocalMediaFiles, profile: Path
) -> None:
    picture = a_picture()
    media.keep_picture(picture)
    (profile / "pictures" / f"{picture.sha256}.jpg").write_bytes(picture.data[:-1])
    with pytest.raises(PictureMissingError, match=picture.sha256):
        media.picture(picture.sha256)
    media.keep_picture(picture)
    assert media.picture(picture.sha256) == picture.data


@pytest.mark.parametrize("name", ["0" * 64, "", "../settings", "A" * 64, "0" * 65])
def test_a_picture_that_was_never_kept(media: LocalMediaFiles, name: str) -> None:
    with pytest.raises(PictureMissingError):
        media.picture(name)


def test_a_wrong_digest_is_a_bug(media: LocalMediaFiles) -> None:
    with pytest.raises(ValueError, match="0000"):
        media.keep_picture(replace(a_picture(), sha256="0" * 64))


def test_a_full_disk_leaves_no_half_picture(
    media: LocalMediaFiles, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, turn, refused = a_picture(), 0, True
    told: list[str] = []
    while refused:
        turn += 1
        with refusing(monkeypatch, turn) as came_to_that:
            try:
                media.keep_picture(picture)
            except DiskError as error:
                told.append(error.detail)
            refused = came_to_that()
        for path in (profile / "pictures").glob("*"):
            assert path.read_bytes() == picture.data
    assert turn > 4
    assert set(told) == {"picture, No space left on device"}


# ---- names ---------------------------------------------------------------------------------


def test_a_clip_is_named_by_date_source_and_seed(media: LocalMediaFiles, videos: Path) -> None:
    path = media.choose_name(prepared(), a_clip(), VIDEO, download(media))
    date = prepared().created.astimezone().strftime("%Y-%m-%d")
    assert path == videos / f"{date}_coffee_7.mp4"
    assert path.is_absolute()


def test_a_job_may_have_its_own_folder(
    media: LocalMediaFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = replace(prepared(), folder=str(tmp_path / "mine"))
    for folder in ("mine", "here"):
        media.usable_folder(tmp_path / folder)
    assert media.choose_name(job, a_clip(), VIDEO, download(media)).parent == tmp_path / "mine"
    monkeypatch.chdir(tmp_path)
    path = media.choose_name(replace(job, folder="here"), a_clip(), VIDEO, download(media))
    assert path.parent == tmp_path / "here"


def test_another_folder_holds_for_the_next_name(media: LocalMediaFiles, tmp_path: Path) -> None:
    part = download(media)
    media.output_folder = tmp_path / "films"
    assert media.choose_name(prepared(), a_clip(), VIDEO, part).parent == tmp_path / "films"


@pytest.mark.parametrize(
    ("content", "facts", "suffix"),
    [
        (MP4, VIDEO, ".mp4"),
        (b"\x1a\x45\xdf\xa3 webm", VIDEO, ".webm"),
        (b"\xff\xd8\xff\xe0", IMAGE, ".jpg"),
        (b"\x89PNG\r\n\x1a\n", IMAGE, ".png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", IMAGE, ".webp"),
        (b"RIFF\x00\x00\x00\x00AVI ", VIDEO, ".mp4"),
        (b"something", IMAGE, ".image"),
    ],
)
def test_the_suffix_tells_what_it_is(
    media: LocalMediaFiles, content: bytes, facts: ClipFacts, suffix: str
) -> None:
    path = media.choose_name(adopted(), a_clip(), facts, download(media, content, adopted()))
    assert path.name == clip_stem(adopted()) + suffix


def test_a_taken_name_gets_a_number(media: LocalMediaFiles, videos: Path) -> None:
    stem = clip_stem(prepared())
    for number in range(3):
        part = download(media, b"%d" % number)
        path = media.choose_name(prepared(), a_clip(number), VIDEO, part)
        assert path.name == (stem + ("" if number == 0 else f" ({number + 1})") + ".mp4")
        assert media.place(part, path)
    (videos / f"{stem} (4).mp4").symlink_to("nowhere")
    path = media.choose_name(prepared(), a_clip(), VIDEO, download(media))
    assert path.name == f"{stem} (5).mp4"
    whole = [one.read_bytes() for one in videos.iterdir() if one.is_file()]
    assert sorted(whole) == [b"0", b"1", b"2"]


def test_the_name_of_a_half_done_move_is_given_again(media: LocalMediaFiles, videos: Path) -> None:
    part = download(media)
    path = media.choose_name(prepared(), a_clip(), VIDEO, part)
    os.link(part, path)
    assert media.choose_name(prepared(), a_clip(), VIDEO, part) == path
    assert media.place(part, path)
    assert not part.exists()


def test_a_part_that_is_gone_is_a_disk_error(media: LocalMediaFiles) -> None:
    with pytest.raises(DiskError, match="download"):
        media.choose_name(prepared(), a_clip(), VIDEO, media.part("job-1", 0))


# ---- clips ---------------------------------------------------------------------------------


def there(path: Path, content: bytes) -> Clip:
    digest = hashlib.sha256(content).hexdigest()
    return replace(a_clip(), path=str(path), size=len(content), sha256=digest)


def test_is_there(media: LocalMediaFiles, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    clip = there(path, MP4)
    assert media.is_there(clip)
    assert not media.is_there(replace(clip, size=1))
    assert not media.is_there(replace(clip, sha256="0" * 64))
    assert not media.is_there(replace(clip, sha256=None))
    assert not media.is_there(replace(clip, path=None))
    assert not media.is_there(replace(clip, path=str(tmp_path / "gone")))
    assert not media.is_there(replace(clip, path="\x00"))


def test_place_says_when_the_name_is_taken(media: LocalMediaFiles, videos: Path) -> None:
    part = download(media)
    target = videos / "clip.mp4"
    videos.mkdir()
    target.write_bytes(b"mine")
    assert not media.place(part, target)
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["x" * 300 + ".mp4", "file/clip.mp4"])
def test_a_place_that_cannot_be_is_a_disk_error(
    media: LocalMediaFiles, videos: Path, name: str
) -> None:
    videos.mkdir()
    (videos / "file").touch()
    with pytest.raises(DiskError, match="output folder"):
        media.place(download(media), videos / name)


def test_a_folder_that_may_not_be_read_is_a_disk_error(
    media: LocalMediaFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = download(media)

    def refuse(*arguments: object, **named: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", refuse)
        with pytest.raises(DiskError, match="output folder"):
            media.choose_name(prepared(), a_clip(), VIDEO, part)


# ---- downloads -----------------------------------------------------------------------------


def test_parts_are_hidden_and_always_the_same(media: LocalMediaFiles, profile: Path) -> None:
    part = media.part("job-1", 2)
    assert part == media.part("job-1", 2) == profile / "downloads" / ".job-1-2.part"
    assert part.parent.is_dir()


def test_discard_takes_what_lies_beside(media: LocalMediaFiles) -> None:
    part, other = download(media), media.part("job-1", 1)
    part.with_name(part.name + ".resume").touch()
    other.touch()
    media.discard(part)
    media.discard(part)
    assert list(part.parent.iterdir()) == [other]


def test_sweep_leaves_what_is_still_wanted(media: LocalMediaFiles, profile: Path) -> None:
    media.sweep([], [])
    wanted, gone = media.part("job-1", 0), media.part("job-2", 0)
    for path in (wanted, gone, gone.with_name(gone.name + ".resume")):
        path.touch()
    media.keep_picture(a_picture())
    (profile / "pictures" / ".half.jpg.0123.new").touch()
    media.sweep(["job-1"], [])
    assert list(wanted.parent.iterdir()) == [wanted]
    assert [path.suffix for path in (profile / "pictures").iterdir()] == [".jpg"]


def test_sweep_takes_what_was_prepared_long_ago_and_never_sent(
    media: LocalMediaFiles, profile: Path
) -> None:
    fresh, named, old = (a_picture(bytes([kind]) * 9) for kind in range(3))
    for picture in (fresh, named, old):
        media.keep_picture(picture)
    stray = profile / "pictures" / "holiday.jpg"
    stray.touch()
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for path in (*(media.picture_path(one.sha256) for one in (named, old)), stray):
        assert path is not None
        os.utime(path, (two_days_ago, two_days_ago))
    media.sweep([], [named.sha256])
    kept = [media.picture_path(one.sha256) is not None for one in (fresh, named, old)]
    assert kept == [True, True, False]
    # Not one of ours: left in peace.
    assert stray.exists()


def test_what_is_kept_again_is_not_swept(media: LocalMediaFiles) -> None:
    picture = a_picture()
    media.keep_picture(picture)
    path = media.picture_path(picture.sha256)
    assert path is not None
    os.utime(path, (0, 0))
    media.keep_picture(picture)
    media.sweep([], [])
    assert media.picture(picture.sha256) == picture.data
