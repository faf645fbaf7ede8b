"""A repository on a disk that refuses now and then."""

from __future__ import annotations

from collections.abc import Callable

from dreamina_desktop.store.job_repository import SqliteJobRepository


class Faulty:
    """The real repository; chosen calls fail first."""

    def __init__(self, real: SqliteJobRepository) -> None:
        self.real = real
        self.faults: dict[str, list[Exception]] = {}

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            if self.faults.get(name):
                raise self.faults[name].pop(0)
            return getattr(self.real, name)(*args, **named)

        return call
