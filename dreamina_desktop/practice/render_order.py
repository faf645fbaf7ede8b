"""What the server asks of a rendering process: one JSON line each way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class RenderOrder:
    """One clip to make. ``scale`` shortens both sides; paths are absolute."""

    picture: str
    clip: str
    prompt: str
    seed: int
    frames: int
    scale: float

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @staticmethod
    def from_line(line: bytes) -> RenderOrder:
        return RenderOrder(**json.loads(line))


@dataclass(frozen=True, slots=True)
class RenderReport:
    """The end of an order: ``error`` None means that the clip is there, whole."""

    error: str | None

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @staticmethod
    def from_line(line: bytes) -> RenderReport:
        return RenderReport(**json.loads(line))
