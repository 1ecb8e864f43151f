"""Reads the rows of a sheet. What is said of many, beside another number each, is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

import orjson

from bot.importing.cells import SIMPLE_PHONE, phone
from bot.importing.days import OrderEvidence
from bot.importing.errors import BadRow
from bot.importing.lists import Office, Roll
from bot.importing.numbers import was_fraction
from bot.importing.sheets import Row, Sheet
from bot.importing.stage import Facts, StagingFile, Told

_REMEMBERED = 16_384  # combinations of cells
_NUMBERS = ("phone", "wave", "number", "amount")

Bad = list[tuple[int, str]]
Rows = list[Told]


class RowReader:
    """Reads one sheet from its beginning to its end, and gathers what its rows tell of the order of day and month.

    `fractions` counts cells such as `18.0`.
    """

    def __init__(self, roll: Roll, sheet: Sheet, office: Office, stage: StagingFile) -> None:
        self.evidence, self.fractions = OrderEvidence(), 0
        self._roll, self._sheet, self._office, self._stage = roll, sheet, office, stage
        self._days = sheet.places([column.name for column in roll.columns if column.day])
        self._numbers = sheet.places(_NUMBERS)
        self._picked = itemgetter(*[at for name, at in sheet.heading.places.items() if name != "phone"])
        self._hash = office.numbers.current.hasher()
        self._former = [key.hasher() for key in office.numbers.former]
        self._remembered: dict[object, tuple[int | None, Facts, int]] = {}

    def read(self, first: int, lines: Sequence[list[str]], bad: Bad) -> Rows:
        """Return what can be read of some lines, the first of them being row `first`; put the others with `bad`."""
        rows: Rows = []
        if not self._roll.of_people:
            for number, line in enumerate(lines, first):
                self._one(number, line, rows, bad)
            return rows
        width, at, picked = len(self._sheet.heading.cells), self._sheet.heading.places["phone"], self._picked
        simple, remembered, hashed, former = SIMPLE_PHONE.fullmatch, self._remembered.get, self._hash, self._former
        for number, line in enumerate(lines, first):  # eight hundred thousand times: every name costs
            if len(line) < width:
                line.extend([""] * (width - len(line)))
            known, plain = remembered(picked(line)), simple(line[at])
            if known is None or plain is None or len(line) > width:
                self._one(number, line, rows, bad)
                continue
            more, facts, fractions = known
            if fractions:
                self.fractions += fractions
            full = "+62" + plain[1]
            rows.append((hashed(full), more, number, facts, _before(full, former) if former else None))
        return rows

    def _one(self, number: int, line: list[str], rows: Rows, bad: Bad) -> None:
        """Read one row as if it were the first; an empty one is passed over."""
        if not any(map(str.strip, line)):
            return
        for at in self._days:
            if at < len(line):
                self.evidence.note(number, line[at])
        self.fractions += self._fractions(line, self._numbers)
        row = Row(number, line, self._sheet)
        try:
            row.check_width()
            rows.append(self._of_people(row) if self._roll.of_people else self._other(row))
        except BadRow as wrong:
            bad.append((number, str(wrong)))

    def _of_people(self, row: Row) -> Told:
        full, cells = phone(row), self._picked(row.line)
        known = self._remembered.get(cells)
        if known is None:
            line = self._roll.read(row, self._office)
            beside = [at for at in self._numbers if at != self._sheet.heading.places["phone"]]
            more = line[0] if self._roll.keys > 1 else None
            known = more, self._stage.put_facts(line), self._fractions(row.line, beside)
            if len(self._remembered) < _REMEMBERED:
                self._remembered[cells] = known
        former = _before(full, self._former) if self._former else None
        return (self._hash(full), known[0], row.number, known[1], former)

    def _other(self, row: Row) -> Told:
        subject, *facts = self._roll.read(row, self._office)
        return (subject, None, row.number, self._stage.put_facts(tuple(facts)), None)

    @staticmethod
    def _fractions(line: Sequence[str], places: Sequence[int]) -> int:
        return sum(was_fraction(line[at]) for at in places if at < len(line))


def _before(full: str, former: Sequence[Callable[[str], str]]) -> str:
    """Return the hashes under which a number may lie from before, as they are put down."""
    return orjson.dumps([hashed(full) for hashed in former]).decode()
