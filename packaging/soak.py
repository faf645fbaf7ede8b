"""Runs the scorecard's long trials and writes what fell out to docs/reliability.md.

``soak.py [--share S] [ROW ...]`` runs only those rows and keeps the figures of the others. ``S``
is the share of the long trials that there is time for; the page says how many there were.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUTCOMES = ROOT / "build" / "soak"
PAGE = ROOT / "docs" / "reliability.md"

sys.path.insert(0, str(ROOT))

from tests.reliability.scorecard import SCORECARD  # noqa: E402

_HEAD = """# What is promised, and what the long run found

Every click is on disk before it is sent. We never send it twice on our own. If we cannot know, we
say so.

Each row is one promise with its tests in `tests/reliability/`. A short run of each belongs to
`make test`; this page is written by `make soak`, one row alone by `make soak ROWS=7`. The
practice server's own ledger says what was paid, never the client's word. Where the machine had less
than an hour, `SHARE=0.3` ran that share of the long trials: the numbers are those that ran.

{machine}
"""


def main(arguments: list[str]) -> int:
    """Run and write. The exit code is that of the tests."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", default="1")
    parser.add_argument("rows", nargs="*")
    parsed = parser.parse_args(arguments)
    rows: list[str] = parsed.rows
    command = [
        *(sys.executable, "-m", "pytest", "tests/reliability", "-m", "promise"),
        *(
            "--soak",
            str(OUTCOMES),
            "--share",
            parsed.share,
            "--timeout",
            "3600",
            "-n",
            "2",
            "--dist",
            "worksteal",
        ),
        *(["--rows", ",".join(rows)] if rows else []),
    ]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ)
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    PAGE.write_text(page(kept(OUTCOMES), _machine()), "utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return code


def kept(folder: Path) -> list[dict[str, Any]]:
    """All outcomes that lie in ``folder``, in the order of the rows."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def page(outcomes: list[dict[str, Any]], machine: str) -> str:
    """The page about these outcomes, as Markdown."""
    parts = [_HEAD.format(machine=machine)]
    for promise in SCORECARD:
        parts.append(f"## {promise.row}. {promise.promise}\n")
        parts.append(f"Kept when: {promise.passes_when}.\n")
        found = [outcome for outcome in outcomes if outcome["row"] == promise.row]
        if not found:
            parts.append("Not run yet.\n")
            continue
        parts.append("| test | trials | what fell out | kept | took | date |")
        parts.append("|---|---|---|---|---|---|")
        parts += [_line(outcome) for outcome in found]
        parts.append(f"\n`make soak ROWS={promise.row}`\n")
    return "\n".join(parts)


def _line(outcome: dict[str, Any]) -> str:
    fell = ", ".join(f"{what} {times}" for what, times in outcome["fell_out"].items()) or "–"
    answer = "yes" if outcome["passed"] else "**no**"
    cells = (
        outcome["part"].replace("|", "/"),
        str(outcome["trials"]),
        fell.replace("|", "/"),
        answer,
        f"{outcome['seconds']:.0f} s",
        outcome["when"],
    )
    return "| " + " | ".join(cells) + " |"


def _machine() -> str:
    return (
        f"Machine: {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
