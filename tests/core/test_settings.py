from __future__ import annotations

from dreamina_desktop.core.settings import Settings


def test_who_has_set_nothing_gets_what_needs_no_setting() -> None:
    fresh = Settings()
    assert fresh.submitted_at_once >= 1
    assert (fresh.output_folder, fresh.memory_budget_mb) == (None, None)
    assert (fresh.window.geometry, fresh.draft.source) == ("", "")
    assert not fresh.welcomed
