"""Holds each room to its floor of branch coverage: ``check_coverage.py coverage.json``.

The measure is coverage.py's own: lines and branches taken, of all lines and branches.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path, PurePath

FLOORS = {"core": 100, "jobs": 100, "api": 95, "store": 95}


def room_of(path: str) -> str:
    """The room of a measured file, e.g. ``core`` of ``dreamina_desktop/core/job.py``."""
    parts = PurePath(path.replace("\\", "/")).parts
    return parts[1] if len(parts) > 2 else ""


def main(report: Path) -> int:
    """Print each room's figure, and every gap of a room below its floor; 1 if there is one."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    below = 0
    for room, floor in FLOORS.items():
        measured = {path: data for path, data in files.items() if room_of(path) == room}
        summaries = [data["summary"] for data in measured.values()]
        total = sum(summary["num_statements"] + summary["num_branches"] for summary in summaries)
        taken = sum(summary["covered_lines"] + summary["covered_branches"] for summary in summaries)
        # Whole numbers: 99.99 % must not pass for 100 %. A room that nobody measured fails too.
        if total and taken * 100 >= floor * total:
            print(f"{room}: {100 * taken / total:.2f} % covered (floor {floor} %)")
            continue
        below += 1
        print(f"{room}: {taken} of {total} lines and branches covered, BELOW its floor {floor} %")
        for path, data in measured.items():
            gaps = [*data["missing_lines"], *(f"{a}->{b}" for a, b in data["missing_branches"])]
            if gaps:
                print(f"  {path}: {', '.join(map(str, gaps))}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
