"""What a test of the bucket's settings found, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dreamina_desktop.core.hosting_errors import HostingError


class BucketStep(StrEnum):
    """The steps, in their order."""

    PLACE = "place"
    """The settings can be used, and the provider could reach the endpoint."""
    PUT = "put"
    """A small object is uploaded under a random name."""
    READ = "read"
    """Its pre-signed address gives the same bytes to one who has no keys."""
    PUBLIC = "public"
    """Its bare address gives them to nobody."""
    DELETE = "delete"
    """It is deleted."""


class StepOutcome(StrEnum):
    """How a step went. Only FAILED stands in the way of sending pictures through the bucket."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class BucketFinding:
    """One step. ``error`` is None for one that passed or was skipped."""

    step: BucketStep
    outcome: StepOutcome
    error: HostingError | None = None
