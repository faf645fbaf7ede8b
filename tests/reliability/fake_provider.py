"""A provider inside this process: for trials of states, which need no wire."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from dreamina_desktop.core.answers import (
    Accepted,
    Balance,
    CancelOutcome,
    ClipFacts,
    Downloaded,
    Output,
    Phase,
    Price,
    ResultAnswer,
    StatusAnswer,
    Submission,
)
from dreamina_desktop.core.errors import (
    AddressExpiredError,
    AnswerLostError,
    AnswerUnreadableError,
    ClipBrokenError,
    DownloadError,
    KeyRefusedError,
    NoBalanceError,
    NoSuchRequestError,
    NotSentError,
    ProviderRefusedError,
    ProviderTroubleError,
    TooFastError,
)
from dreamina_desktop.core.job import ClipKind
from dreamina_desktop.core.ports import Left


class CrashError(BaseException):
    """The process ends here; nothing that it would have done afterwards is done."""


class Weather(StrEnum):
    """How the next call ends; ``taken`` ones of a submit are done first, as far as that goes."""

    GOOD = "good"
    TAKEN_LOST = "taken, answer lost"
    TAKEN_TROUBLE = "taken, 502"
    TAKEN_UNREADABLE = "taken, no id"
    TAKEN_CRASH = "taken, crash"
    LOST = "answer lost"
    CRASH = "crash"
    NOT_SENT = "not sent"
    TOO_FAST = "429"
    TROUBLE = "503"
    KEY = "401"
    BALANCE = "402"
    REFUSED = "422"
    BUG = "bug"


_ENDS: dict[Weather, Callable[[], BaseException]] = {
    Weather.TAKEN_LOST: AnswerLostError,
    Weather.TAKEN_TROUBLE: ProviderTroubleError,
    Weather.TAKEN_UNREADABLE: AnswerUnreadableError,
    Weather.TAKEN_CRASH: CrashError,
    Weather.LOST: AnswerLostError,
    Weather.CRASH: CrashError,
    Weather.NOT_SENT: NotSentError,
    Weather.TOO_FAST: TooFastError,
    Weather.TROUBLE: ProviderTroubleError,
    Weather.KEY: KeyRefusedError,
    Weather.BALANCE: NoBalanceError,
    Weather.REFUSED: ProviderRefusedError,
    Weather.BUG: RuntimeError,
}
_TAKEN = frozenset(weather for weather in Weather if weather.value.startswith("taken"))


@dataclass(slots=True)
class Request:
    """One accepted request; ``fresh`` is the number of the one address that is good."""

    id: str
    prompt: str
    phase: Phase = Phase.QUEUED
    fresh: int = 0

    @property
    def clip(self) -> bytes:
        """The file that is made for it."""
        return f"clip {self.id} end".encode("ascii")


@dataclass(slots=True)
class FakeProvider:
    """``core.ports``: ModelApi, Downloader and ClipCheck in one.

    ``posts`` counts the submits that came, by prompt. ``before_submit`` is called when one has
    come and nothing is done, ``meanwhile`` during any call: what happens elsewhere.
    """

    before_submit: Callable[[str], None]
    meanwhile: Callable[[], None]
    weather: Weather = Weather.GOOD
    requests: dict[str, Request] = field(default_factory=dict)
    posts: Counter[str] = field(default_factory=Counter)

    def take(self, prompt: str) -> Request:
        """Accept a request."""
        request = Request(f"r{len(self.requests):04}", prompt)
        self.requests[request.id] = request
        return request

    def of(self, prompt: str) -> list[Request]:
        """What was accepted of one click."""
        return [one for one in self.requests.values() if one.prompt == prompt]

    async def submit(self, submission: Submission) -> Accepted:
        self.before_submit(submission.prompt)
        self.posts[submission.prompt] += 1
        if self.weather not in _TAKEN | {Weather.GOOD}:
            self._end()
        taken = self.take(submission.prompt)
        self._end()
        return Accepted(taken.id)

    async def status(self, request_id: str, left: Left | None = None) -> StatusAnswer:
        del left  # The gate then waits for the answer, which comes at once.
        self._end()
        phase = self._known(request_id).phase
        return StatusAnswer(phase, phase.value)

    async def result(self, request_id: str, left: Left | None = None) -> ResultAnswer:
        del left
        self._end()
        request = self._known(request_id)
        outputs: tuple[Output, ...] = ()
        if request.phase is Phase.COMPLETED:
            request.fresh += 1
            address = f"https://clips.example/{request.id}/{request.fresh}"
            outputs = (Output(ClipKind.VIDEO, address),)
        document = json.dumps({"status": request.phase.value})
        return ResultAnswer(request.phase, request.phase.value, document, outputs)

    async def cancel(self, request_id: str, left: Left | None = None) -> CancelOutcome:
        del left
        request = self._known(request_id)
        if self.weather in _TAKEN | {Weather.GOOD} and request.phase is Phase.QUEUED:
            request.phase = Phase.CANCELLED
        self._end()
        cancelled = request.phase is Phase.CANCELLED
        return CancelOutcome.CANCELLED if cancelled else CancelOutcome.NOT_CANCELLABLE

    async def price(self, model_id: str) -> Price:
        raise NotImplementedError(model_id)

    async def balance(self) -> Balance:
        return Balance(Decimal(10), "USD")

    async def reconnect(self) -> None:
        """There is no connection."""

    async def download(self, address: str, part: Path) -> Downloaded:
        request_id, number = address.split("/")[-2:]
        request = self.requests[request_id]
        if int(number) != request.fresh:
            raise AddressExpiredError
        data = request.clip
        if self.weather is Weather.TAKEN_UNREADABLE:
            data = b"a portal's page"
        elif self.weather is not Weather.GOOD:
            part.write_bytes(data[:3])
            if self.weather in (Weather.CRASH, Weather.TAKEN_CRASH):
                raise CrashError
            raise DownloadError
        part.write_bytes(data)
        return Downloaded(len(data), sha256(data).hexdigest())

    def facts(self, path: Path) -> ClipFacts:
        if not path.read_bytes().endswith(b" end"):
            raise ClipBrokenError
        return ClipFacts(ClipKind.VIDEO, 1920, 1088, 121, 24.0)

    def _known(self, request_id: str) -> Request:
        if request_id not in self.requests:
            raise NoSuchRequestError(provider_code=404001)
        return self.requests[request_id]

    def _end(self) -> None:
        self.meanwhile()
        end = _ENDS.get(self.weather)
        if end is not None:
            raise end()
