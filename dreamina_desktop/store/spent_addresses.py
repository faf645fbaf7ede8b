"""The addresses of a result, once nothing is fetched from them any more.

A download has to go on after a crash, so the whole address, with its signature, is on disk for as
long as the clip is not. Behind that, only host and path stay: they tell where a clip came from.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace

from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.core.redaction import CUT, bare_addresses
from dreamina_desktop.store.stored_text import stored, text_of

SPENT = FINAL | {JobState.EXPIRED}
"""States from which no address is used again: an expired result is asked for anew."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_WORDS = ", ".join(sorted(f"'{state.value}'" for state in SPENT))
# A name and a password stand before an @; JSON may write any sign as \u….
_SUSPICIOUS = " OR ".join(f"instr({{0}}, '{sign}')" for sign in ("?", "#", "@", "\\u"))


def without_signatures(job: Job) -> Job:
    """The job as it is kept: itself, or with bare addresses once nothing is fetched from them."""
    if job.state not in SPENT:
        return job
    return replace(
        job,
        result=None if job.result is None else bare_result(job.result),
        clips=tuple(replace(clip, address=_bare(clip.address)) for clip in job.clips),
    )


def bare_result(document: str) -> str:
    """A result's JSON with bare addresses; else as it came, to the last digit and blank."""
    return _STRING.sub(_bare_string, document)


def forget_spent(connection: sqlite3.Connection) -> int:
    """Clean the rows that an earlier version left, in a transaction; how many there were."""
    count = 0
    for table, column, of_spent in (
        ("jobs", "result", f"state IN ({_WORDS})"),
        ("clips", "address", f"job_id IN (SELECT id FROM jobs WHERE state IN ({_WORDS}))"),  # noqa: S608
    ):
        # All names are this module's own.
        where = f"{of_spent} AND ({_SUSPICIOUS.format(column)})"
        query = f"SELECT rowid AS number, {column} AS kept FROM {table} WHERE {where}"  # noqa: S608
        for row in connection.execute(query).fetchall():
            kept = text_of(row["kept"])
            bare = bare_result(kept) if column == "result" else _bare(kept)
            if bare != kept:
                change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608
                connection.execute(change, (stored(bare), row["number"]))
                count += 1
    return count


def _bare(text: str) -> str:
    # Without the sign that something was cut: what is clean shall not be looked at every time.
    return bare_addresses(text).replace(f"?{CUT}", "")


def _bare_string(found: re.Match[str]) -> str:
    token = found[0]
    try:
        text = json.loads(token, strict=False)
    except ValueError:
        return _bare(token)
    bare = _bare(text)
    return token if bare == text else json.dumps(bare)
