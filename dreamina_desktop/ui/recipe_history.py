"""What was made of one picture, step by step, to be undone and done again."""

from __future__ import annotations

from dreamina_desktop.core.recipe import Recipe

_MOST_STEPS = 200


class RecipeHistory:
    """Begins with one recipe, which is never undone."""

    def __init__(self, first: Recipe) -> None:
        self._steps = [first]
        self._place = 0

    @property
    def current(self) -> Recipe:
        """What holds now."""
        return self._steps[self._place]

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place + 1 < len(self._steps)

    def add(self, recipe: Recipe) -> None:
        """A further step; what was undone is gone for good. No step where nothing changes."""
        if recipe != self.current:
            self._steps = [*self._steps[: self._place + 1], recipe][-_MOST_STEPS:]
            self._place = len(self._steps) - 1

    def undo(self) -> None:
        """Go one step back, if ``can_undo``."""
        self._place -= self.can_undo

    def redo(self) -> None:
        """Go one step forward again, if ``can_redo``."""
        self._place += self.can_redo
