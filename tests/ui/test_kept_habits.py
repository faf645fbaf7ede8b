"""What is made of pictures is kept among the preferences."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dreamina_desktop.core.recipe import BLACK, Frame, Recipe
from dreamina_desktop.core.settings import KeptRecipe, Settings
from dreamina_desktop.ui.kept_habits import KeptHabits
from dreamina_desktop.ui.preferences import Preferences
from tests.ui.drafts import SlowBackground


def test_recipes_are_found_again(application: object) -> None:
    owner = QObject()
    preferences = Preferences(Settings(), lambda _: None, SlowBackground(), owner)  # type: ignore[arg-type]
    habits = KeptHabits(preferences)
    wide, dark = Recipe(frame=Frame("16:9")), Recipe(ground=BLACK)
    habits.keep_recipe("/a.png", wide)
    habits.keep_recipe("/b.png", dark)
    assert (habits.recipe("/a.png"), habits.recipe("/c.png")) == (wide, Recipe())
    assert preferences.current.recipes[0] == KeptRecipe("/b.png", dark)
    # The latest first, each once; what is nothing is not kept.
    habits.keep_recipe("/a.png", dark)
    habits.keep_recipe("/b.png", Recipe())
    assert preferences.current.recipes == (KeptRecipe("/a.png", dark),)
    for number in range(300):
        habits.keep_recipe(f"/{number}.png", wide)
    assert len(preferences.current.recipes) == 200
    assert habits.recipe("/299.png") == wide
    assert habits.recipe("/a.png") == Recipe()


def test_whether_saved_files_are_taken(application: object) -> None:
    owner = QObject()
    preferences = Preferences(Settings(), lambda _: None, SlowBackground(), owner)  # type: ignore[arg-type]
    habits = KeptHabits(preferences)
    assert not habits.takes_saved_files
    habits.take_saved_files(always=True)
    assert habits.takes_saved_files
    assert preferences.current.takes_saved_files
