"""Secrets in files: every secret setting may be given as NAME_FILE, the path of a file that holds it and nothing else.

So it stands in no environment, which other accounts and crash reports may show; Docker, Kubernetes and systemd hand
secrets out that way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

SUFFIX: Final = "_FILE"


class SecretFileError(ValueError):
    """A file that a setting names can't be used; the sentence says which and why."""


def from_files(names: Iterable[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Read the settings of these names, in capitals, that are given as files; by name. Raises SecretFileError.

    An empty NAME_FILE is none, as an empty setting is.
    """
    given = {name: environment.get(name + SUFFIX, "") for name in names}
    return {name: _read(name, path, environment) for name, path in given.items() if path}


def _read(name: str, path: str, environment: Mapping[str, str]) -> str:
    if environment.get(name):
        raise SecretFileError(f"{name}: set it or {name}{SUFFIX}, not both")
    try:
        held = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SecretFileError(f"{name}{SUFFIX}: {path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SecretFileError(f"{name}{SUFFIX}: {path} holds something else than text") from None
    if not held:
        raise SecretFileError(f"{name}{SUFFIX}: {path} is empty")
    return held
