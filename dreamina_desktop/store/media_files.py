"""The files of a profile: prepared pictures by their digest, downloads, and finished clips."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.errors import OutputFolderError, PictureMissingError
from dreamina_desktop.core.job import Clip, ClipKind, Job
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.store.clip_folders import ClipFolders
from dreamina_desktop.store.disk_faults import clip_folder, disk
from dreamina_desktop.store.durable_files import (
    NEW_SUFFIX,
    make_private_folder,
    sync_path,
    write_whole,
)
from dreamina_desktop.store.file_names import clip_stem, numbered
from dreamina_desktop.store.landing import is_ours, land

_PICTURE_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png"}
_SUFFIXES = frozenset(_PICTURE_SUFFIXES.values())
_KEPT_UNSENT = 24 * 60 * 60
"""Seconds: a window may have prepared it, and press Generate tomorrow."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MAGIC_LENGTH = 16


class LocalMediaFiles:
    """``core.ports.MediaFiles`` on the local disk. All calls block and raise DiskError.

    ``output_folder`` is where clips go whose job names no folder of its own. Any thread may set
    another one: it holds for every name that is chosen afterwards.
    """

    def __init__(self, profile: Path, output_folder: Path) -> None:
        self._profile = profile
        self._pictures = profile / "pictures"
        self._downloads = profile / "downloads"
        self._folders = ClipFolders()
        self.output_folder = output_folder

    def keep_picture(self, picture: PreparedPicture) -> None:
        """Store the bytes under their sha256, synced; again does nothing.

        Raises ValueError when the digest is not that of the bytes.
        """
        if _digest(picture.data) != picture.sha256:
            raise ValueError(picture.sha256)
        path = self._pictures / (picture.sha256 + _PICTURE_SUFFIXES[picture.media_type])
        with self._disk("picture"):
            make_private_folder(self._pictures)
            if path.exists() and _digest(path.read_bytes()) == picture.sha256:
                # Wanted again: it is not swept away while a row is made that names it.
                os.utime(path)
            else:
                write_whole(path, picture.data)

    def picture(self, sha256: str) -> bytes:
        """The bytes kept; raises PictureMissingError when they are gone or altered."""
        if _DIGEST.fullmatch(sha256):
            for suffix in _PICTURE_SUFFIXES.values():
                path = self._pictures / (sha256 + suffix)
                with self._disk("picture"):
                    data = path.read_bytes() if path.exists() else b""
                if _digest(data) == sha256:
                    return data
        raise PictureMissingError(sha256)

    def usable_folder(self, folder: Path) -> Path:
        """``folder``, made if it is missing, and seen to take files. Raises OutputFolderError.

        To be asked when a clip is ordered; what has vanished later is not made again.
        """
        folder = folder.absolute()
        try:
            self._folders.make(folder)
        except OSError as error:
            raise OutputFolderError(str(folder)) from error
        return folder

    def picture_path(self, sha256: str) -> Path | None:
        """The file that ``picture`` reads, without looking into it; None when it is gone."""
        if _DIGEST.fullmatch(sha256):
            for suffix in _PICTURE_SUFFIXES.values():
                path = self._pictures / (sha256 + suffix)
                if path.is_file():
                    return path
        return None

    def part(self, job_id: str, ordinal: int) -> Path:
        """Where a download grows: in the profile, hidden, the same at every try."""
        with self._disk("download"):
            make_private_folder(self._downloads)
        return self._downloads / f".{job_id}-{ordinal}.part"

    def choose_name(
        self,
        job: Job,
        clip: Clip,  # noqa: ARG002 - part of the port; a further output gets a further number
        facts: ClipFacts,
        part: Path,
    ) -> Path:
        """A name in the job's folder that no file has; its suffix by what ``part`` holds."""
        with self._disk("download"), part.open("rb") as file:
            suffix = _suffix(file.read(_MAGIC_LENGTH), facts.kind)
        folder = (self.output_folder if job.folder is None else Path(job.folder)).absolute()
        stem = clip_stem(job)
        number = 1
        with self._clip_folder(folder):
            self._folders.find(folder, may_be_new=job.folder is None)
            while not _is_free(path := folder / numbered(stem, number, suffix), part):
                number += 1
        return path

    def place(self, part: Path, target: Path) -> bool:
        """Move ``part`` to ``target`` without overwriting; False when the name is taken now.

        Raises ClipFolderError when its folder refuses, DiskError when the profile does.
        """
        with self._disk("download"):
            sync_path(part)
        with self._clip_folder(target.parent):
            return land(part, target)

    def is_there(self, clip: Clip) -> bool:
        """Whether the clip's file is at its path with its size and sha256."""
        if clip.path is None or clip.sha256 is None:
            return False
        path = Path(clip.path)
        try:
            if path.stat().st_size != clip.size:
                return False
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == clip.sha256
        except (OSError, ValueError):
            return False

    def discard(self, part: Path) -> None:
        """Remove a download and what lies beside it; nothing there is fine."""
        with self._disk("download"):
            for path in part.parent.glob(f"{part.name}*"):
                path.unlink(missing_ok=True)

    def sweep(self, unfinished: Collection[str], named: Collection[str]) -> None:
        """Remove what killed processes left: downloads of no unfinished job, half-written files.

        And what was prepared and then not sent. ``unfinished`` holds the ids of all jobs that may
        still download, ``named`` the sha256 of all pictures that a job names. Only for the holder
        of the profile, before it begins.
        """
        old = time.time() - _KEPT_UNSENT
        with self._disk("download"):
            for path in self._downloads.glob(".*"):
                if not any(path.name.startswith(f".{job_id}-") for job_id in unfinished):
                    path.unlink(missing_ok=True)
            for path in self._pictures.glob(f".*{NEW_SUFFIX}"):
                path.unlink(missing_ok=True)
            for path in self._pictures.glob("[!.]*"):
                is_prepared = _DIGEST.fullmatch(path.stem) and path.suffix in _SUFFIXES
                if is_prepared and path.stem not in named and path.stat().st_mtime < old:
                    path.unlink(missing_ok=True)

    def _disk(self, role: str) -> AbstractContextManager[None]:
        return disk(role, self._profile)

    def _clip_folder(self, folder: Path) -> AbstractContextManager[None]:
        return clip_folder(folder, lambda: self._folders.is_there(folder))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _is_free(path: Path, part: Path) -> bool:
    # A link that leads nowhere takes a name too.
    return not (path.exists() or path.is_symlink()) or is_ours(part, path)


def _suffix(beginning: bytes, kind: ClipKind) -> str:
    match beginning:
        case _ if beginning.startswith(b"\xff\xd8\xff"):
            return ".jpg"
        case _ if beginning.startswith(b"\x89PNG"):
            return ".png"
        case _ if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
            return ".webp"
        case _ if beginning.startswith(b"\x1a\x45\xdf\xa3"):
            return ".webm"
        case _:
            return ".mp4" if kind is ClipKind.VIDEO else ".image"
