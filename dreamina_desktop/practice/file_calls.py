"""Serves clips and pictures by their signed addresses, sound or spoiled as the script says."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import re
import time
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from dreamina_desktop.practice.addresses import Addresses, FileKind
from dreamina_desktop.practice.data_folder import DataFolder
from dreamina_desktop.practice.request_book import BookedRequest
from dreamina_desktop.practice.spoiled_clip import restamped, without_moov
from dreamina_desktop.practice.trouble import Deed, RangeFault
from dreamina_desktop.practice.wire_faults import CutShort, Paced, WrongLength

_SHIFT = 1000  # bytes by which a wrong Content-Range is wrong
_ZEROS = 1 << 24
_PORTAL = "<!DOCTYPE html><title>Welcome</title><p>Please log in to use this network.</p>"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class FileCalls:
    """Answers GET and HEAD for the files of outputs. No key is needed, and none is asked for."""

    def __init__(self, folder: DataFolder, addresses: Addresses, closing: asyncio.Event) -> None:
        self._folder = folder
        self._addresses = addresses
        self._closing = closing
        self._numbers = itertools.count(1)

    async def file(
        self, kind: FileKind, booked: BookedRequest | None, request: Request, deed: Deed
    ) -> Response:
        """One file: 403 for an address that was not given here or is too old, 404 for no file."""
        query = request.query_params
        signed = (
            query.get("expires", ""),
            query.get("nonce", ""),
            query.get("signature", ""),
        )
        if booked is None or not self._addresses.is_good(
            kind, booked.request_id, signed, time.time()
        ):
            return PlainTextResponse("Request has expired", 403)
        if kind is FileKind.CLIP:
            path, media_type = self._folder.clip(booked.request_id), "video/mp4"
        else:
            path = self._folder.picture(booked.picture)
            media_type = "image/png" if path.suffix == ".png" else "image/jpeg"
        if not path.is_file():
            return PlainTextResponse("Not found", 404)
        return self._served(path, media_type, request, deed)

    def _served(self, path: Path, media_type: str, request: Request, deed: Deed) -> Response:
        fault = deed.clip
        answer: Response
        if fault.short:
            return HTMLResponse(_PORTAL)
        if fault.wrong_length is not None:
            return WrongLength(path.read_bytes(), media_type, fault.wrong_length)
        if fault.gzip_bomb is not None:
            return Response(
                _bomb(fault.gzip_bomb), headers={"content-encoding": "gzip"}, media_type=media_type
            )
        if fault.bad_range is not None and (
            asked := _RANGE.match(request.headers.get("range", ""))
        ):
            return _bad_range(path.read_bytes(), media_type, int(asked[1]), fault.bad_range)
        if fault.no_moov:
            answer = self._variant(path, without_moov(path.read_bytes()), media_type)
        elif fault.etag_change:
            number = next(self._numbers)
            answer = self._variant(path, restamped(path.read_bytes(), number), media_type)
        else:
            answer = FileResponse(path, media_type=media_type)
        if fault.rate is not None:
            answer = Paced(answer, fault.rate, self._closing)
        if fault.truncate is not None:
            answer = CutShort(answer, fault.truncate)
        return answer

    def _variant(self, path: Path, content: bytes, media_type: str) -> Response:
        variant = self._folder.variant(f"{next(self._numbers)}-{path.name}")
        variant.write_bytes(content)
        # The ETag comes from the file's time and size, so each variant has its own.
        cleaning = BackgroundTask(variant.unlink, missing_ok=True)
        return FileResponse(variant, media_type=media_type, background=cleaning)


def _bad_range(content: bytes, media_type: str, start: int, fault: RangeFault) -> Response:
    total = len(content)
    if fault is RangeFault.IGNORED:
        return Response(content, media_type=media_type)
    if fault is RangeFault.UNSATISFIABLE:
        return Response(status_code=416, headers={"content-range": f"bytes */{total}"})
    headers: dict[str, str] = {}
    if fault is RangeFault.WRONG_START:
        start = start - _SHIFT if start >= _SHIFT else start + _SHIFT
        headers["content-range"] = f"bytes {start}-{total - 1}/{total}"
    elif fault is RangeFault.WRONG_TOTAL:
        headers["content-range"] = f"bytes {start}-{total - 1}/{total + _SHIFT}"
    return Response(content[start:], 206, headers, media_type)


def _bomb(size: int) -> bytes:
    """A gzip body that unpacks to at least ``size`` zeros: members one after the other."""
    member = gzip.compress(bytes(min(size, _ZEROS)), 9, mtime=0)
    return member * max(1, -(-size // _ZEROS))
