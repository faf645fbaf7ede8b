"""A file prepared, with what holds of every one that is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.pictures.prepare import PillowPreparer
from tests.pictures.limits import limited
from tests.pictures.samples import SECRET

type Prepare = Callable[..., PreparedPicture]

AS_IT_IS = Recipe()


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def prepared(data: bytes, recipe: Recipe = AS_IT_IS, **limits: int) -> PreparedPicture:
        path = tmp_path / "picture"
        path.write_bytes(data)
        result = PillowPreparer(limited(**limits)).prepare(path, recipe)
        assert result.sha256 == hashlib.sha256(result.data).hexdigest()
        assert result.unchanged == (result.data == data)
        assert SECRET not in result.data or result.facts.decoded is not True
        return result

    return prepared
