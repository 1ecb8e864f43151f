"""Database engines: how SQLite and PostgreSQL are opened, written to and migrated."""
