"""What the diagnostics find out, on real profiles."""

from __future__ import annotations

from pathlib import Path

import pytest

from dreamina_desktop.app.window_wish import WindowWish
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.diagnosis import Diagnosis, Fact, JobCount, Step
from dreamina_desktop.core.errors import (
    ApiAddressError,
    DiskError,
    KeyMissingError,
    KeyringError,
    ProfileTooNewError,
)
from dreamina_desktop.core.job import JobState
from dreamina_desktop.crash_log import record_crash
from dreamina_desktop.diagnostics import Diagnostics
from tests.practice_server import PracticeServer
from tests.ui.workplaces import a_profile, a_take

SECRET = "canary-of-the-diagnostics-1"


def of(profile: Profile, home: Path) -> Diagnostics:
    profile.open()
    return Diagnostics(profile, home)


def value(diagnosis: Diagnosis, fact: Fact) -> str:
    (found,) = [finding.value for finding in diagnosis.findings if finding.fact is fact]
    return found


def test_versions_places_key_and_jobs(practice: PracticeServer, tmp_path: Path) -> None:
    profile = a_profile(tmp_path / "profile", practice)
    with profile.hold():
        a_take(profile, tmp_path / "clips", "Made.")
        found = of(profile, tmp_path).look()
    assert value(found, Fact.QT).count(".") >= 1
    assert value(found, Fact.SQLITE)
    assert value(found, Fact.PROFILE) == str(Path("~") / "profile")
    assert value(found, Fact.KEY) == "RUNCOMFY_API_TOKEN"
    assert value(found, Fact.API) == practice.url
    assert value(found, Fact.PROXY) == ""
    assert value(found, Fact.LAST_CRASH) == ""
    assert found.jobs == (JobCount(JobState.PREPARED, 1),)
    assert practice.key not in repr(found)
    profile.close()


def test_the_last_crash_and_a_folder_elsewhere(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path / "profile"), {"RUNCOMFY_API_TOKEN": SECRET})
    record_crash(profile.folder, "ValueError: x")
    found = of(profile, tmp_path / "elsewhere").look()
    assert value(found, Fact.LAST_CRASH)
    assert value(found, Fact.PROFILE) == str(tmp_path / "profile")
    profile.close()


def test_practice_mode_names_the_crash_log_that_is_written(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path, practice=True), {})
    log = record_crash(WindowWish(tmp_path, practice=True).base, "ValueError: x")
    found = of(profile, tmp_path / "elsewhere").look()
    assert value(found, Fact.CRASH_LOG) == str(log)
    assert value(found, Fact.LAST_CRASH)
    profile.close()


def test_the_password_of_a_proxy_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://user:it's-secret@127.0.0.1:9")
    profile = Profile(Options(tmp_path), {"RUNCOMFY_API_TOKEN": SECRET})
    found = of(profile, tmp_path).look()
    assert value(found, Fact.PROXY) == "http://127.0.0.1:9"
    profile.close()


def test_of_a_profile_that_could_not_be_opened(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path / "profile"), {"RUNCOMFY_API_TOKEN": SECRET})
    trouble = ProfileTooNewError("dreamina.sqlite")
    found = Diagnostics(profile, tmp_path).look(trouble)
    assert (found.trouble, found.jobs) == (trouble, ())
    assert value(found, Fact.PROFILE)
    assert not profile.folder.exists()
    profile.close()


def test_the_keyring_that_cannot_be_used_and_a_key_that_is_none(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path / "profile"), {"RUNCOMFY_API_TOKEN": f"{SECRET} and more"})
    found = of(profile, tmp_path).look()
    troubles = {finding.fact: finding.trouble for finding in found.findings if finding.trouble}
    assert isinstance(troubles[Fact.KEYRING], KeyringError)
    assert isinstance(troubles[Fact.KEY], KeyMissingError)
    assert SECRET not in repr(found)
    profile.close()


def test_practice_mode_has_neither_key_nor_way(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path, practice=True), {})
    diagnostics = of(profile, tmp_path)
    facts = {finding.fact for finding in diagnostics.look().findings}
    assert not facts & {Fact.KEYRING, Fact.KEY, Fact.API, Fact.PROXY}
    assert diagnostics.check() == ()
    profile.close()


def test_an_address_that_is_none(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path, "ftp://x.example"), {})
    diagnostics = of(profile, tmp_path)
    troubles = [finding.trouble for finding in diagnostics.look().findings]
    assert any(isinstance(trouble, ApiAddressError) for trouble in troubles)
    with pytest.raises(ApiAddressError):
        diagnostics.check()
    profile.close()


def test_jobs_that_cannot_be_counted(tmp_path: Path) -> None:
    profile = Profile(Options(tmp_path / "profile"), {})
    # Never opened, and in its place lies something else.
    (tmp_path / "profile" / "dreamina.sqlite").mkdir(parents=True)
    found = Diagnostics(profile, tmp_path).look()
    assert isinstance(found.trouble, DiskError)
    profile.close()


def test_the_check_asks_the_provider(practice: PracticeServer, tmp_path: Path) -> None:
    profile = a_profile(tmp_path / "profile", practice)
    steps = of(profile, tmp_path).check()
    assert [(ended.step, ended.error) for ended in steps] == [(step, None) for step in Step]
    profile.close()
