"""What tests of drafts and of the compose pane work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest

from dreamina_desktop.core.picture import PictureView, PreparedPicture
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.verdict import VerdictCode
from dreamina_desktop.pictures.looking import UnreadableError, look
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.picture_reading import VERDICT_FIRST
from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.reasons import ReasonCode, Remedy
from tests.core.specs import real_spec

SAMPLE = resource(SAMPLE_PICTURE)

type MakeDraft = Callable[..., Draft]


@dataclass
class Recents:
    """``ports.RecentPictures`` in memory."""

    known: list[str] = field(default_factory=list)

    def sources(self) -> tuple[str, ...]:
        return tuple(self.known)

    def add(self, source: str) -> None:
        if source in self.known:
            self.known.remove(source)
        self.known.insert(0, source)


@dataclass
class Prompts:
    """``ports.PromptHistory`` in memory."""

    known: tuple[str, ...] = ()

    def prompts(self) -> tuple[str, ...]:
        return self.known


class SlowBackground(QObject):
    """``ports.Background`` that does its work when the test says so: a drive that is asleep."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Callable[[], object], Callable[[Outcome[object]], None]]] = []

    def run(self, work: Callable[[], object], done: Callable[[Outcome[object]], None]) -> None:
        self.waiting.append((work, done))

    def step(self) -> None:
        """Do what waited longest."""
        work, done = self.waiting.pop(0)
        done(Outcome(work()))

    def settle(self) -> None:
        """Let come what begins a frame later."""
        QTest.qWait(2 * VERDICT_FIRST)

    def finish(self) -> None:
        """Do all that waits, and what comes of it."""
        self.settle()
        while self.waiting:
            self.step()
            self.settle()


class HomeWork:
    """``ports.PictureWork`` in this process."""

    def prepare(
        self,
        path: Path,
        recipe: Recipe = Recipe(),  # noqa: B008 - frozen
        longest: int | None = None,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PreparedPicture:
        del progress, cancelled
        return PillowPreparer(real_spec()).prepare(path, recipe, longest)

    def look(
        self, path: Path, longest: int, cancelled: Callable[[], bool] | None = None
    ) -> PictureView | None:
        del cancelled
        try:
            return look(path, longest)
        except UnreadableError:
            return None


@dataclass
class Habits:
    """``ports.PictureHabits`` in memory."""

    known: dict[str, Recipe] = field(default_factory=dict)
    takes_saved_files: bool = False

    def recipe(self, source: str) -> Recipe:
        return self.known.get(source, Recipe())

    def keep_recipe(self, source: str, recipe: Recipe) -> None:
        self.known[source] = recipe

    def take_saved_files(self, *, always: bool) -> None:
        self.takes_saved_files = always


@dataclass
class Shelf:
    """``ports.PreparedShelf`` in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def keep_picture(self, picture: PreparedPicture) -> None:
        self.kept[picture.sha256] = picture.data


class Counter:
    """How often a signal came, and what it carried last."""

    def __init__(self, signal: Signal) -> None:
        self.count = 0
        self.last: object = None
        signal.connect(self.tell)  # type: ignore[attr-defined]

    def tell(self, *carried: object) -> None:
        self.count += 1
        self.last = carried[0] if carried else None


def codes(draft: Draft) -> list[ReasonCode]:
    """What is in the way."""
    return [reason.code for reason in draft.reasons()]


def remedies(draft: Draft) -> list[Remedy]:
    """What cures it."""
    return [reason.remedy for reason in draft.reasons()]


def verdict_codes(draft: Draft) -> list[VerdictCode]:
    """What was found about the picture."""
    return [verdict.code for verdict in draft.picture_verdicts()]


def is_read(draft: Draft) -> bool:
    """Whether no more will be known of the picture."""
    return not draft.picture.is_being_read
