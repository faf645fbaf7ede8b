"""Pictures put into the user's buckets, inside a transaction of the caller.

Only names: an address that opens one of them is made for each submit, and is written nowhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from dreamina_desktop.core.hosted_picture import HostedPicture
from dreamina_desktop.core.job import FINAL
from dreamina_desktop.store.job_rows import Columns, RowUnreadableError, Value
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import time_of, time_text

_FINAL_WORDS = ", ".join(sorted(f"'{state.value}'" for state in FINAL))


def hosted_from(row: sqlite3.Row) -> HostedPicture:
    """The picture of a row. Raises RowUnreadableError."""
    uploaded, removed = row["uploaded"], row["removed"]
    try:
        return HostedPicture(
            name=text_of(row["name"]),
            job_id=text_of(row["job_id"]),
            endpoint=text_of(row["endpoint"]),
            region=text_of(row["region"]),
            bucket=text_of(row["bucket"]),
            deletes_afterwards=Columns(row).flag("deletes_afterwards"),
            uploaded=None if uploaded is None else time_of(uploaded),
            removed=None if removed is None else time_of(removed),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise RowUnreadableError("hosted_pictures") from error


def add_hosted(connection: sqlite3.Connection, picture: HostedPicture) -> None:
    """A new row. Raises sqlite3.IntegrityError when the name is taken."""
    connection.execute(
        "INSERT INTO hosted_pictures (name, job_id, endpoint, region, bucket, deletes_afterwards,"
        " uploaded, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stored(picture.name),
            stored(picture.job_id),
            stored(picture.endpoint),
            stored(picture.region),
            stored(picture.bucket),
            int(picture.deletes_afterwards),
            None if picture.uploaded is None else time_text(picture.uploaded),
            None if picture.removed is None else time_text(picture.removed),
        ),
    )


def mark_uploaded(connection: sqlite3.Connection, name: str, at: datetime) -> None:
    """Write when a picture was whole in its bucket."""
    connection.execute(
        "UPDATE hosted_pictures SET uploaded = ? WHERE name = ?", (time_text(at), stored(name))
    )


def mark_removed(connection: sqlite3.Connection, name: str, at: datetime) -> None:
    """Write when a picture was gone from its bucket."""
    connection.execute(
        "UPDATE hosted_pictures SET removed = ? WHERE name = ?", (time_text(at), stored(name))
    )


def find_hosted(connection: sqlite3.Connection, job_id: str) -> tuple[HostedPicture, ...]:
    """A job's pictures that are not removed. Raises RowUnreadableError."""
    query = "SELECT * FROM hosted_pictures WHERE job_id = ? AND removed IS NULL ORDER BY rowid"
    return _found(connection, query, (stored(job_id),))


def find_removable(connection: sqlite3.Connection) -> tuple[HostedPicture, ...]:
    """Those to be deleted whose jobs are over; hidden ones too. Raises RowUnreadableError."""
    query = (
        "SELECT hosted_pictures.* FROM hosted_pictures JOIN jobs ON jobs.id = job_id"  # noqa: S608
        f" WHERE deletes_afterwards AND removed IS NULL AND state IN ({_FINAL_WORDS})"
        " ORDER BY hosted_pictures.rowid"
    )
    return _found(connection, query)


def _found(
    connection: sqlite3.Connection, query: str, values: Sequence[Value] = ()
) -> tuple[HostedPicture, ...]:
    return tuple(hosted_from(row) for row in connection.execute(query, values).fetchall())
