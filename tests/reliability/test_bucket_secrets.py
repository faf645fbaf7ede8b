"""Neither a bucket's secret key nor the signature of an address into it lies anywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.settings import Settings, Travel
from dreamina_desktop.practice.child_command import child_environment
from dreamina_desktop.store.settings import SettingsFile
from tests.cli.console import SAMPLE
from tests.hosting.s3_server import SECRET, S3Server
from tests.reliability.desk import Desk
from tests.reliability.disguises import CANARY, found_below
from tests.reliability.providers import Providers
from tests.reliability.tally import Tally
from tests.store.sample_jobs import HandClock

_FORGED = "5ee5ca1ab1e0ddba11"
_ADDRESS = f"https://paintings.s3.example/a.png?X-Amz-Signature={_FORGED}"
_SIGNATURE = re.compile(r"X-Amz-Signature=(\w+)|Signature=(\w+)")

# The keyring is a process's own here; the secret comes by a pipe, so that no argument has it.
_PROGRAM = """
import json, sys
import keyring
from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.settings import BucketPlace
from dreamina_desktop.store.bucket_keys import BucketKeyStore
from tests.store.fake_keyrings import MemoryKeyring, posing

told = json.loads(sys.stdin.read())
keyring.set_keyring(posing(MemoryKeyring))
place = BucketPlace(told["endpoint"], told["region"], told["bucket"])
BucketKeyStore(lambda _: None).save(place, BucketKeys(told["id"], told["secret"]))

from dreamina_desktop.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.promise(15, short=0, long=0)
def test_no_secret_of_a_bucket_is_written(
    providers: Providers, tmp_path: Path, tally: Tally, subtests: pytest.Subtests
) -> None:
    for story in STORIES:
        with (
            subtests.test(story.__name__),
            providers.one() as server,
            S3Server() as s3,
            Desk(tmp_path / story.__name__, server) as desk,
        ):
            place = replace(s3.place, deletes_afterwards=True)
            desk.profile.mkdir()
            SettingsFile(desk.profile, HandClock()).save(
                Settings(travel=Travel.BUCKET, bucket=place)
            )
            state = story(desk, s3)
            assert desk.rows.states() == (state,)
            asked = " ".join(f"{one.target} {one.headers}" for one in s3.requests())
            signatures = ["".join(found) for found in _SIGNATURE.findall(asked)]
            assert signatures
            assert found_below(desk.folder, [SECRET, CANARY, _FORGED, *signatures]) == {}
            tally.fell(state)
    tally.ran(len(STORIES))


def a_clip_by_way_of_the_bucket(desk: Desk, s3: S3Server) -> str:
    _said(desk, s3, 0, "generate", SAMPLE, "--prompt", "x", "--output", str(desk.clips))
    came = [one.method for one in s3.requests()]
    assert came[:3] == ["PUT", "GET", "DELETE"]
    # One that the end of the program cut off is begun again, and does no harm.
    assert set(came[3:]) <= {"DELETE"}
    assert s3.objects() == []
    return "done"


def a_bucket_that_repeats_what_it_was_told(desk: Desk, s3: S3Server) -> str:
    leak = f"<Error><Code>AccessDenied</Code><Message>{SECRET} {_ADDRESS}</Message></Error>"
    s3.answer_next(403, leak)
    _said(desk, s3, 6, "generate", SAMPLE, "--prompt", "x")
    assert s3.objects() == []
    return "prepared"


def a_provider_that_repeats_the_address(desk: Desk, s3: S3Server) -> str:
    body = {"detail": [{"loc": ["body", "image_urls"], "msg": f"{_ADDRESS} cannot be fetched"}]}
    desk.server.trouble({"on": "submit", "do": {"status": 422, "body": body}})
    _said(desk, s3, 4, "generate", SAMPLE, "--prompt", "x")
    assert s3.objects() == []
    return "rejected"


def a_lost_answer_and_a_second_command(desk: Desk, s3: S3Server) -> str:
    desk.server.trouble({"on": "submit", "do": {"drop": "after"}})
    _said(desk, s3, 6, "generate", SAMPLE, "--prompt", "x")
    _said(desk, s3, 6, "resume")
    # It may be running, and may still need its picture.
    assert len(s3.objects()) == 1
    return "unknown"


STORIES: tuple[Callable[[Desk, S3Server], str], ...] = (
    a_clip_by_way_of_the_bucket,
    a_bucket_that_repeats_what_it_was_told,
    a_provider_that_repeats_the_address,
    a_lost_answer_and_a_second_command,
)


def _said(desk: Desk, s3: S3Server, code: int, *words: str) -> None:
    where = ("--data-dir", str(desk.profile), "--api-url", desk.server.url)
    told = {
        "id": s3.keys.access_key_id,
        "secret": s3.keys.secret_access_key,
        "endpoint": s3.place.endpoint,
        "region": s3.place.region,
        "bucket": s3.place.bucket,
    }
    said = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words, "--json", *where],
        env=child_environment() | {"RUNCOMFY_API_TOKEN": desk.server.key},
        input=json.dumps(told).encode(),
        capture_output=True,
        check=False,
    )
    with (desk.said / "all.out").open("ab") as file:
        file.write(said.stdout + said.stderr)
    assert said.returncode == code, said.stderr.decode()
