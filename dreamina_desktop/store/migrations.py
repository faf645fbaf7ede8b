"""The schema, as the numbered steps that lead to it.

A released step is never changed; a new one is added behind it, together with a fixture
``tests/databases/vN.sqlite`` of the schema it leads to.
"""

from __future__ import annotations

import sqlite3

from dreamina_desktop.core.errors import ProfileTooNewError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # All the columns of a spec are null for a job adopted from elsewhere. Money is an exact
        # decimal and a seed may need more than 64 bits: both are text. Times are ISO 8601, UTC.
        """
        CREATE TABLE jobs (
            id TEXT NOT NULL PRIMARY KEY,
            state TEXT NOT NULL,
            realm TEXT NOT NULL,
            created TEXT NOT NULL,
            changed TEXT NOT NULL,
            model_id TEXT,
            prompt TEXT,
            frames INTEGER,
            seed TEXT,
            picture_source TEXT,
            picture_sha256 TEXT,
            picture_media_type TEXT,
            picture_address TEXT,
            folder TEXT,
            request_id TEXT,
            hold TEXT,
            error_code TEXT,
            error_message TEXT,
            not_before TEXT,
            confirmed TEXT,
            queue_position INTEGER,
            word TEXT NOT NULL,
            submitted TEXT,
            running TEXT,
            completed TEXT,
            result TEXT,
            cost TEXT,
            cancel_wanted INTEGER NOT NULL,
            resting INTEGER NOT NULL,
            asked_again INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            deleted TEXT
        )
        """,
        "CREATE INDEX jobs_by_age ON jobs (created, id)",
        "CREATE INDEX jobs_by_state ON jobs (realm, state)",
        "CREATE INDEX jobs_by_request ON jobs (request_id)",
        """
        CREATE TABLE attempts (
            job_id TEXT NOT NULL REFERENCES jobs (id),
            number INTEGER NOT NULL,
            began TEXT NOT NULL,
            ended TEXT,
            outcome TEXT,
            request_id TEXT,
            error_code TEXT,
            PRIMARY KEY (job_id, number)
        )
        """,
        """
        CREATE TABLE clips (
            job_id TEXT NOT NULL REFERENCES jobs (id),
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            address TEXT NOT NULL,
            path TEXT,
            size INTEGER,
            sha256 TEXT,
            width INTEGER,
            height INTEGER,
            frames INTEGER,
            landed INTEGER NOT NULL,
            PRIMARY KEY (job_id, ordinal)
        )
        """,
        """
        CREATE TABLE prices (
            model_id TEXT NOT NULL,
            at TEXT NOT NULL,
            amount TEXT NOT NULL,
            unit TEXT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (model_id, at)
        )
        """,
    ),
    # What the account held before and after a submit, and when it was asked.
    (
        "ALTER TABLE attempts ADD COLUMN before_amount TEXT",
        "ALTER TABLE attempts ADD COLUMN before_currency TEXT",
        "ALTER TABLE attempts ADD COLUMN before_asked TEXT",
        "ALTER TABLE attempts ADD COLUMN after_amount TEXT",
        "ALTER TABLE attempts ADD COLUMN after_currency TEXT",
        "ALTER TABLE attempts ADD COLUMN after_asked TEXT",
        "CREATE INDEX attempts_by_age ON attempts (began)",
    ),
    # How a local picture travels, null where nothing is known of it: inside the request. And what
    # was put into the user's own buckets.
    (
        "ALTER TABLE jobs ADD COLUMN picture_travel TEXT",
        """
        CREATE TABLE hosted_pictures (
            name TEXT NOT NULL PRIMARY KEY,
            job_id TEXT NOT NULL REFERENCES jobs (id),
            endpoint TEXT NOT NULL,
            region TEXT NOT NULL,
            bucket TEXT NOT NULL,
            deletes_afterwards INTEGER NOT NULL,
            uploaded TEXT,
            removed TEXT
        )
        """,
        "CREATE INDEX hosted_by_job ON hosted_pictures (job_id)",
    ),
    # The frame of an earlier clip that a picture was, null for any other; what a person thinks of
    # a clip; and takes of the same picture found without reading them all.
    (
        "ALTER TABLE jobs ADD COLUMN origin_job TEXT",
        "ALTER TABLE jobs ADD COLUMN origin_ordinal INTEGER",
        "ALTER TABLE jobs ADD COLUMN origin_frame INTEGER",
        """
        CREATE TABLE marks (
            job_id TEXT NOT NULL REFERENCES jobs (id),
            ordinal INTEGER NOT NULL,
            mark TEXT NOT NULL,
            PRIMARY KEY (job_id, ordinal)
        )
        """,
        """
        CREATE INDEX jobs_by_picture ON jobs (
            coalesce(picture_sha256, picture_address, picture_source)
        )
        """,
    ),
)

SCHEMA_VERSION = len(MIGRATIONS)

# The version stands in two places of the file's header: one alone could be damage.
_MARK = 0x44524D00

HEADER = 100
"""Bytes of a database file's own header."""


def migrate(connection: sqlite3.Connection, steps: int = SCHEMA_VERSION) -> None:
    """Bring a database to the current schema, all in one transaction: old or new, never mixed.

    ``steps`` stops earlier (for tests of old schemas). Raises ProfileTooNewError, sqlite3.Error.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read under the lock: another process may have done the same just now.
        version = schema_version(connection)
        if version is not None and version < steps:
            for step in MIGRATIONS[version:steps]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {steps}")
            connection.execute(f"PRAGMA application_id = {_MARK | steps}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if version is not None and version > SCHEMA_VERSION:
        raise ProfileTooNewError(str(version))


def schema_version(connection: sqlite3.Connection) -> int | None:
    """The schema's number, 0 for none yet, None when the file contradicts itself."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if version == 0 and mark == 0:
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return None if objects else 0
    return int(version) if 0 < version < 256 and mark == _MARK | version else None


def version_in_header(header: bytes) -> int | None:
    """The schema's number as a file's first bytes have it; None where they name none of ours."""
    version, mark = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    return version if 0 < version < 256 and mark == _MARK | version else None


def schema_objects(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str | None]]:
    """Every table and index: type, name and the statement that made it."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return frozenset((kind, name, sql) for kind, name, sql in rows)


def expected_objects() -> frozenset[tuple[str, str, str | None]]:
    """What ``schema_objects`` gives for the current schema."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        return schema_objects(connection)
    finally:
        connection.close()
