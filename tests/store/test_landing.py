from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.store.landing import is_ours, land
from tests.store.full_disk import CALLS, refusing

CONTENT = b"clip" * 50_000

type Volume = Callable[[pytest.MonkeyPatch, Path], None]


def same_volume(monkeypatch: pytest.MonkeyPatch, parts: Path) -> None:
    """Links work."""


def no_links(monkeypatch: pytest.MonkeyPatch, parts: Path) -> None:
    """FAT, many network volumes."""

    def refuse(*arguments: Any, **named: Any) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)


def other_volume(monkeypatch: pytest.MonkeyPatch, parts: Path) -> None:
    """The user's folder is on another disk than the profile."""

    def within(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(source: Any, target: Any, **named: Any) -> Any:
            if (Path(source).parent == parts) != (Path(target).parent == parts):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return real(source, target, **named)

        return call

    for name in ("link", "replace", "rename"):
        monkeypatch.setattr(os, name, within(getattr(os, name)))


def other_volume_without_links(monkeypatch: pytest.MonkeyPatch, parts: Path) -> None:
    """A memory card."""
    other_volume(monkeypatch, parts)
    crossing = os.link

    def refuse(source: Any, target: Any, **named: Any) -> None:
        if Path(source).parent == Path(target).parent:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        crossing(source, target, **named)

    monkeypatch.setattr(os, "link", refuse)


VOLUMES: list[Volume] = [same_volume, no_links, other_volume, other_volume_without_links]
volumes = pytest.mark.parametrize("volume", VOLUMES)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    path = folder / ".job-1-0.part"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "videos" / "Dreamina"
    folder.mkdir(parents=True)
    return folder / "clip.mp4"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@volumes
def test_a_part_becomes_the_target(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, volume: Volume
) -> None:
    volume(monkeypatch, part.parent)
    assert land(part, target)
    assert target.read_bytes() == CONTENT
    assert names(target.parent) == ["clip.mp4"]
    assert names(part.parent) == []


@volumes
@pytest.mark.parametrize("taken", ["file", "empty", "folder", "dangling"])
def test_nothing_is_overwritten(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, volume: Volume, taken: str
) -> None:
    volume(monkeypatch, part.parent)
    match taken:
        case "file":
            target.write_bytes(b"mine")
        case "empty":
            target.touch()
        case "folder":
            target.mkdir()
        case _:
            target.symlink_to("nowhere")
    before = target.lstat()
    assert not land(part, target)
    assert target.lstat().st_ino == before.st_ino
    assert target.lstat().st_size == before.st_size
    assert part.read_bytes() == CONTENT
    assert names(target.parent) == ["clip.mp4"]


@volumes
def test_a_full_disk_changes_nothing_and_a_later_call_succeeds(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, volume: Volume
) -> None:
    turn, refused = 0, True
    while refused:
        turn += 1
        with monkeypatch.context() as patched:
            volume(patched, part.parent)
            with refusing(patched, turn) as came_to_that:
                try:
                    land(part, target)
                except OSError:
                    assert came_to_that()
                refused = came_to_that()
        if target.exists():
            assert target.read_bytes() == CONTENT
        else:
            assert part.read_bytes() == CONTENT
        assert set(names(target.parent)) <= {"clip.mp4"}
        if target.exists() and refused:
            target.unlink()
            part.write_bytes(CONTENT)
    assert target.read_bytes() == CONTENT
    assert turn > 2


class Killed(BaseException):
    """Stands for SIGKILL."""


@volumes
def test_killed_at_any_call_it_is_whole_or_goes_on(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, volume: Volume
) -> None:
    moment, killed = 0, True
    while killed:
        moment += 1
        for path in (*part.parent.glob("*"), *target.parent.glob("*")):
            path.unlink()
        part.write_bytes(CONTENT)
        with monkeypatch.context() as patched:
            volume(patched, part.parent)
            with patched.context() as lethal:
                killed = _land_until(lethal, moment, part, target)
            if target.exists() and target.read_bytes() == CONTENT:
                # Whoever asks for the file finds it and does not land it again.
                assert set(names(target.parent)) <= {"clip.mp4", part.name}
                continue
            # All that may be there else is the empty file that keeps the name.
            assert not target.exists() or target.stat().st_size == 0
            assert target.exists() == is_ours(part, target)
            assert land(part, target)
        assert target.read_bytes() == CONTENT
        assert names(target.parent) == ["clip.mp4"]
        # What is left half-written is swept away at the next start.
        assert all(name.endswith(".new") for name in names(part.parent))
    assert moment > 3


def test_an_empty_file_of_somebody_else_is_not_ours(part: Path, target: Path) -> None:
    target.touch()
    assert not is_ours(part, target)
    part.with_name(part.name + ".name").write_bytes(b"/another/place")
    assert not is_ours(part, target)


def _land_until(monkeypatch: pytest.MonkeyPatch, moment: int, part: Path, target: Path) -> bool:
    left = moment

    def lethal(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left <= 0:
                raise Killed
            return real(*arguments, **named)

        return call

    for name in (*CALLS, "unlink"):
        monkeypatch.setattr(os, name, lethal(getattr(os, name)))
    try:
        land(part, target)
    except Killed:
        return True
    return False


def test_a_name_taken_while_copying_is_not_overwritten(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_volume(monkeypatch, part.parent)
    real = shutil.copyfileobj

    def slow(source: Any, sink: Any, length: int) -> None:
        real(source, sink, length)
        target.write_bytes(b"mine")

    monkeypatch.setattr(shutil, "copyfileobj", slow)
    assert not land(part, target)
    assert target.read_bytes() == b"mine"
    assert names(target.parent) == ["clip.mp4"]


@volumes
def test_of_many_at_once_one_gets_the_name(
    tmp_path: Path, part: Path, target: Path, monkeypatch: pytest.MonkeyPatch, volume: Volume
) -> None:
    volume(monkeypatch, part.parent)
    parts = [part.with_name(f".job-{number}-0.part") for number in range(6)]
    for number, one in enumerate(parts):
        one.write_bytes(b"%d" % number * 1000)
    won: list[Path] = []

    def run(one: Path) -> None:
        if land(one, target):
            won.append(one)

    threads = [threading.Thread(target=run, args=(one,)) for one in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert target.read_bytes() == b"%d" % parts.index(won[0]) * 1000
    assert sum(one.exists() for one in parts) == 5


def test_a_part_that_is_gone(part: Path, target: Path) -> None:
    part.unlink()
    with pytest.raises(FileNotFoundError):
        land(part, target)


def test_a_copy_that_was_named_but_not_removed(
    part: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(CONTENT)
    os.link(target, target.parent / part.name)
    other_volume(monkeypatch, part.parent)
    assert land(part, target)
    assert target.read_bytes() == CONTENT
    assert names(target.parent) == ["clip.mp4"]
