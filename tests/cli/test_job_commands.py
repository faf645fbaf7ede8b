from __future__ import annotations

import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from dreamina_desktop.store.job_repository import SqliteJobRepository
from tests.cli.console import Console, interrupted_when


def make_old(console: Console) -> None:
    """As if the clicks had been made eleven minutes ago."""
    then = datetime.now(UTC) - timedelta(minutes=11)
    with sqlite3.connect(console.database) as database:
        database.execute("UPDATE jobs SET created = ?", (then.isoformat(timespec="microseconds"),))
    database.close()


def unsent(console: Console, count: int = 1) -> None:
    """Clicks that could not be sent."""
    console.server.kill()
    for _ in range(count):
        assert console.generate("--wait", "0").code == 5
    console.server.restart()


def test_jobs_lists_newest_first(console: Console) -> None:
    assert console.type("jobs").err == "No jobs yet.\n"
    console.generate("--seed", "1", prompt="one")
    console.generate("--seed", "2", prompt="two")
    listed = console.type("jobs", "--json").json
    assert [job["seed"] for job in listed] == [2, 1]
    plain = console.type("jobs")
    assert plain.code == 0
    assert len(plain.out.splitlines()) == 2


def test_nothing_to_resume(console: Console) -> None:
    said = console.type("resume", "--json")
    assert (said.code, said.json) == (0, [])


@pytest.mark.parametrize("count", [1, 2])
def test_old_clicks_are_not_sent_without_the_users_word(console: Console, count: int) -> None:
    unsent(console, count)
    make_old(console)
    said = console.type("resume", "--json")
    assert said.code == 6
    assert [job["state"] for job in said.json] == ["prepared"] * count
    total = "0.40 USD" if count == 1 else "0.80 USD"
    assert total in said.err
    assert "resume --send" in said.err
    assert console.server.ledger() == []
    # Nor does another command that becomes the holder send them.
    assert console.generate("--seed", "5").code == 0
    assert [line.seed for line in console.server.accepted()] == [5]
    sent = console.type("resume", "--send", "--json")
    assert sent.code == 0
    assert len(console.server.accepted()) == count + 1


def test_resume_over_several_gives_the_highest_code(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    assert console.generate().code == 6
    console.server.trouble()
    unsent(console)
    said = console.type("resume", "--json")
    assert said.code == 6
    assert sorted(job["state"] for job in said.json) == ["done", "unknown"]


def test_a_job_in_doubt_is_sent_again_on_the_users_word(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"status": 500}})
    job = console.generate().json
    said = console.type("resubmit", job["job_id"], "--yes", "--json")
    assert (said.code, said.json["state"]) == (0, "done")
    # A second word comes too late.
    assert console.type("resubmit", job["job_id"], "--yes").code == 6


def in_doubt(console: Console) -> str:
    """The id of a job whose answer was lost."""
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    job = console.generate().json
    assert job["state"] == "unknown"
    return str(job["job_id"])


@pytest.mark.parametrize("typed", [None, "\n", "n\n", "", "y\n"])
def test_resubmit_names_the_price_and_asks_once_more(
    console: Console, monkeypatch: pytest.MonkeyPatch, typed: str | None
) -> None:
    job_id = in_doubt(console)
    keyboard = StringIO(typed or "")
    monkeypatch.setattr(keyboard, "isatty", lambda: typed is not None)
    monkeypatch.setattr("sys.stdin", keyboard)
    said = console.type("resubmit", job_id, "--json")
    assert "costs: 0.40 USD" in said.err
    if typed == "y\n":
        assert (said.code, said.json["state"]) == (0, "done")
        assert len(console.server.accepted()) == 2
        return
    assert (said.code, said.json["state"]) == (6, "unknown")
    assert "Nothing was sent" in said.err
    assert ("--yes" in said.err) is (typed is None)
    assert len(console.server.accepted()) == 1


def test_ctrl_c_at_the_question_means_no(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = in_doubt(console)

    class Keyboard(StringIO):
        def isatty(self) -> bool:
            return True

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            del size
            signal.raise_signal(signal.SIGINT)
            return "y\n"

    monkeypatch.setattr("sys.stdin", Keyboard())
    assert console.type("resubmit", job_id).code == 6
    assert len(console.server.accepted()) == 1


def test_without_a_price_that_is_said_too(console: Console) -> None:
    console.server.trouble(
        {"on": "submit", "do": {"drop": "after"}},
        {"on": "model", "times": None, "do": {"status": 503}},
    )
    job_id = console.generate().json["job_id"]
    said = console.type("resubmit", job_id)
    assert said.code == 6
    assert "costs: unknown" in said.err


def test_the_balance_is_shown_as_evidence(console: Console) -> None:
    job_id = in_doubt(console)
    (job,) = console.type("jobs", "--json").json
    # Not asked for between the click and the POST, but as soon as there was a doubt.
    assert job["balance_before"] is None
    assert Decimal(job["balance_after"]) > 0
    listed = console.type("jobs").out
    assert job_id in listed
    assert "We do not know whether the provider accepted this. It may be running" in listed
    assert "Balance before: not known; afterwards: $" in listed
    assert "Balance before: not known" in console.type("resubmit", job_id).err


def test_adopt_makes_a_job_of_a_request_from_elsewhere(console: Console) -> None:
    request_id = console.generate().json["request_id"]
    console.profile = console.profile.with_name("other")
    said = console.type("adopt", request_id, "--json")
    assert said.code == 0
    assert (said.json["prompt"], said.json["seed"]) == (None, None)
    # Not twice.
    assert console.type("adopt", request_id, "--json").json["job_id"] == said.json["job_id"]
    assert len(console.server.ledger()) == 1


def test_adopt_asks_which_of_several_in_doubt_is_meant(console: Console) -> None:
    console.server.trouble({"on": "submit", "times": 2, "do": {"drop": "after"}})
    first = console.generate("--seed", "1").json["job_id"]
    second = console.generate("--seed", "2").json["job_id"]
    ids = [line.request_id or "" for line in console.server.accepted()]
    said = console.type("adopt", ids[0])
    assert said.code == 2
    assert first in said.err
    assert second in said.err
    assert console.type("adopt", ids[0], "--job", first, "--json").json["job_id"] == first
    new = console.type("adopt", ids[1], "--new", "--json").json
    assert new["job_id"] not in (first, second)


def test_adopting_what_is_not_there_changes_nothing(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    doubtful = console.generate().json
    for wrong in ("no-such-request", ""):
        said = console.type("adopt", wrong, "--json")
        assert said.code == 4
        assert said.json["error"]["code"] == "no_such_request"
    (job,) = console.type("jobs", "--json").json
    assert (job["job_id"], job["state"]) == (doubtful["job_id"], "unknown")


def test_a_request_that_another_job_follows_is_not_the_answer_to_this_one(
    console: Console,
) -> None:
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    doubtful = console.generate().json["job_id"]
    done = console.generate().json
    said = console.type("adopt", done["request_id"], "--job", doubtful)
    assert said.code == 6
    assert "Another job" in said.err
    assert console.type("adopt", done["request_id"], "--json").json["job_id"] == done["job_id"]


def test_a_clip_that_was_deleted_can_be_fetched_again(console: Console) -> None:
    done = console.generate().json
    Path(done["file"]).unlink()
    said = console.type("adopt", done["request_id"], "--json")
    assert said.code == 0
    assert Path(said.json["file"]).is_file()
    assert said.json["sha256"] == done["sha256"]
    assert len(console.server.ledger()) == 1


def test_an_empty_name_is_no_job(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    console.generate()
    assert console.type("resubmit", "").code == 2
    assert console.type("cancel", "", "--json").json["error"]["code"] == "no_such_job"


def test_cancel_gives_up_where_nobody_answers(console: Console) -> None:
    console.server.trouble(queue_seconds=60)
    with interrupted_when(console, "queued"):
        job = console.generate().json
    assert job["state"] == "queued"
    console.server.kill()
    assert console.type("cancel", job["job_id"], "--wait", "1").code == 5


def test_cancel_before_it_is_sent(console: Console) -> None:
    unsent(console)
    (job,) = console.type("jobs", "--json").json
    said = console.type("cancel", job["job_id"], "--json")
    assert (said.code, said.json["state"]) == (0, "cancelled")
    # Saying so twice changes nothing.
    assert console.type("cancel", job["job_id"]).code == 0
    assert console.server.ledger() == []


def test_cancel_tells_the_truth_about_doubt_and_the_past(console: Console) -> None:
    done = console.generate().json
    said = console.type("cancel", done["job_id"])
    assert said.code == 4
    assert "is over" in said.err
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    doubtful = console.generate().json
    assert console.type("cancel", doubtful["job_id"]).code == 6
    assert console.type("cancel", "zzz").code == 2


def test_a_job_is_found_by_the_beginning_of_its_name(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsent(console)
    (job,) = console.type("jobs", "--json").json
    # Without reading the whole library.
    monkeypatch.setattr(SqliteJobRepository, "all", None)
    assert console.type("cancel", job["job_id"][:11]).code == 0
