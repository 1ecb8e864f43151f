"""The columns of a list: their names, meanings and examples, and the headings under which offices write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.importing.words import HEADINGS, heading_form


@dataclass(frozen=True)
class Column:
    """One column. `example` fills the template; `day` says that its cells are days."""

    roll: str
    name: str
    meaning: str
    example: str = ""
    required: bool = False
    day: bool = False

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings that mean this column, as `heading_form` leaves them."""
        return frozenset({heading_form(self.name), *HEADINGS.get((self.roll, self.name), ())})
