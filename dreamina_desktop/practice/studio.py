"""The queue and what comes of it: who waits, who is in progress, who is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from dreamina_desktop.practice.data_folder import DataFolder
from dreamina_desktop.practice.render_crew import RenderCrew, RenderFailedError
from dreamina_desktop.practice.render_order import RenderOrder
from dreamina_desktop.practice.request_book import BookedRequest, Life, RequestBook
from dreamina_desktop.practice.trouble import Failure, Trouble

_INTERNAL = 50500  # the model maker's code for its own trouble


class Studio:
    """Moves requests along in the order of their acceptance.

    All that matters is in the book: a studio that starts on the book of a killed one goes on
    with what was in progress, and then with the queue.
    """

    def __init__(
        self,
        folder: DataFolder,
        book: RequestBook,
        crew: RenderCrew,
        trouble: Callable[[], Trouble],
    ) -> None:
        self._folder = folder
        self._book = book
        self._crew = crew
        self._trouble = trouble
        self._renderings: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()

    def wake(self) -> None:
        """Look again: a request came or went, or the settings are others."""
        self._changed.set()

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                self._changed.clear()
                due = self._advance(self._trouble())
                try:
                    async with asyncio.timeout(due):
                        await self._changed.wait()
                except TimeoutError:
                    pass
        finally:
            for task in self._renderings.values():
                task.cancel()
            await asyncio.gather(*self._renderings.values(), return_exceptions=True)

    def _advance(self, now: Trouble) -> float | None:
        """Do all that is due, and return the seconds until something else is."""
        dues: list[float] = []
        running = self._book.in_life(Life.RUNNING)
        for request in running:
            rest = _rest(request.started, now.run_seconds or 0.0)
            rendering = self._renderings.get(request.request_id)
            if rendering is None:
                rendering = asyncio.create_task(self._render(request, now))
                rendering.add_done_callback(lambda _: self.wake())
                self._renderings[request.request_id] = rendering
            elif rendering.done() and rest <= 0:
                del self._renderings[request.request_id]
                self._finish(request, rendering)
                self.wake()
            elif rest > 0:
                dues.append(rest)
        self._forget({request.request_id for request in running})
        places = now.workers - len(running)
        for request in self._book.in_life(Life.QUEUED)[: max(0, places)]:
            rest = _rest(request.accepted, now.queue_seconds)
            if rest > 0:
                # Not earlier: a server that never renders, as in most tests, starts in half.
                self._crew.warm()
                dues.append(rest)
                break
            self._book.start(request.request_id, time.time())
            self.wake()
        return min(dues, default=None)

    def _forget(self, running: set[str]) -> None:
        """Drop renderings whose request was ended by the script meanwhile."""
        for request_id, rendering in list(self._renderings.items()):
            if request_id not in running and rendering.done():
                del self._renderings[request_id]
                rendering.exception()  # taken note of: nobody waits for it any more

    async def _render(self, request: BookedRequest, now: Trouble) -> None:
        if request.planned_failure is None:
            await self._crew.render(
                RenderOrder(
                    picture=str(self._folder.picture(request.picture)),
                    clip=str(self._folder.clip(request.request_id)),
                    prompt=request.prompt,
                    seed=request.drawn_seed,
                    frames=now.frames_override or request.frames,
                    scale=now.clip_scale,
                )
            )

    def _finish(self, request: BookedRequest, rendering: asyncio.Task[None]) -> None:
        failure = request.planned_failure
        error = rendering.exception()
        if isinstance(error, RenderFailedError):
            failure = Failure(_INTERNAL, str(error))
        elif error is not None:
            raise error
        if failure is not None:
            self._book.fail(request.request_id, failure, time.time())
        else:
            self._book.succeed(request.request_id, time.time())


def _rest(since: float | None, seconds: float) -> float:
    return (since or 0.0) + seconds - time.time()
