"""Practice servers that serve one story after another, each as if it were new."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.practice_server import LedgerRow, PracticeServer, RequestRow, Settings

# Money for a long run, and clips that take no time to make.
_PLENTY: Settings = {"balance": "1000000", "frames_override": 12}


class Provider:
    """A practice server, of which only what comes from now on is seen."""

    def __init__(self, server: PracticeServer, **settings: Any) -> None:
        """``settings`` are those of the trouble file, rules among them."""
        self._server = server
        self._ledger = _Tail(server.data_dir / "ledger.jsonl")
        self._requests = _Tail(server.data_dir / "requests.jsonl")
        server.trouble(**_PLENTY | settings)

    @property
    def url(self) -> str:
        return self._server.url

    @property
    def key(self) -> str:
        return self._server.key

    def trouble(self, *rules: Settings, **settings: Any) -> None:
        """As ``PracticeServer.trouble``; without anything, it is quick and quiet."""
        self._server.trouble(*rules, **_PLENTY | settings)

    def ledger(self) -> list[LedgerRow]:
        """The submits that came here."""
        return [LedgerRow(**row) for row in self._ledger.lines()]

    def accepted(self) -> list[LedgerRow]:
        """Those of them that were taken, and so paid for."""
        return [row for row in self.ledger() if row.accepted]

    def requests(self, ending: str = "") -> list[RequestRow]:
        """All HTTP requests, or those to paths that end so."""
        return [
            RequestRow(**row | {"headers": tuple(row["headers"])})
            for row in self._requests.lines()
            if row["path"].endswith(ending)
        ]

    def clip(self, request_id: str | None) -> Path:
        """The file that was made for a request."""
        return self._server.data_dir / "clips" / f"{request_id}.mp4"

    def kill(self) -> None:
        """SIGKILL."""
        self._server.kill()

    def restart(self) -> None:
        """Start again, after ``kill`` or in good order: then all that has come is taken first."""
        self._server.restart()


class _Tail:
    """What comes to a file of JSON lines from now on; each line is read once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._place = path.stat().st_size if path.exists() else 0
        self._lines: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def lines(self) -> list[dict[str, Any]]:
        with self._lock:
            if self._path.exists():
                with self._path.open("rb") as file:
                    file.seek(self._place)
                    whole, end, _ = file.read().rpartition(b"\n")
                self._place += len(whole) + len(end)
                self._lines += [json.loads(line) for line in whole.splitlines()]
            return list(self._lines)


class Providers:
    """Lends servers out. Starting one costs more than most stories."""

    def __init__(self, folder: Path, key: str) -> None:
        """``folder`` takes what they keep; ``key`` opens each of them."""
        self._folder = folder
        self._key = key
        self._free: queue.SimpleQueue[PracticeServer] = queue.SimpleQueue()
        self._all: list[PracticeServer] = []
        self._numbers = itertools.count()

    @contextmanager
    def one(self, **settings: Any) -> Iterator[Provider]:
        """One for this block alone; it is not lent again when the block fails."""
        try:
            server = self._free.get_nowait()
        except queue.Empty:
            server = self._start()
        provider = Provider(server, **settings)
        yield provider
        provider.trouble()
        self._free.put(server)

    def stop(self) -> None:
        """End all, in good order. Fails when one of them had something to complain of."""
        ends = [server.stop() for server in self._all]
        assert ends == [0] * len(ends)
        assert [server.log() for server in self._all] == [""] * len(ends)

    def _start(self) -> PracticeServer:
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        (folder / "key").write_text(self._key, "ascii")
        server = PracticeServer(folder)
        self._all.append(server)
        return server
