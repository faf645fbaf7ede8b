"""Nothing secret on standard error, whoever speaks there: logs, hooks, libraries."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.redacted_output import RedactedHandler, redacted_output
from tests.reliability.disguises import CANARY, found_in

pytestmark = pytest.mark.logs
SIGNED = "https://x.example/a.mp4?signature=5ee5ca1a"


@pytest.fixture
def inside() -> Iterator[None]:
    secrets = Secrets()
    secrets.add(CANARY)
    with redacted_output(secrets):
        yield


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    text = capsys.readouterr().err
    assert found_in(text.encode(), [CANARY, "5ee5ca1a"]) == []
    for word in words:
        assert word in text
    return text


def boom() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise ValueError(SIGNED) from error


@pytest.mark.parametrize("name", ["httpx", "uvicorn.error", "asyncio", "keyring", "PIL", "x.y"])
def test_a_warning_of_any_library(
    inside: None, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    logger = logging.getLogger(name)
    before, logger.level = logger.level, logging.WARNING
    try:
        logger.warning("Bearer %s at %s", CANARY, SIGNED)
        logger.info(CANARY)
    finally:
        logger.setLevel(before)
    assert said(capsys) == "Bearer … at https://x.example/a.mp4?…\n"


def test_a_traceback_in_the_log(inside: None, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        boom()
    except ValueError:
        logging.getLogger("x").exception("what %s", CANARY, stack_info=True)
    said(capsys, "KeyError", "ValueError", "boom", "what …")


def test_arguments_that_do_not_fit(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 0, "%d", (CANARY,), None)
    RedactedHandler(Secrets()).emit(record)
    assert "TypeError in a log message" in said(capsys)


def test_a_task_that_nobody_asked_about(inside: None, capsys: pytest.CaptureFixture[str]) -> None:
    async def leave() -> None:
        async def fail() -> None:
            boom()

        task = asyncio.create_task(fail())
        await asyncio.sleep(0.01)
        assert task.done()

    asyncio.run(leave())
    gc.collect()
    said(capsys, "never retrieved", "ValueError")


def test_what_python_itself_prints(inside: None, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        boom()
    except ValueError as error:
        kind, trace = type(error), error.__traceback__
        sys.excepthook(kind, error, trace)
        said(capsys, "ValueError", "KeyError")
        told = threading.ExceptHookArgs((kind, error, trace, None))
        threading.excepthook(told)
        said(capsys, "ValueError")
        sys.unraisablehook(_Unraisable(error))  # type: ignore[arg-type]
        said(capsys, "ValueError")
    threading.excepthook(threading.ExceptHookArgs((SystemExit, SystemExit(), None, None)))
    sys.unraisablehook(_Unraisable(None))  # type: ignore[arg-type]
    assert said(capsys) == ""


class _Unraisable:
    def __init__(self, error: BaseException | None) -> None:
        self.exc_value = error


def test_without_standard_error_nothing_is_said(
    inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    logging.getLogger("x").warning("unheard")


class GoneTerminal(io.TextIOBase):
    def write(self, text: str) -> int:
        del text
        raise BrokenPipeError


async def test_a_terminal_that_has_gone_ends_nothing(
    inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (GoneTerminal(), closed):
        monkeypatch.setattr(sys, "stderr", stream)
        sys.excepthook(ValueError, ValueError(), None)
        # What a callback raises, the loop logs: what the log raised, would end the loop.
        asyncio.get_running_loop().call_soon(boom)
        await asyncio.sleep(0.01)


def test_behind_the_block_all_is_as_before() -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    handlers = list(logging.getLogger().handlers)
    with redacted_output(Secrets()):
        kinds = [type(handler) for handler in logging.getLogger().handlers]
        assert kinds.count(RedactedHandler) == 1
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert logging.getLogger().handlers == handlers
