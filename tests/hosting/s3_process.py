"""The S3-speaking server's own process: ``python -m tests.hosting.s3_process``.

Speaks PUT, GET, HEAD and DELETE of whole objects in path style, over HTTP on loopback, from
memory. It lets nobody in without a valid signature, but for reading in public buckets. It is told
what to do line by line in JSON on standard input, answers so on standard output, and ends with it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

from tests.hosting.signature import Asked, RefusedError, verify

_NO_BODY = (204, 304)


class Shelves:
    """Buckets, objects, and what the server was told."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.keys: dict[str, str] = told["keys"]
        self.buckets: dict[str, dict[str, Any]] = told["buckets"]
        self.objects: dict[tuple[str, str], tuple[str, bytes]] = {}
        self.ahead = 0.0
        """Seconds that the server's clock is ahead of this computer's."""
        self.answers: list[dict[str, Any]] = []
        """Said to the next requests in place of what they ask for."""
        self.requests: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    def serve(self, asked: Asked) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body. Raises RefusedError."""
        bucket, _, key = asked.path.removeprefix("/").partition("/")
        shelf = self.buckets.get(bucket)
        region = "us-east-1" if shelf is None else shelf["region"]
        is_open = shelf is not None and shelf["public"] and asked.method in ("GET", "HEAD")
        if not is_open or "X-Amz-" in asked.target or "authorization" in asked.headers:
            now = datetime.now(UTC) + timedelta(seconds=self.ahead)
            verify(asked, self.keys, region, now)
        if shelf is None:
            raise RefusedError(404, "NoSuchBucket", "The specified bucket does not exist")
        if asked.method in shelf["forbidden"]:
            raise RefusedError(403, "AccessDenied", "Access Denied")
        return self._do(asked, bucket, key)

    def _do(self, asked: Asked, bucket: str, key: str) -> tuple[int, dict[str, str], bytes]:
        if asked.method == "PUT":
            kind = asked.headers.get("content-type", "binary/octet-stream")
            self.objects[bucket, key] = (kind, asked.body)
            return 200, {"ETag": _tag(asked.body)}, b""
        if asked.method == "DELETE":
            self.objects.pop((bucket, key), None)
            return 204, {}, b""
        if (bucket, key) not in self.objects:
            raise RefusedError(404, "NoSuchKey", "The specified key does not exist.")
        kind, data = self.objects[bucket, key]
        return 200, {"ETag": _tag(data), "Content-Type": kind}, data

    def told(self, order: dict[str, Any]) -> object:
        """Do as told; what to answer."""
        with self.lock:
            if order.get("forget"):
                self.ahead = 0.0
                for kept in (self.objects, self.answers, self.requests):
                    kept.clear()
            self.ahead = order.get("ahead", self.ahead)
            self.answers += order.get("answers", [])
            return {
                "requests": self.requests,
                "objects": [
                    [bucket, key, kind, base64.b64encode(data).decode()]
                    for (bucket, key), (kind, data) in self.objects.items()
                ],
            }


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    shelves: Shelves

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(length))
        with self.shelves.lock:
            try:
                if self.shelves.answers:
                    said = self.shelves.answers.pop(0)
                    status, more, body = said["status"], said["headers"], said["body"].encode()
                else:
                    status, more, body = self.shelves.serve(asked)
            except RefusedError as error:
                status, more, body = error.status, {"Content-Type": "application/xml"}, _xml(error)
            self.shelves.requests.append(
                {"method": asked.method, "target": asked.target, "headers": headers,
                 "status": status}
            )  # fmt: skip
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        if status not in _NO_BODY:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in _NO_BODY:
            self.wfile.write(body)

    do_PUT = do_GET = do_HEAD = do_DELETE = do_POST = answer  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing: whoever wants to know asks for ``requests``."""


def _tag(data: bytes) -> str:
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def _xml(error: RefusedError) -> bytes:
    told = {"Code": error.code, "Message": error.message, **error.more}
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{inner}</Error>'.encode()


def main() -> None:
    """Serve until standard input ends."""
    Handler.shelves = Shelves(json.loads(sys.stdin.readline()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _say(server.server_port)
    for line in sys.stdin:
        _say(Handler.shelves.told(json.loads(line)))


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
