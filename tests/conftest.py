"""Fixtures for every test: a practice server, a home of its own, and no mess left behind."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import pkgutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dreamina_desktop.pictures import running_child
from dreamina_desktop.practice import process
from tests.practice_server import PracticeServer, PracticeStart

_HOME_VARIABLES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG_VARIABLES = ("CACHE", "CONFIG", "DATA", "STATE")
_FORBIDDEN_VARIABLES = (
    "RUNCOMFY_API_TOKEN",
    "YOUR_API_TOKEN",
    *(name for proxy in ("HTTP", "HTTPS", "ALL") for name in (f"{proxy}_PROXY", f"{proxy}_proxy")),
    *("http_proxy", "https_proxy", "all_proxy"),
)
_ABOUT_CHILDREN = {"practice", "pictures"}
_GRACE_SECONDS = 2.0
_TESTS = Path(__file__).parent
_MEASURED = {"core", "jobs", "api", "store"}
"""The rooms with a floor: ``packaging/check_coverage.py``."""

# A busy machine is no failure: examples are not timed, and the same ones are tried each time.
settings.register_profile("ours", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ours")


def pytest_xdist_auto_num_workers() -> int:
    """Three for each core: a test waits much of its time, for servers, clocks, polite pauses."""
    return 3 * (os.cpu_count() or 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--soak FOLDER``: the scorecard's long runs, whose outcomes are kept there."""
    parser.addoption("--soak", metavar="FOLDER", help="run the long trials, keep what fell out")
    parser.addoption(
        "--share", metavar="S", type=float, default=1.0, help="that share of the long trials"
    )
    parser.addoption("--rows", metavar="N,N", help="only tests of these rows of the scorecard")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Coverage is measured in the rooms' own tests alone, each of which has to reach its floor.

    Elsewhere, also while tests are collected, it would cost half as much time again.
    """
    coverage = _coverage(session.config)
    if coverage is not None:
        # What a module does when it is imported is measured as well.
        for room in sorted(_MEASURED):
            package = import_module(f"dreamina_desktop.{room}")
            for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
                import_module(module.name)
        coverage.pause()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    coverage = _coverage(item.config)
    if coverage is None or not _MEASURED.intersection(item.path.relative_to(_TESTS).parts[:1]):
        return (yield)
    coverage.resume()
    try:
        return (yield)
    finally:
        coverage.pause()


def _coverage(config: pytest.Config) -> Any:
    """pytest-cov's control of this process; None where it measures nothing."""
    is_worker = hasattr(config, "workerinput")
    if not is_worker and config.getoption("dist", "no") != "no":
        return None
    plugin: Any = config.pluginmanager.getplugin("_cov")
    return None if plugin is None else plugin.cov_controller


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("promise") and not item.get_closest_marker("timeout"):
            # Many trials, and where they begin together each has half of a core.
            item.add_marker(pytest.mark.timeout(600))
    workers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = _long_ones_first(items, workers)
    wanted: str | None = config.getoption("--rows")
    if wanted is None:
        return
    rows = {int(row) for row in wanted.split(",")}
    chosen: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        marks = {row for mark in item.iter_markers("promise") for row in mark.args}
        (chosen if marks & rows else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


def pytest_collection_finish() -> None:
    """What is there before the first test stays: nobody need look through it for garbage."""
    gc.collect()
    gc.freeze()


def _long_ones_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """In the order in which ``workers`` get equal parts, each of which begins with long tests.

    Begun last, one of them would keep the others waiting for its end.
    """
    long = [item for item in items if item.get_closest_marker("promise") is not None]
    rest = iter([item for item in items if item.get_closest_marker("promise") is None])
    ordered: list[pytest.Item] = []
    for number in range(workers):
        # As xdist's worksteal divides them.
        size = (len(items) - len(ordered)) // (workers - number)
        part = long[number::workers]
        ordered += [*part, *itertools.islice(rest, max(0, size - len(part)))]
    return [*ordered, *rest]


if sys.platform == "linux":
    from tests.forked_child import ChildForks

    _FORKS = ChildForks()

    @pytest.fixture(autouse=True)
    def _quick_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        """Practice server and picture process begin in a tenth of the time.

        But for the tests of just these, which begin them as the program does.
        """
        if request.path.parent.name not in _ABOUT_CHILDREN:
            for module in (process, running_child):
                monkeypatch.setattr(module, "subprocess", _FORKS)

    def pytest_sessionfinish() -> None:
        _FORKS.close()


@pytest.fixture
def start_practice(tmp_path: Path) -> Iterator[PracticeStart]:
    """Start practice servers: ``start_practice(folder="…", **settings of the trouble file)``."""
    with ExitStack() as ends:

        def start(folder: str = "practice", **settings: Any) -> PracticeServer:
            server = PracticeServer(tmp_path / folder, **settings)
            ends.callback(server.stop)
            return server

        yield start


@pytest.fixture
def practice(start_practice: PracticeStart) -> PracticeServer:
    """One quick, quiet practice server."""
    return start_practice()


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the user's files, keys or proxies."""
    home = tmp_path / "home"
    home.mkdir()
    for name in _HOME_VARIABLES:
        monkeypatch.setenv(name, str(home))
    for name in _XDG_VARIABLES:
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / f".{name.lower()}"))
    for name in _FORBIDDEN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    # Left to itself the library would also find the fake back ends of other tests.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collected in this thread, as the window does it: elsewhere widgets must not be destroyed.

    Long trials, which have none, would fill the memory.
    """
    if request.node.get_closest_marker("promise") is None:
        gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _no_stray_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A warning in the log is a failure, unless the test is marked ``logs``."""
    yield
    if request.node.get_closest_marker("logs") is None:
        records = [*caplog.get_records("setup"), *caplog.get_records("call")]
        stray = [record for record in records if record.levelno >= logging.WARNING]
        assert not stray, [record.getMessage() for record in stray]


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Whoever starts a thread also ends it."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + _GRACE_SECONDS
    while (left := _threads_beyond(before)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left, left


def _threads_beyond(known: set[threading.Thread]) -> list[threading.Thread]:
    # Dummies stand for threads of others (Qt's), and stay listed after those have ended.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in known and not thread.name.startswith("Dummy-")
    ]
