"""Steps back and forward, as people expect them of every program."""

from __future__ import annotations

from dreamina_desktop.core.recipe import BLACK, Frame, Recipe
from dreamina_desktop.ui.recipe_history import RecipeHistory

MENDED, DARK, WIDE = Recipe(mended=True), Recipe(ground=BLACK), Recipe(frame=Frame("16:9"))


def test_back_and_forward() -> None:
    history = RecipeHistory(Recipe())
    assert not history.can_undo
    assert not history.can_redo
    history.undo()
    history.redo()
    assert history.current == Recipe()
    for recipe in (MENDED, MENDED, DARK):
        history.add(recipe)
    history.undo()
    assert (history.current, history.can_undo, history.can_redo) == (MENDED, True, True)
    history.redo()
    assert (history.current, history.can_redo) == (DARK, False)
    history.undo()
    history.undo()
    assert (history.current, history.can_undo) == (Recipe(), False)
    # Another way was taken: what was undone is gone.
    history.add(WIDE)
    assert not history.can_redo
    history.undo()
    assert history.current == Recipe()


def test_it_forgets_what_is_long_ago() -> None:
    history = RecipeHistory(Recipe())
    for step in range(300):
        history.add(Recipe(frame=Frame("1:1", zoom=1 + step / 100)))
    steps = 0
    while history.can_undo:
        history.undo()
        steps += 1
    assert steps == 199
