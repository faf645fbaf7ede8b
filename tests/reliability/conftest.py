from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reliability.disguises import CANARY
from tests.reliability.providers import Providers

# What these assert shall say what it found, as a test does.
pytest.register_assert_rewrite("tests.reliability.homecoming")


@pytest.fixture(scope="session")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    """Practice servers, all with a key that must be found nowhere."""
    providers = Providers(tmp_path_factory.mktemp("providers"), CANARY)
    yield providers
    providers.stop()
