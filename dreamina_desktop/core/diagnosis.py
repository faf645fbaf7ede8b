"""What is worth knowing when something does not work; never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import JobState


class Fact(StrEnum):
    """What a finding is about."""

    PROGRAM = "program"
    PYTHON = "python"
    QT = "qt"
    PYAV = "pyav"
    PILLOW = "pillow"
    HTTPX = "httpx"
    SQLITE = "sqlite"
    SYSTEM = "system"
    PROFILE = "profile"
    SETTINGS = "settings"
    CLIPS = "clips"
    CRASH_LOG = "crash_log"
    LAST_CRASH = "last_crash"
    KEYRING = "keyring"
    KEY = "key"
    API = "api"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Finding:
    """``value`` is a technical name, version, path or moment; "" where there is none.

    ``trouble`` is why it could not be found out.
    """

    fact: Fact
    value: str = ""
    trouble: DreaminaError | None = None


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a profile are in a state, deleted ones among them."""

    state: JobState
    count: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``trouble`` is why the jobs could not be counted, None when they were."""

    findings: tuple[Finding, ...]
    jobs: tuple[JobCount, ...]
    trouble: DreaminaError | None = None


class Step(StrEnum):
    """The questions of the connection check, each asked when the one before was answered well."""

    WAY = "way"
    ANSWER = "answer"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class StepEnded:
    """``detail`` is technical, such as the addresses found; ``error`` None when all is well."""

    step: Step
    detail: str = ""
    error: DreaminaError | None = None
