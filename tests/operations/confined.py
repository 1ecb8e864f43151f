"""A process under the SystemCallFilter of a unit, without systemd: `python confined.py UNIT WORD...`.

`systemd-analyze verify` reads a filter and does not try it. This expands its groups as systemd does, hands them to
libseccomp, and becomes `python WORD...`.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

_LIBRARY: Final = "libseccomp.so.2"
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_EPERM: Final = 1
_UNKNOWN: Final = -1


@cache
def _group(name: str) -> frozenset[str]:
    """The system calls of a group such as @system-service, those of the groups in it included."""
    words = ["systemd-analyze", "syscall-filter", "--no-pager", name]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    named = [line.strip() for line in told.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return _calls(named)


def _calls(named: list[str]) -> frozenset[str]:
    return frozenset().union(*(_group(each) if each.startswith("@") else {each} for each in named))


def permitted(unit: str) -> frozenset[str]:
    """The system calls that the lines of a unit leave, in the order in which they stand."""
    left: frozenset[str] = frozenset()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, flags=re.MULTILINE):
        named = _calls(line.removeprefix("~").split())
        left = left - named if line.startswith("~") else left | named
    return left | _group("@default")


def confine(unit: str) -> None:
    """Permit this process nothing but what the unit permits. Raises OSError where there is no libseccomp."""
    seccomp = ctypes.CDLL(_LIBRARY)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    refused = _ERRNO | _EPERM if "\nSystemCallErrorNumber=EPERM\n" in unit else _KILL
    context = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(refused)))
    for name in sorted(permitted(unit)):
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number > _UNKNOWN:
            seccomp.seccomp_rule_add(context, ctypes.c_uint32(_ALLOW), number, 0)
    if seccomp.seccomp_load(context):
        raise OSError("the filter could not be laid on this process")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    confine(Path(sys.argv[1]).read_text(encoding="utf-8"))
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])  # noqa: S606 - our own words
