"""Clicks of long ago that were never sent: one question for all of them, with the total price."""

from __future__ import annotations

from tests.cli.console import Console
from tests.store.profiles import run_sql
from tests.ui.workplaces import a_profile, a_take


def test_one_question_with_the_total(console: Console) -> None:
    profile = a_profile(console.profile, console.server)
    profile.open()
    for prompt in ("First.", "Second."):
        a_take(profile, console.clips, prompt)
    profile.close()
    run_sql(console.profile, "UPDATE jobs SET created = '2026-01-01T00:00:00.000000+00:00'")
    said = console.type("resume", "--json")
    assert said.err.count("Total price: 0.80 USD") == 1
    assert said.err.count("2 jobs wait for your word") == 1
    assert console.server.accepted() == []
    sent = console.type("resume", "--send", "--json")
    assert [job["state"] for job in sent.json] == ["done", "done"]
    assert len(console.server.accepted()) == 2
