"""A disk that refuses the n-th call, whatever it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "link", "replace", "rename", "mkdir")


@contextmanager
def refusing(
    monkeypatch: pytest.MonkeyPatch, turn: int, number: int = errno.ENOSPC
) -> Iterator[Callable[[], bool]]:
    """The ``turn``-th call for which a disk needs room and all later ones fail.

    Yields whether it came to that.
    """
    made = 0

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal made
            made += 1
            if made >= turn:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in CALLS:
            patched.setattr(os, name, failing(getattr(os, name)))
        yield lambda: made >= turn
