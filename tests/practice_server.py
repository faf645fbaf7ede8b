"""The practice server for tests: real HTTP, quick clips, trouble that can change at any moment."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreamina_desktop.practice.process import PracticeProcess

type Settings = dict[str, Any]

# The bounds of what tests wait for: quick clips, no queue. Everything may be set otherwise.
QUICK: Settings = {"queue_seconds": 0, "clip_scale": 0.04, "workers": 1, "record": True}

type PracticeStart = Callable[..., "PracticeServer"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line of the ledger: a submit that reached the server."""

    accepted: bool
    request_id: str | None
    prompt: str | None
    frames: int | None
    seed: int | None
    image_sha256: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One HTTP request, in the order of arrival; see `practice/request_record.py`."""

    time: float
    method: str
    path: str
    query: str
    had_key: bool
    key_anywhere: bool
    headers: tuple[str, ...]
    connection: int | None
    fault: str | None = None


class PracticeServer:
    """A practice server of a test. `url` stays the same over `kill` and `restart`."""

    def __init__(self, data_dir: Path, **settings: Any) -> None:
        """``settings`` are those of the trouble file (`practice/trouble.py`), over `QUICK`."""
        self.data_dir = data_dir
        data_dir.mkdir(parents=True, exist_ok=True)
        self._trouble_file = data_dir / "trouble.json"
        self.trouble(**settings)
        self._process = PracticeProcess(data_dir, trouble=self._trouble_file)

    @property
    def url(self) -> str:
        return self._process.url

    @property
    def key(self) -> str:
        return self._process.key

    @property
    def pid(self) -> int:
        return self._process.pid

    def trouble(self, *rules: Settings, **settings: Any) -> None:
        """Put ``settings`` over `QUICK`, and these rules, in place of what was told before."""
        told = QUICK | settings
        if rules:
            told["rules"] = list(rules)
        aside = self._trouble_file.with_suffix(".aside")
        aside.write_text(json.dumps(told), "utf-8")
        aside.replace(self._trouble_file)

    def ledger(self) -> list[LedgerRow]:
        return [LedgerRow(**row) for row in _lines(self.data_dir / "ledger.jsonl")]

    def accepted(self) -> list[LedgerRow]:
        """The submits that were accepted, and so paid for."""
        return [row for row in self.ledger() if row.accepted]

    def requests(self, ending: str = "") -> list[RequestRow]:
        """All HTTP requests so far; only those to paths that end so, such as ``/status``."""
        return [
            RequestRow(**row | {"headers": tuple(row["headers"])})
            for row in _lines(self.data_dir / "requests.jsonl")
            if row["path"].endswith(ending)
        ]

    def log(self) -> str:
        """What the server wrote on standard error since its last start."""
        return (self.data_dir / "server.log").read_text("utf-8")

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()

    def stop(self) -> int:
        return self._process.stop()

    def restart(self) -> None:
        """Start again on the same port and folder, after `kill` or `stop`, or in their place."""
        port = int(self.url.rsplit(":", 1)[1])
        self._process.stop()
        self._process = PracticeProcess(self.data_dir, port=port, trouble=self._trouble_file)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
