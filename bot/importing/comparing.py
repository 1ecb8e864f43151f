"""Compares what a list says with what is known: once for all of whom the same is known and the same is said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.importing.changes import Changes, Effect
from bot.importing.errors import BadRow
from bot.importing.lists import Office, Roll
from bot.importing.reading import Bad
from bot.importing.stage import Change, Facts, StagingFile, Told, former_of
from bot.store import Line

_REMEMBERED = 16_384  # pairs of what was known and what is said

Known = Mapping[tuple[str, int | None], Line]
"""What follows the first value of a line that is known, by the key of that line (`Told`)."""

_key = itemgetter(0, 1)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What comes of what was known and what is said; `wrong` tells why they don't go together."""

    differs: bool = False
    effects: tuple[Effect, ...] = ()
    wrong: str = ""


class Comparison:
    """Counts the changes of a list, and puts what is to be kept, and what can't be, on the stage."""

    def __init__(self, roll: Roll, office: Office, stage: StagingFile, changes: Changes) -> None:
        self._roll, self._office, self._stage, self._changes = roll, office, stage, changes
        self._verdicts: dict[tuple[Line | None, Facts], _Verdict] = {}

    def agreed(self, rows: Sequence[Told]) -> Sequence[Told]:
        """Let one row of each key through; where rows contradict each other, none of them is right for certain."""
        if len(set(map(_key, rows))) == len(rows):
            return rows
        groups: defaultdict[tuple[str, int | None], list[Told]] = defaultdict(list)
        for row in rows:
            groups[_key(row)].append(row)
        let, bad = [], []
        for group in groups.values():
            if len({facts for _, _, _, facts, _ in group}) == 1:
                self._changes.repeated += len(group) - 1
                let.append(group[0])
            else:
                bad += _contradicting([row[2] for row in group])
        self._refuse(bad)
        return let

    def compare(self, rows: Sequence[Told], known: Known) -> None:
        """Count rows by what they change, and put those that do on the stage once more."""
        found = [known.get((subject, more)) for subject, more, _, _, _ in rows]
        renewed = _renewed(rows, found, known)
        pairs = [(before, row[3]) for before, row in zip(found, rows, strict=True)]
        verdicts = {pair: self._judged(pair, times) for pair, times in Counter(pairs).items()}
        if not renewed and not any(verdict.differs or verdict.wrong for verdict in verdicts.values()):
            return
        kept: list[Change] = []
        bad: Bad = []
        for at, ((subject, _, number, facts, former), pair) in enumerate(zip(rows, pairs, strict=True)):
            verdict = verdicts[pair]
            if verdict.wrong:
                bad.append((number, verdict.wrong))
            elif verdict.differs or at in renewed:
                kept.append((subject, facts, former, pair[0] is None))
        self._stage.change(kept)
        self._refuse(bad)

    def _judged(self, pair: tuple[Line | None, Facts], times: int) -> _Verdict:
        """Judge what is known and what is said, and count it for so many rows."""
        verdict = self._verdicts.get(pair)
        if verdict is None:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            verdict = self._verdicts[pair] = self._judge(*pair)
        if not verdict.wrong:
            self._changes.compare(pair[0], differs=verdict.differs, times=times)
            for effect in verdict.effects:
                self._changes.count(effect, times)
        return verdict

    def _judge(self, known: Line | None, facts: Facts) -> _Verdict:
        before = None if known is None else ("", *known)
        try:
            after = self._roll.merged(before, ("", *self._stage.facts(facts)), self._office)
        except BadRow as wrong:
            return _Verdict(wrong=str(wrong))
        return _Verdict(before != after, tuple(self._roll.effects(before, after, self._office)))

    def _refuse(self, bad: Bad) -> None:
        self._stage.refuse(bad)
        self._changes.bad += len(bad)


def _renewed(rows: Sequence[Told], found: list[Line | None], known: Known) -> set[int]:
    """Put what is known under former hashes into `found`; return where: it has to be put under the one in use."""
    renewed = set()
    for at, (_, more, _, _, former) in enumerate(rows):
        if former and found[at] is None:
            found[at] = next(filter(None, (known.get((each, more)) for each in former_of(former))), None)
            if found[at] is not None:
                renewed.add(at)
    return renewed


def _contradicting(numbers: Sequence[int]) -> Bad:
    """Say of rows with the same key that they contradict each other."""
    told = []
    for number in numbers:
        others = ", ".join(str(other) for other in numbers[:6] if other != number)
        told.append((number, f"is about the same as row {others}, and says something else: neither is taken"))
    return told
