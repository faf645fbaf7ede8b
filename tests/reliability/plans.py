"""What awaits a client that comes back after a kill: five plans of trouble."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.practice_server import Settings
from tests.reliability.desk import Desk
from tests.reliability.patience import eventually
from tests.reliability.providers import Provider


@dataclass(frozen=True, slots=True)
class Plan:
    """``struck`` are the calls that chaos strikes while the client works on.

    ``provider_dies``: at the same time as the client. ``again``: the client is killed once more,
    as soon as its work has moved anything at all.
    """

    name: str
    struck: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    provider_dies: bool = False
    again: bool = False

    def trouble(self, seed: int) -> Settings:
        """The settings of the practice server after the kill."""
        if not self.struck:
            return {}
        chaos: Settings = {"seed": seed, "share": 0.5, "on": list(self.struck), "longest": 0.3}
        return {"chaos": chaos | ({"faults": list(self.faults)} if self.faults else {})}


PLANS = (
    Plan("quiet"),
    Plan("bad weather", struck=("status", "result")),
    Plan(
        "bad downloads",
        struck=("clip",),
        faults=(
            "reset_before", "reset_after", "cut_after", "close_after", "503", "portal",
            "truncate", "short", "wrong_length", "no_moov", "gzip_bomb", "bad_range",
        ),
    ),
    Plan("the provider starts anew", provider_dies=True),
    Plan("killed again", again=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """All that shows from outside how far a client has come."""

    rows: tuple[object, ...]
    receipts: int
    requests: int
    files: tuple[tuple[str, int], ...] = field(default=())


def sight(desk: Desk) -> Sight:
    """What can be seen now."""
    receipts = desk.profile / "receipts.jsonl"
    return Sight(
        rows=desk.rows.look(),
        receipts=receipts.stat().st_size if receipts.exists() else 0,
        requests=len(desk.server.requests()),
        files=tuple((path.name, path.stat().st_size) for path in desk.downloads()),
    )


def kill_again(desk: Desk) -> None:
    """Begin the work anew and kill it at the next thing that it does."""
    before = sight(desk)
    command = desk.start("resume", "--json")
    eventually(
        lambda: sight(desk) != before or not command.is_running, "that it moves", pause=0.002
    )
    command.kill()


def strike(plan: Plan, server: Provider, seed: int) -> None:
    """Let the plan's trouble begin; the client is dead."""
    if plan.provider_dies:
        server.kill()
    server.trouble(**plan.trouble(seed))
    if plan.provider_dies:
        server.restart()
