"""All receipts of a profile, sorted by their jobs; only those that are asked for are understood.

A profile has three receipts a job, and nearly all of them agree with their rows: to see that, the
id of the request is compared as it is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.store.job_trail import trails
from dreamina_desktop.store.receipt import ReceiptKind, receipt_body, receipt_of

# The beginning of every line that this program writes. In JSON no text holds a bare quote.
_BEGINNING = re.compile(
    rb'\{"kind":"([a-z_]+)","at":"[^"]*","outcome":(?:null|"[a-z_]*"),"job":("(?:[^"\\]|\\.)*"),'
)
_REQUEST = re.compile(rb'"request_id":(null|"(?:[^"\\]|\\.)*")')
_MISTAKEN = ReceiptKind.MISTAKEN.value.encode()


class ReceiptBook:
    """What whole receipts there are.

    ``is_whole`` is False where there is no file any more, or any line is torn or altered.
    """

    def __init__(self, lines: Iterable[bytes], *, is_there: bool = True) -> None:
        self._bodies: dict[str, list[bytes]] = {}
        self._requests: dict[str, set[bytes]] = {}
        self._mistaken: set[str] = set()
        self.is_whole = is_there
        for line in lines:
            body = receipt_body(line)
            if body is None:
                # The empty line behind a torn one is none.
                self.is_whole = self.is_whole and not line.strip()
            else:
                self._file(body)

    def __bool__(self) -> bool:
        return bool(self._bodies)

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def confirms(self, job_id: str, state: str, request_id: str | None) -> bool:
        """Whether a row says all that its receipts know. False also where that takes a look."""
        if state == JobState.PREPARED.value or job_id in self._mistaken:
            return False
        known = self._requests.get(job_id, set())
        return not known or known == {json.dumps(request_id).encode("ascii")}

    def job(self, job_id: str) -> Job | None:
        """The job as its receipts alone would have it."""
        read = (receipt_of(body) for body in self._bodies.get(job_id, ()))
        return trails(receipt for receipt in read if receipt is not None).get(job_id)

    def jobs(self) -> dict[str, Job]:
        """Every job, by its id."""
        found = ((job_id, self.job(job_id)) for job_id in self._bodies)
        return {job_id: job for job_id, job in found if job is not None}

    def _file(self, body: bytes) -> None:
        beginning, request = _BEGINNING.match(body), _REQUEST.search(body)
        if beginning is None or request is None:
            # The checksum holds, so a later version wrote it: its database is too new as well.
            self.is_whole = False
            return
        kind, job_id = beginning[1], json.loads(beginning[2])
        self._bodies.setdefault(job_id, []).append(body)
        if request[1] != b"null":
            self._requests.setdefault(job_id, set()).add(request[1])
        if kind == _MISTAKEN:
            self._mistaken.add(job_id)
