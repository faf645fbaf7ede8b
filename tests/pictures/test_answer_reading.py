"""What a child may say that a hostile file has taken over: nothing of it gets anywhere."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.core.change import Change, ChangeKind
from dreamina_desktop.core.picture import PictureFacts, PictureView, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.pictures.picture_messages import (
    Answer,
    BrokenPipeWordsError,
    Failure,
    Order,
    Task,
    read_answer,
    read_order,
    write_answer,
    write_order,
    write_step,
)
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.core.specs import real_spec

SAMPLE = resource(SAMPLE_PICTURE)
VIEW = PictureView(2, 3, has_alpha=True, pixels=bytes(range(24)))
PREPARE = Order(Task.PREPARE, SAMPLE, longest=3)
LOOK = Order(Task.LOOK, SAMPLE, longest=3)
CHANGES = (
    Change(ChangeKind.METADATA_REMOVED, "EXIF"),
    Change(ChangeKind.SHRUNK, "9000x9000", "4096x4096"),
    Change(ChangeKind.QUALITY, None, 88),
)


@pytest.fixture(scope="module")
def prepared() -> PreparedPicture:
    return replace(PillowPreparer(real_spec()).prepare(SAMPLE), changes=CHANGES, view=VIEW)


def said(answer: Answer) -> tuple[dict[str, Any], bytes]:
    pipe = io.BytesIO()
    write_answer(pipe, answer)
    line, _, rest = pipe.getvalue().partition(b"\n")
    return json.loads(line), rest


def heard(words: dict[str, Any], rest: bytes, order: Order = PREPARE) -> Answer:
    return read_answer(io.BytesIO(json.dumps(words).encode() + b"\n" + rest), order)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        Recipe(mended=True, ground="#123456"),
        Recipe(frame=Frame("16:9", Fill.COLOUR, 0.25, 0.75, 2.5, "#fedcba")),
    ],
)
def test_an_order_arrives_as_it_was_given(recipe: Recipe) -> None:
    pipe = io.BytesIO()
    order = Order(Task.PREPARE, Path("a b") / "ü\udce9.png", recipe, 1600)
    write_order(pipe, order)
    pipe.seek(0)
    assert read_order(pipe) == order
    assert read_order(pipe) is None


def test_answers_arrive_as_they_were_given(prepared: PreparedPicture) -> None:
    pipe = io.BytesIO()
    told: list[Step] = []
    write_step(pipe, Step.READING)
    write_step(pipe, Step.ENCODING)
    write_answer(pipe, prepared)
    write_answer(pipe, VIEW)
    write_answer(pipe, replace(VIEW, has_alpha=False, pixels=bytes(18)))
    write_answer(pipe, Failure.UNREADABLE)
    pipe.seek(0)
    answer = read_answer(pipe, PREPARE, told.append)
    assert answer == prepared
    assert isinstance(answer, PreparedPicture)
    assert answer.view == VIEW
    assert told == [Step.READING, Step.ENCODING]
    assert read_answer(pipe, LOOK) == VIEW
    assert read_answer(pipe, LOOK) == replace(VIEW, has_alpha=False, pixels=bytes(18))
    assert read_answer(pipe, LOOK) is Failure.UNREADABLE


def test_the_hash_is_made_here(prepared: PreparedPicture) -> None:
    words, rest = said(replace(prepared, sha256="0" * 64))
    answer = heard(words, rest)
    assert isinstance(answer, PreparedPicture)
    assert answer.sha256 == prepared.sha256


def facts(**other: object) -> Callable[[dict[str, Any]], None]:
    return lambda words: words["facts"].update(other)


def view(**other: object) -> Callable[[dict[str, Any]], None]:
    return lambda words: words["view"].update(other)


def top(**other: object) -> Callable[[dict[str, Any]], None]:
    return lambda words: words.update(other)


LIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "another width": facts(width=601),
    "another format": facts(format="JPEG"),
    "another length": facts(bytes=1),
    "a negative width": facts(width=-600),
    "a width with a fraction": facts(width=600.0),
    "a width beyond all": facts(width=2**32),
    "a width that is a truth": facts(width=True),
    "a format that is none": facts(format=None),
    "a long format": facts(format="P" * 1001),
    "odd decoded": facts(decoded="yes"),
    "more bytes than there are": top(length=10**6),
    "bytes beyond all": top(length=2**40),
    "bytes below none": top(length=-1),
    "fewer bytes than there are": top(length=100),
    "no media type": top(media_type=7),
    "odd unchanged": top(unchanged=1),
    "an odd change": top(changes=[["sung", None, None]]),
    "a short change": top(changes=[["turned"]]),
    "a change by a list": top(changes=[["turned", [], None]]),
    "a change by long words": top(changes=[["turned", "x" * 1001, None]]),
    "a change by a fraction": top(changes=[["turned", 0.5, None]]),
    "too many changes": top(changes=[["turned", 1, None]] * 101),
    "changes that are none": top(changes="turned"),
    "a view larger than wanted": view(height=4),
    "a view without rows": view(height=0),
    "a view without opacity": view(has_alpha=None),
    "half a view": view(width=3),
    "a view that is none": top(view=[]),
    "facts that are none": top(facts=7),
    "a step that is none": top(step="singing"),
}


@pytest.mark.parametrize("lie", list(LIES))
def test_a_lie_is_not_believed(lie: str, prepared: PreparedPicture) -> None:
    words, rest = said(prepared)
    assert heard(words, rest) == prepared
    LIES[lie](words)
    with pytest.raises(BrokenPipeWordsError):
        heard(words, rest)


def test_an_answer_to_something_else(prepared: PreparedPicture) -> None:
    with pytest.raises(BrokenPipeWordsError):
        heard(*said(replace(prepared, view=None)), LOOK)


def test_a_view_that_nobody_wanted(prepared: PreparedPicture) -> None:
    with pytest.raises(BrokenPipeWordsError):
        heard(*said(prepared), replace(PREPARE, longest=None))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"[" * 100_000 + b"\n",
        b'{"failure": ' + b"9" * 5000 + b"}\n",
        b'{"failure": "' + b"x" * 2**18 + b'"}\n',
        b'{"step": "reading"}\n' * 2000,
        b'{"step": "reading"}\n',
        b'{"step": []}\n',
        b"\xff\xfe\n",
        b"7\n",
    ],
)
def test_lines_that_are_none(line: bytes) -> None:
    with pytest.raises(BrokenPipeWordsError):
        read_answer(io.BytesIO(line), PREPARE)


def test_what_could_not_be_prepared_comes_without_bytes() -> None:
    bare = PreparedPicture(
        data=b"",
        media_type="application/octet-stream",
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        facts=PictureFacts("TIFF", 70_000, 70_000, 10**10, decoded=False),
        unchanged=False,
    )
    assert heard(*said(bare)) == bare
