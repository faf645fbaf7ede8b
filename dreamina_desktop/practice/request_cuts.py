"""Connections that are reset while a request is still coming in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from dreamina_desktop.practice.request_record import RequestRecord
from dreamina_desktop.practice.trouble import CallKind, ChaosFault, TroubleFileError
from dreamina_desktop.practice.trouble_script import TroubleScript


@dataclass(frozen=True, slots=True)
class RequestCut:
    """A connection ends when ``length`` bytes of what the client sends have come."""

    length: int
    fault: ChaosFault | None


class RequestCuts:
    """Says of each new connection whether it will be cut, and records what chaos cut."""

    def __init__(
        self, script: TroubleScript, record: RequestRecord, wake: Callable[[], None]
    ) -> None:
        self._script = script
        self._record = record
        self._wake = wake

    def draw(self) -> RequestCut | None:
        """What is in store for a connection that was just opened."""
        # A file that cannot be read is complained of in the answer, not here.
        with contextlib.suppress(TroubleFileError):
            if self._script.refresh():
                self._wake()
        strike = self._script.strike(CallKind.CONNECTION)
        deed = self._script.deed_for(CallKind.CONNECTION, None) if strike is None else strike.deed
        if deed.cut_request is None:
            return None
        return RequestCut(deed.cut_request, strike.fault if strike else None)

    def done(self, cut: RequestCut, port: int | None) -> None:
        """The client at ``port`` was cut off."""
        if cut.fault is not None and self._script.trouble.record:
            self._record.add_cut(cut.fault, port)
