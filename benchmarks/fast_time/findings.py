"""Findings of a night, message by message, for whoever looks for their cause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.fast_time.account import Account
from benchmarks.fast_time.journal import Journal, Taken

_LENGTH = 100  # characters of a message


def keep_findings(journal: Journal, file: Path) -> None:
    """Write what was late, doubled, given up, or told after buying; the people are made up."""
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
    for row in journal.rows:
        if row.state not in {"sent", "gone", "cancelled"}:
            yield f"{row.state}\t{row.channel}\t{row.person}\t{row.kind}\t{row.source}\t{row.reason}"


def _line(name: str, one: Taken) -> str:
    words = one.words.replace("\n", " ")[:_LENGTH]
    return f"{name}\t{one.channel}\t{one.address}\t{one.at:%d %b %H.%M.%S}\t{one.provider_id}\t{words}"
