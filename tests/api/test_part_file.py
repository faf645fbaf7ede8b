from __future__ import annotations

import hashlib
import json
import os
import threading
from pathlib import Path

import pytest

from dreamina_desktop.api.part_file import NOTE_SUFFIX, Beginning, PartFile
from dreamina_desktop.core.answers import Downloaded
from dreamina_desktop.core.errors import DiskError

SOURCE = "https://x.example/clips/r-1.mp4"
ETAG = '"abc"'


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / ".job-0.part"


@pytest.fixture
def note(part: Path) -> Path:
    return part.with_name(part.name + NOTE_SUFFIX)


def begun(part: Path, data: bytes, etag: str | None = ETAG) -> None:
    file = PartFile(part, SOURCE)
    file.open(0, etag)
    file.write(data)
    file.close()


def full_disk(*_args: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_whole_file(part: Path, note: Path) -> None:
    file = PartFile(part, SOURCE)
    assert file.beginning() is None
    file.open(0, ETAG)
    file.write(b"one")
    file.save()
    assert file.beginning() == Beginning(ETAG, 3)
    file.write(b"two")
    assert file.finish() == Downloaded(6, hashlib.sha256(b"onetwo").hexdigest())
    file.close()
    assert part.read_bytes() == b"onetwo"
    assert not note.exists()
    assert PartFile(part, SOURCE).beginning() is None


def test_going_on(part: Path) -> None:
    begun(part, b"one")
    file = PartFile(part, SOURCE)
    assert file.beginning() == Beginning(ETAG, 3)
    file.open(3, ETAG)
    file.write(b"two")
    assert file.finish().sha256 == hashlib.sha256(b"onetwo").hexdigest()


def test_what_is_beyond_the_note_is_not_trusted(part: Path) -> None:
    begun(part, b"one")
    with part.open("ab") as raw:
        raw.write(bytes(1000))
    file = PartFile(part, SOURCE)
    assert file.beginning() == Beginning(ETAG, 3)
    file.open(3, ETAG)
    file.write(b"two")
    assert file.finish() == Downloaded(6, hashlib.sha256(b"onetwo").hexdigest())


def test_starting_over_forgets_at_once(part: Path, note: Path) -> None:
    begun(part, b"one")
    file = PartFile(part, SOURCE)
    file.open(0, None)
    assert not note.exists()
    assert part.read_bytes() == b""
    file.close()


def test_nothing_is_noted_without_a_strong_etag(part: Path, note: Path) -> None:
    begun(part, b"one", None)
    assert not note.exists()
    assert PartFile(part, SOURCE).beginning() is None


def test_another_file_with_the_same_etag(part: Path) -> None:
    begun(part, b"one")
    assert PartFile(part, "https://y.example/clips/r-1.mp4").beginning() is None


@pytest.mark.parametrize(
    "change",
    [
        b"",
        b"not JSON",
        b"\xff\xfe",
        b"[]",
        b'{"etag": "\\"abc\\""}',
        b'{"source": 1, "etag": "\\"abc\\"", "length": 3}',
    ],
)
def test_a_note_that_cannot_be_read(part: Path, note: Path, change: bytes) -> None:
    begun(part, b"one")
    note.write_bytes(change)
    assert PartFile(part, SOURCE).beginning() is None


@pytest.mark.parametrize("length", [0, -1, 4, "3", None, 2.0])
def test_a_note_whose_length_cannot_be(part: Path, note: Path, length: object) -> None:
    begun(part, b"one")
    told = json.loads(note.read_bytes())
    note.write_text(json.dumps(told | {"length": length}))
    assert PartFile(part, SOURCE).beginning() is None


def test_a_note_without_its_part(part: Path) -> None:
    begun(part, b"one")
    part.unlink()
    assert PartFile(part, SOURCE).beginning() is None


def test_the_note_holds_no_address(part: Path, note: Path) -> None:
    begun(part, b"one")
    assert b"example" not in note.read_bytes()


def test_discard(part: Path, note: Path) -> None:
    begun(part, b"one")
    file = PartFile(part, SOURCE)
    file.open(3, ETAG)
    file.discard()
    file.discard()
    file.close()
    assert not part.exists()
    assert not note.exists()


def test_the_disk_refuses(part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = PartFile(part, SOURCE)
    file.open(0, ETAG)
    file.write(b"x" * 10)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        with pytest.raises(DiskError) as caught:
            file.save()
        assert str(caught.value) == "disk: download, No space left on device"
        with pytest.raises(DiskError):
            file.finish()
        file.close()
    with pytest.raises(DiskError):
        PartFile(part / "below", SOURCE).open(0, ETAG)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device that is always full")
def test_a_disk_that_is_really_full() -> None:
    file = PartFile(Path("/dev/full"), SOURCE)
    file._file = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
    with pytest.raises(DiskError):
        file.write(b"x")
    file._file.close()


def test_closing_waits_for_a_save_in_another_thread(
    part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = PartFile(part, SOURCE)
    file.open(0, ETAG)
    file.write(b"one")
    syncing, go_on = threading.Event(), threading.Event()
    fsync = os.fsync

    def slow(number: int) -> None:
        syncing.set()
        go_on.wait(10)
        fsync(number)

    monkeypatch.setattr(os, "fsync", slow)
    saving = threading.Thread(target=file.finish)
    saving.start()
    syncing.wait(10)
    closing = threading.Thread(target=file.close)
    closing.start()
    go_on.set()
    saving.join(10)
    closing.join(10)
    assert part.read_bytes() == b"one"


def test_writing_before_opening_is_a_bug(part: Path) -> None:
    with pytest.raises(RuntimeError):
        PartFile(part, SOURCE).write(b"x")
