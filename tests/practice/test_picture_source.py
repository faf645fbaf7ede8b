"""Where pictures come from: only loopback is fetched, everything else is stood in for."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.practice.caller import SMALL, Caller


class _Shelf(BaseHTTPRequestHandler):
    """Serves a picture, an endless one, and errors; notes what it was asked with."""

    asked: list[dict[str, str]]

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        if self.path == "/picture.png":
            self._answer(200, SMALL)
        elif self.path == "/moved":
            self.send_response(302)
            self.send_header("location", "/picture.png")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(1 << 20))
            except OSError:
                pass
        else:
            self._answer(404, b"")

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def shelf() -> Iterator[ThreadingHTTPServer]:
    _Shelf.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shelf)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_picture_on_loopback_is_fetched_without_the_key(
    caller: Caller, shelf: ThreadingHTTPServer, host: str
) -> None:
    address = f"http://{host}:{shelf.server_port}/picture.png"
    request_id = caller.submit(image_urls=[address])
    row = caller.server.ledger()[-1]
    assert row.image_sha256 == hashlib.sha256(SMALL).hexdigest()
    assert "note" not in caller.finished(request_id)
    assert caller.server.key not in str(_Shelf.asked)


@pytest.mark.parametrize("path", ["nothing", "moved", "endless"])
def test_what_cannot_be_fetched_is_refused(
    caller: Caller, shelf: ThreadingHTTPServer, path: str
) -> None:
    answer = caller.post(image_urls=[f"http://127.0.0.1:{shelf.server_port}/{path}"])
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["msg"] == "Failed to download the image."
    assert answer.json()["detail"][0]["loc"] == ["body", "image_urls", 0]


def test_nobody_listening_is_a_refusal_too(caller: Caller, shelf: ThreadingHTTPServer) -> None:
    shelf.socket.close()
    answer = caller.post(image_urls=[f"http://127.0.0.1:{shelf.server_port}/picture.png"])
    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["https://pictures.example/a.png", "http://10.0.0.1/a.png"])
def test_other_addresses_get_a_stand_in_and_the_result_says_so(
    caller: Caller, address: str
) -> None:
    request_id = caller.submit(image_urls=[address], seed=3)
    assert caller.server.ledger()[-1].image_sha256 is None
    result = caller.finished(request_id)
    assert "stand-in" in result["note"]
    assert address.split("/")[2] in result["note"]
    again = caller.submit(image_urls=[address], seed=3)
    other = caller.submit(image_urls=[address + "?b"], seed=3)
    assert caller.clip_of(request_id) == caller.clip_of(again) != caller.clip_of(other)
