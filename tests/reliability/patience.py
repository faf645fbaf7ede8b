"""Waiting that ends: until something is seen, and for several things at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

PATIENCE_SECONDS = 60.0
"""How long anything is waited for before it counts as hung."""

_AT_ONCE = 8


def eventually(condition: Callable[[], object], what: str, pause: float = 0.02) -> None:
    """Wait until it is so. Fails with ``what`` when it does not become so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, f"did not come: {what}"
        time.sleep(pause)


def side_by_side[T](tasks: Mapping[str, Callable[[], T]]) -> dict[str, Future[T]]:
    """Do them a few at a time, since each mostly waits; all are over when this returns."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return {name: pool.submit(task) for name, task in tasks.items()}


def report(ended: Mapping[str, Future[Any]], subtests: pytest.Subtests) -> None:
    """Each as a test of its own."""
    for name, future in ended.items():
        with subtests.test(name):
            future.result()
