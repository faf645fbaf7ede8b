"""The record of all HTTP requests, so that tests can prove politeness and where a key went."""

from __future__ import annotations

import json
import time
from pathlib import Path

from starlette.requests import HTTPConnection


class RequestRecord:
    """Appends one JSON line a request, at its arrival."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key.encode("ascii")

    def add(self, request: HTTPConnection, method: str) -> None:
        """Write ``{time, method, path, query, had_key, key_anywhere, headers, connection}``.

        ``had_key``: an Authorization header came, whatever it held. ``key_anywhere``: this
        server's key stood in the address or in any header. ``headers`` are names, in order;
        ``connection`` is the client's port, the same for requests on one connection.
        """
        raw = request.scope["raw_path"] + b"?" + request.scope["query_string"]
        for _, value in request.headers.raw:
            raw += b"\n" + value
        line = {
            "time": time.time(),
            "method": method,
            "path": request.url.path,
            "query": request.url.query,
            "had_key": "authorization" in request.headers,
            "key_anywhere": self._key in raw,
            "headers": [name.decode("latin-1") for name, _ in request.headers.raw],
            "connection": request.client.port if request.client else None,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
