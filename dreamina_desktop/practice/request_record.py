"""The record of all HTTP requests, so that tests can prove politeness and where a key went."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from starlette.requests import HTTPConnection

from dreamina_desktop.practice.trouble import ChaosFault


@dataclass(frozen=True, slots=True)
class _Line:
    method: str
    path: str
    query: str
    had_key: bool
    key_anywhere: bool
    headers: tuple[str, ...]
    connection: int | None
    fault: ChaosFault | None


class RequestRecord:
    """Appends one JSON line a request, at its arrival."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key.encode("ascii")

    def add(self, request: HTTPConnection, method: str, fault: ChaosFault | None) -> None:
        """Write ``{time, method, path, query, had_key, key_anywhere, headers, connection, fault}``.

        ``had_key``: an Authorization header came, whatever it held. ``key_anywhere``: this
        server's key stood in the address or in any header. ``headers`` are names, in order;
        ``connection`` is the client's port, the same for requests on one connection.
        ``fault`` is what chaos has drawn for it, null for nothing.
        """
        raw = request.scope["raw_path"] + b"?" + request.scope["query_string"]
        for _, value in request.headers.raw:
            raw += b"\n" + value
        self._write(
            _Line(
                method=method,
                path=request.url.path,
                query=request.url.query,
                had_key="authorization" in request.headers,
                key_anywhere=self._key in raw,
                headers=tuple(name.decode("latin-1") for name, _ in request.headers.raw),
                connection=request.client.port if request.client else None,
                fault=fault,
            )
        )

    def add_cut(self, fault: ChaosFault, connection: int | None) -> None:
        """A request that chaos cut off on its way in: all else is empty, for it came to nothing."""
        self._write(
            _Line(
                method="",
                path="",
                query="",
                had_key=False,
                key_anywhere=False,
                headers=(),
                connection=connection,
                fault=fault,
            )
        )

    def _write(self, written: _Line) -> None:
        line = {"time": time.time(), **asdict(written)}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
