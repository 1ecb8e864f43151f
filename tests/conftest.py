"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

from tests.databases import (  # noqa: F401 - one PostgreSQL for every folder of tests
    empty_url,
    postgres_migrated,
    postgres_server,
    postgres_url,
    sqlite_template,
    sqlite_url,
    store,
    tx,
    url,
)

settings.register_profile("sobat", deadline=None)  # a slow machine is no failure
settings.load_profile("sobat")
