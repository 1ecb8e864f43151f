"""Findings of a night, message by message, for whoever looks for their cause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fast_time.account import Account
from benchmarks.fast_time.journal import Journal, Taken

_LENGTH = 100  # characters of a message


def keep_findings(journal: Journal, file: Path) -> None:
    """Write what was late, doubled, given up, held, unanswered, told after buying or not understood.

    The people are made up.
    """
    file.write_text("\n".join(_findings(journal)) + "\n", encoding="utf-8")


def _findings(journal: Journal) -> Iterator[str]:
    account = Account(journal)
    for name, found in (
        ("late", account.late()),
        ("doubled without a kill", account.doubled_without_kill()),
        ("after buying", account.told_after_buying()),
    ):
        yield from (_line(name, one) for one in found)
    yield from (f"killed\t{name}\t{at:%d %b %H.%M.%S}" for at, name in journal.kills)
    for life, silent in account.unanswered():
        moments = ", ".join(f"{at:%d %b %H.%M.%S}" for at in silent)
        yield f"without an answer\t{life.addresses}\tnothing came within a minute of {moments or 'none'}"
    for life, cause in account.losers():
        yield f"place lost\t{cause}\t{life.addresses}"
        yield from (f"not understood\t{words}\t{_short(answer)}" for words, answer in life.missed)
    for row, theirs in account.held():
        yield from (_line(f"to {row.person}, for whom {row.source} is held", one) for one in theirs)
    for row in journal.rows:
        if row.state not in {"sent", "gone", "cancelled"}:
            yield f"{row.state}\t{row.channel}\t{row.person}\t{row.kind}\t{row.source}\t{row.reason}"


def _line(name: str, one: Taken) -> str:
    return f"{name}\t{one.channel}\t{one.address}\t{one.at:%d %b %H.%M.%S}\t{one.provider_id}\t{_short(one.words)}"


def _short(words: str) -> str:
    return words.replace("\n", " ")[:_LENGTH]
