from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.reliability.disguises import CANARY
from tests.reliability.forked import Host, can_fork
from tests.reliability.providers import Providers
from tests.reliability.tally import Tally

# What these assert shall say what it found, as a test does.
pytest.register_assert_rewrite("tests.reliability.homecoming", "tests.reliability.random_kills")

_PASSED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    """Practice servers, all with a key that must be found nowhere."""
    providers = Providers(tmp_path_factory.mktemp("providers"), CANARY)
    yield providers
    providers.stop()


@pytest.fixture(scope="session")
def host() -> Iterator[Host | None]:
    """Forks commands off; None where nothing can be forked."""
    host = Host() if can_fork else None
    yield host
    if host is not None:
        host.stop()


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About the smallest that the model takes, for who decodes one again and again."""
    path = tmp_path_factory.mktemp("picture") / "small.png"
    Image.radial_gradient("L").convert("RGB").resize((336, 336)).save(path)
    return path


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """The trials that ``@pytest.mark.promise(row, short=…, long=…)`` asks for."""
    (row,), counts = _promise(request.node)
    folder: str | None = request.config.getoption("--soak")
    trials = counts["short"]
    if folder is not None:
        trials = max(trials, round(counts["long"] * request.config.getoption("--share")))
    tally = Tally(row, request.node.nodeid, trials, is_long=folder is not None)
    yield tally
    if folder is not None:
        tally.keep(Path(folder), passed=request.node.stash.get(_PASSED, False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def _promise(item: pytest.Item) -> tuple[tuple[int], dict[str, int]]:
    marker = item.get_closest_marker("promise")
    assert marker is not None, "a test with a tally names its promise"
    (row,) = marker.args
    return (row,), dict(marker.kwargs)
