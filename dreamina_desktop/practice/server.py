"""The practice server put together: every part, its routes, its start and its end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout

from dreamina_desktop.practice.addresses import Addresses
from dreamina_desktop.practice.api_calls import ApiCalls
from dreamina_desktop.practice.data_folder import DataFolder
from dreamina_desktop.practice.file_calls import FileCalls
from dreamina_desktop.practice.input_check import InputCheck
from dreamina_desktop.practice.ledger import Ledger
from dreamina_desktop.practice.render_crew import RenderCrew
from dreamina_desktop.practice.request_book import RequestBook
from dreamina_desktop.practice.request_cuts import RequestCuts
from dreamina_desktop.practice.request_record import RequestRecord
from dreamina_desktop.practice.routes import Routes
from dreamina_desktop.practice.scripted_calls import ScriptedCalls
from dreamina_desktop.practice.studio import Studio
from dreamina_desktop.practice.trouble_script import TroubleScript
from dreamina_desktop.practice.wire_faults import CUTS, OpenProtocol
from dreamina_desktop.resources import model_file

_HOST = "127.0.0.1"
_LAST_ANSWERS_SECONDS = 2
_STANDARD_INPUT = 0


class FolderInUseError(Exception):
    """Another practice server works in this folder."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where and how to serve. Port 0 takes a free one; ``trouble`` None is a quiet server."""

    data_dir: Path
    port: int
    ledger: Path | None
    trouble: Path | None
    stop_with_parent: bool


def serve(settings: ServerSettings) -> None:
    """Serve until SIGINT, SIGTERM or, if so set, the end of standard input.

    The first line on standard output is ``{"url": …, "key": …}``, written when the server listens.
    Raises TroubleFileError, FolderInUseError, and OSError for the folder or the port.
    """
    if settings.stop_with_parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    folder = DataFolder(settings.data_dir)
    folder.root.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as ends:
        try:
            # Held until this process ends, in whichever way.
            ends.enter_context(FileLock(folder.lock, timeout=0))
        except Timeout as error:
            raise FolderInUseError(str(folder.root)) from error
        folder.prepare()
        script = TroubleScript(settings.trouble)
        listener = ends.enter_context(socket.create_server((_HOST, settings.port)))
        book = RequestBook(folder.book)
        ends.callback(book.close)
        ledger = Ledger(settings.ledger or folder.ledger)
        asyncio.run(_serve(settings, folder, script, listener, book, ledger))


async def _serve(
    settings: ServerSettings,
    folder: DataFolder,
    script: TroubleScript,
    listener: socket.socket,
    book: RequestBook,
    ledger: Ledger,
) -> None:
    key = folder.key()
    addresses = Addresses(f"http://{_HOST}:{listener.getsockname()[1]}", key)
    closing = asyncio.Event()
    crew = RenderCrew()
    studio = Studio(folder, book, crew, lambda: script.trouble)
    check = InputCheck(model_file())
    api = ApiCalls(folder, book, ledger, check, addresses, studio.wake)
    record = RequestRecord(folder.record, key)
    routes = Routes(
        key=key,
        script=script,
        record=record,
        scripted=ScriptedCalls(script, addresses, closing),
        api=api,
        files=FileCalls(folder, addresses, closing),
        book=book,
        check=check,
        wake=studio.wake,
        refused=ledger.append,
    )
    written = ledger.request_ids()
    for request in book.not_in_ledger():
        if request.request_id in written:
            book.mark_in_ledger(request.request_id)
        else:
            api.write_line(request)
    config = uvicorn.Config(
        routes.app(),
        interface="asgi3",
        http=OpenProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
    )
    server = _Server(
        config,
        closing,
        RequestCuts(script, record, studio.wake),
        lambda: _announce(addresses.base, key),
        deaf_to_ctrl_c=settings.stop_with_parent,
    )
    if settings.stop_with_parent:
        threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    try:
        async with asyncio.TaskGroup() as group:
            working = group.create_task(studio.run())
            await server.serve(sockets=[listener])
            working.cancel()
    finally:
        await crew.close()


class _Server(uvicorn.Server):
    """Says when it listens, ends all waits when it closes, and leaves by itself on a signal."""

    def __init__(
        self,
        config: uvicorn.Config,
        closing: asyncio.Event,
        cuts: RequestCuts,
        announce: Callable[[], None],
        *,
        deaf_to_ctrl_c: bool,
    ) -> None:
        super().__init__(config)
        self._deaf = deaf_to_ctrl_c
        self._closing = closing
        self._cuts = cuts
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn's one way to hand something to each connection.
        self.lifespan.state[CUTS] = self._cuts
        await super().startup(sockets)
        self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._closing.set()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: object) -> None:  # noqa: ARG002 - uvicorn's signature
        # Ctrl+C in a terminal reaches the parent too, which may still want its last answers.
        # Not noted for raising again, as uvicorn would: a signal is the ordinary way to stop.
        if not (self._deaf and sig == signal.SIGINT):
            self.should_exit = True


def _announce(url: str, key: str) -> None:
    sys.stdout.write(json.dumps({"url": url, "key": key}) + "\n")
    sys.stdout.flush()


def _end_with_input(server: uvicorn.Server) -> None:
    # Read past Python's buffer, whose lock would be held by this thread at exit.
    with contextlib.suppress(OSError):
        while os.read(_STANDARD_INPUT, 4096):
            pass
    server.should_exit = True
