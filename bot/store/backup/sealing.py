"""Seals a backup so that only who holds a key can read it: by `age`, whose public key may lie on the server."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from bot.store.backup.copying import NoCopy

_BEGINS: Final = b"age-encryption.org/"


def seal(plain: Path, sealed: Path, key: str) -> None:
    """Write `sealed` for the public `key`, such as age1..., and drop `plain`. Raises NoCopy."""
    _age("--encrypt", "--recipient", key, "--output", str(sealed), str(plain))
    plain.unlink()


def is_sealed(file: Path) -> bool:
    """Tell whether a key is needed to read it."""
    with file.open("rb") as opened:
        return opened.read(len(_BEGINS)) == _BEGINS


def unseal(sealed: Path, plain: Path, identity: Path) -> None:
    """Write `plain` by the private key in the file `identity`. Raises NoCopy."""
    plain.touch(mode=0o600)
    _age("--decrypt", "--identity", str(identity), "--output", str(plain), str(sealed))


def _age(*words: str) -> None:
    found = shutil.which("age")
    if found is None:
        raise NoCopy("age is not installed, which seals backups: it comes with Debian's package age")
    done = subprocess.run([found, *words], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise NoCopy(f"age: {done.stderr.strip().partition(chr(10))[0]}")
