from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.pictures.prepare import PillowPreparer
from tests.cli.console import SAMPLE, Console, interrupted_when

KEYS = [
    "job_id",
    "request_id",
    "state",
    "prompt",
    "frames",
    "seed",
    "file",
    "sha256",
    "cost",
    "balance_before",
    "balance_after",
    "created",
    "error",
]


def test_a_picture_becomes_a_clip(console: Console) -> None:
    said = console.generate("--seed", "42")
    assert said.code == 0
    job = said.json
    assert list(job) == KEYS
    content = Path(job["file"]).read_bytes()
    assert Path(job["file"]).is_absolute()
    assert job["sha256"] == sha256(content).hexdigest()
    assert (job["state"], job["error"]) == ("done", None)
    assert (job["prompt"], job["frames"], job["seed"]) == ("It moves.", 121, 42)
    assert float(job["cost"]) == 0.4
    assert abs((datetime.now(UTC) - datetime.fromisoformat(job["created"])).total_seconds()) < 300
    today = datetime.fromisoformat(job["created"]).astimezone().date().isoformat()
    assert Path(job["file"]).name == f"{today}_coffee_42.mp4"
    (line,) = console.server.accepted()
    assert (line.request_id, line.seed) == (job["request_id"], 42)
    assert "0.40 USD" in said.err


def test_a_picture_is_decoded_in_another_process(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it does to a decoder reaches nothing that knows the key."""

    def here(*_: object, **__: object) -> None:
        raise AssertionError("decoded in this process")

    monkeypatch.setattr(Image, "open", here)
    monkeypatch.setattr(PillowPreparer, "prepare", here)
    assert console.generate("--mend").code == 0


def test_without_json_the_file_is_what_is_printed(console: Console) -> None:
    said = console.type("generate", SAMPLE, "--prompt", "x", "--output", str(console.clips))
    assert said.code == 0
    assert Path(said.out.strip()).is_file()
    assert "in the queue" in said.err


@pytest.mark.parametrize("seed", [[], ["--seed", "-1"]])
def test_no_seed_draws_one_sends_it_and_keeps_it(console: Console, seed: list[str]) -> None:
    job = console.generate(*seed).json
    assert 0 <= job["seed"] <= 2**31 - 1
    assert console.server.accepted()[0].seed == job["seed"]
    assert f"_{job['seed']}" in job["file"]


def test_takes_are_jobs_of_their_own(console: Console) -> None:
    said = console.generate("--seed", "42", "--takes", "3")
    assert said.code == 0
    jobs = said.json
    assert [list(job) for job in jobs] == [KEYS] * 3
    assert jobs[0]["seed"] == 42
    assert len({job["seed"] for job in jobs}) == 3
    assert len({job["file"] for job in jobs}) == 3
    sent = {(line.request_id, line.seed) for line in console.server.accepted()}
    assert sent == {(job["request_id"], job["seed"]) for job in jobs}
    assert "1.20 USD" in said.err


def test_a_take_that_is_refused_leaves_the_others_alone(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"status": 422}})
    said = console.generate("--takes", "3")
    assert said.code == ExitCode.PROVIDER
    states = [job["state"] for job in said.json]
    assert sorted(states) == ["done", "done", "rejected"]
    assert len(console.server.accepted()) == 2


@pytest.mark.parametrize("takes", ["0", "10", "many"])
def test_as_many_takes_as_a_wall_shows(console: Console, takes: str) -> None:
    assert console.generate("--takes", takes).code == ExitCode.INPUT
    assert console.server.accepted() == []


def test_takes_that_never_became_jobs_are_drafts_with_the_reason(console: Console) -> None:
    said = console.generate("--takes", "2", "--frames", "7", "--seed", "42")
    assert said.code == ExitCode.INPUT
    assert [list(draft) for draft in said.json] == [KEYS] * 2
    assert [draft["seed"] for draft in said.json] == [42, None]
    for draft in said.json:
        assert (draft["job_id"], draft["state"]) == (None, "draft")
        assert draft["error"]["code"] == "input_refused"
        assert draft["error"]["message"]


def test_the_same_name_twice_never_overwrites(console: Console) -> None:
    first = console.generate("--seed", "1").json["file"]
    second = console.generate("--seed", "1").json["file"]
    assert first != second
    assert Path(first).is_file()
    assert Path(second).is_file()


def test_what_the_model_refuses_is_not_sent(console: Console, tmp_path: Path) -> None:
    said = console.generate("--frames", "100", prompt=" ")
    assert said.code == 2
    assert said.json["error"]["code"] == "input_refused"
    assert said.json["state"] == "draft"
    assert said.json["file"] is None
    assert "There is no prompt yet." in said.err
    assert "121/241" in said.err
    missing = console.generate(picture=str(tmp_path / "nothing.png"))
    assert (missing.code, missing.json["error"]["code"]) == (2, "picture_missing")
    assert console.generate(picture="http://example.org/a.png").code == 2
    assert console.server.requests() == []
    assert console.type("jobs", "--json").json == []


def test_a_public_address_travels_as_it_is(console: Console) -> None:
    said = console.generate(picture="https://pictures.example/a%20b.png?x=1")
    assert said.code == 0
    assert Path(said.json["file"]).name.startswith(f"{said.json['created'][:10]}"[:2])


def test_a_refused_key_keeps_the_click(console: Console) -> None:
    console.key = "wrong"
    said = console.generate()
    assert said.code == 3
    assert (said.json["state"], said.json["error"]["code"]) == ("prepared", "key_refused")
    assert "resume" in said.err
    assert len(console.server.requests()) == 1
    console.key = console.server.key
    resumed = console.type("resume", "--json")
    assert resumed.code == 0
    assert [job["state"] for job in resumed.json] == ["done"]


def test_no_key_at_all(console: Console) -> None:
    console.key = ""
    said = console.generate()
    assert said.code == 3
    assert said.json["error"]["code"] in ("key_missing", "keyring_unusable")
    assert console.server.requests() == []


def test_no_balance(console: Console) -> None:
    console.server.trouble(balance="0.10")
    said = console.generate()
    assert (said.code, said.json["state"]) == (4, "prepared")
    assert said.json["error"]["code"] == "no_balance"
    console.server.trouble()
    assert console.type("resume", "--json").code == 0
    assert len(console.server.accepted()) == 1


def test_no_balance_for_takes_holds_them_all_till_the_user_says_so(console: Console) -> None:
    console.server.trouble(balance="0.10")
    said = console.generate("--takes", "3")
    assert said.code == ExitCode.PROVIDER
    assert [job["state"] for job in said.json] == ["prepared"] * 3
    assert [job["error"]["code"] for job in said.json] == ["no_balance"] * 3
    asked = console.server.requests("/image-to-video")
    assert [request.method for request in asked].count("POST") == 1
    console.server.trouble()
    assert console.generate("--seed", "5").code == 0
    assert [line.seed for line in console.server.accepted()] == [5]
    assert [job["state"] for job in console.type("resume", "--json").json] == ["done"] * 3
    assert len(console.server.accepted()) == 4


def test_the_provider_refuses(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"status": 422, "body": {"detail": "No."}}})
    said = console.generate()
    assert (said.code, said.json["state"]) == (4, "rejected")
    assert "No." in said.json["error"]["message"]


def test_the_provider_fails(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"fail": {"code": 50500, "message": "Oh."}}})
    said = console.generate()
    assert (said.code, said.json["state"]) == (4, "failed")
    assert said.json["error"]["code"] == "maker_internal"


def test_offline_gives_up_after_wait_and_keeps_the_click(console: Console) -> None:
    console.server.kill()
    said = console.generate("--wait", "1")
    assert (said.code, said.json["state"]) == (5, "prepared")
    assert said.json["error"]["code"] == "not_sent"
    console.server.restart()
    assert console.type("resume", "--json").code == 0
    assert len(console.server.accepted()) == 1


def test_doubt_is_told_and_resume_does_not_send_again(console: Console) -> None:
    console.server.trouble({"on": "submit", "do": {"drop": "after"}})
    said = console.generate()
    assert (said.code, said.json["state"]) == (6, "unknown")
    assert "adopt REQUEST_ID" in said.err
    again = console.type("resume", "--send", "--json")
    assert (again.code, again.json[0]["state"]) == (6, "unknown")
    (line,) = console.server.accepted()
    assert line.request_id is not None
    adopted = console.type("adopt", line.request_id, "--json")
    assert (adopted.code, adopted.json["state"]) == (0, "done")
    assert adopted.json["job_id"] == said.json["job_id"]
    assert len(console.server.ledger()) == 1


def test_ctrl_c_leaves_a_job_that_can_be_resumed(console: Console) -> None:
    console.server.trouble(queue_seconds=2)
    with interrupted_when(console, "queued"):
        said = console.generate()
    assert (said.code, said.json["state"]) == (6, "queued")
    assert f"Job {said.json['job_id']} is kept. Go on with: dreamina-desktop" in said.err
    resumed = console.type("resume", "--json")
    assert (resumed.code, resumed.json[0]["state"]) == (0, "done")
    assert len(console.server.accepted()) == 1


def test_ctrl_c_stops_the_spending(console: Console) -> None:
    console.server.trouble(queue_seconds=2)
    with interrupted_when(console, "queued"):
        said = console.generate("--takes", "5")
    assert said.code == ExitCode.RESUMABLE
    unsent = [job["job_id"] for job in said.json if job["state"] == "prepared"]
    paid = len(console.server.accepted())
    assert unsent
    assert paid + len(unsent) == 5
    for job_id in unsent:
        line = next(line for line in said.err.splitlines() if f"Job {job_id} is kept" in line)
        assert line.endswith(" resume --send")
    console.server.trouble(queue_seconds=0)
    assert console.generate("--seed", "5").code == 0
    assert len(console.server.accepted()) == paid + 1
    waiting = console.type("resume", "--json")
    assert waiting.code == ExitCode.RESUMABLE
    assert len(console.server.accepted()) == paid + 1
    sent = console.type("resume", "--send", "--json")
    assert {job["job_id"]: job["state"] for job in sent.json} == dict.fromkeys(unsent, "done")
    assert len(console.server.accepted()) == 6


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_paid(
    console: Console, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    said = console.type(
        "generate", SAMPLE, "--prompt", "x", "--output", str(file / "sub"), "--json"
    )
    assert (said.code, said.json["error"]["code"]) == (2, "output_folder")
    assert console.server.requests() == []


def test_a_warning_is_said_and_does_not_stop_it(console: Console) -> None:
    said = console.generate("--seed", str(2**31))
    assert said.code == 0
    assert "outside the range" in said.err


def test_an_unknown_price_is_said(console: Console) -> None:
    console.server.trouble({"on": "price", "do": {"status": 500}})
    assert "Price unknown" in console.generate().err


def test_a_price_by_another_unit_has_no_total(console: Console) -> None:
    console.server.trouble(price={"base_price_usd": "0.5", "price_unit": "megapixel"})
    assert "0.5 USD per megapixel" in console.generate().err
