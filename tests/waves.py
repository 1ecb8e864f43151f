"""A programme in which waves are otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from programme.programme import Programme
from programme.waves import Wave


def with_waves(programme: Programme, more: Iterable[Wave]) -> Programme:
    """Return the programme with more waves; those with a known number replace the old ones."""
    return replace(programme, waves=MappingProxyType({**programme.waves, **{wave.number: wave for wave in more}}))
