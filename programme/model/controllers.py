"""Data controller: who answers for what is kept of people, as Law 27/2022 calls whoever runs this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataController:
    """The controller's name, and how people reach them: an address, a number, a page."""

    name: str
    contact: str
