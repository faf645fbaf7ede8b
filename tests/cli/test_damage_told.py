"""A damaged list of jobs is rebuilt, and whoever types a command hears what came back."""

from __future__ import annotations

from tests.cli.console import Console
from tests.store.profiles import DATABASE, fill, run_sql


def test_damage_that_shows_at_a_glance(console: Console) -> None:
    fill(console.profile, 10)
    console.database.write_bytes(b"no database")
    said = console.type("jobs", "--json")
    assert len(said.json) == 9
    assert "9 of 9 jobs came back, with 2 of 2 clips" in said.err
    (aside,) = console.profile.glob("*damaged*")
    assert str(aside) in said.err
    assert console.type("jobs").err == ""


def test_damage_that_only_the_holder_finds(console: Console) -> None:
    fill(console.profile, 10)
    run_sql(console.profile, "UPDATE jobs SET changed = 'never' WHERE id = 'job-004'")
    # Its jobs are another API's; one of its own makes it the holder.
    said = console.generate()
    assert "11 of 12 jobs came back, with 2 of 2 clips" in said.err
    # Whatever came back unsent asks first.
    assert (said.code, said.json["state"]) == (6, "prepared")
    assert console.server.accepted() == []
    (sent,) = console.type("resume", "--send", "--json").json
    assert sent["state"] == "done"


def test_a_list_that_is_gone(console: Console) -> None:
    fill(console.profile, 10)
    (console.profile / DATABASE).unlink()
    said = console.type("jobs", "--json")
    assert "9 of 9 jobs came back" in said.err
    assert "kept" not in said.err
