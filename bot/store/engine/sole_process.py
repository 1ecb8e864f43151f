"""One process serves an SQLite file: a lock beside it proves that no other one lives."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class ServedAlready(Exception):
    """Another process serves this database; the sentence says which."""


class SoleProcess:
    """Holds the lock of the database at `path` until `close`, or until this process dies in whatever way."""

    def __init__(self, path: str) -> None:
        self._path = Path(f"{path}-serving")
        self._held: int | None = None

    def take(self) -> bool:
        """Hold the lock; False where the system has none, and nothing is proved. Raises ServedAlready, OSError."""
        if fcntl is None:
            return False
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.read(file, 20).decode(errors="replace").strip()
            os.close(file)
            raise ServedAlready(
                f"another process ({other or 'of unknown number'}) serves this database: stop it first, "
                "or take PostgreSQL, which several can share"
            ) from None
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._held = file
        return True

    def close(self) -> None:
        """Let the next one in."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
