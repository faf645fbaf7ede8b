"""What a person does with pictures, kept among the preferences."""

from __future__ import annotations

from dataclasses import replace

from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.settings import KeptRecipe
from dreamina_desktop.ui.preferences import Preferences

_MOST = 200


class KeptHabits:
    """Implements ``ports.PictureHabits``."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def recipe(self, source: str) -> Recipe:
        """What was last made of the file at that absolute path."""
        known = (kept.recipe for kept in self._preferences.current.recipes if kept.source == source)
        return next(known, Recipe())

    def keep_recipe(self, source: str, recipe: Recipe) -> None:
        """Remember it for when the picture comes back."""
        current = self._preferences.current
        kept = tuple(known for known in current.recipes if known.source != source)
        if recipe != Recipe():
            kept = (KeptRecipe(source, recipe), *kept)[:_MOST]
        self._preferences.change(replace(current, recipes=kept))

    @property
    def takes_saved_files(self) -> bool:
        """Whether a file saved anew by another program is taken without asking."""
        return self._preferences.current.takes_saved_files

    def take_saved_files(self, *, always: bool) -> None:
        """Set that."""
        self._preferences.change(replace(self._preferences.current, takes_saved_files=always))
