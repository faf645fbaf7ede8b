"""``diagnostics`` when something is wrong: that is when somebody types it."""

from __future__ import annotations

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.store.migrations import SCHEMA_VERSION
from tests.cli.console import Console
from tests.store.profiles import run_sql


def test_the_exit_code_is_that_of_the_step_that_failed(console: Console) -> None:
    console.key = "a-key-nobody-knows"
    assert console.type("key", "check").code == ExitCode.KEY
    assert console.type("diagnostics", "--check").code == ExitCode.KEY
    console.key = console.server.key
    assert console.type("diagnostics", "--check").code == ExitCode.DONE
    console.server.trouble({"on": "price", "do": {"status": 503, "body": {"detail": "soon"}}})
    assert console.type("diagnostics", "--check").code == ExitCode.PROVIDER
    console.server.stop()
    assert console.type("diagnostics", "--check").code == ExitCode.NETWORK


def test_a_profile_of_a_later_version_is_told_about_all_the_same(console: Console) -> None:
    assert console.type("jobs").code == ExitCode.DONE
    later = SCHEMA_VERSION + 1
    run_sql(
        console.profile,
        f"PRAGMA user_version = {later}",
        f"PRAGMA application_id = {0x44524D00 | later}",
    )
    assert console.type("jobs").code == ExitCode.RESUMABLE
    before = (console.profile / "dreamina.sqlite").read_bytes()
    said = console.type("diagnostics")
    assert said.code == ExitCode.DONE
    assert str(console.profile) in said.out
    assert "newer version" in said.out
    assert console.type("diagnostics", "--json").json["error"]["code"] == "profile_too_new"
    assert (console.profile / "dreamina.sqlite").read_bytes() == before
