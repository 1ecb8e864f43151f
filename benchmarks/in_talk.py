"""What a talk does to questions that stand by themselves: how many are answered otherwise in the middle of another.

Lines that teach one intent each are asked alone, and again after each opening. Of those that are answered for what they
are alone, the share that gets another conversation's answer. The lines were learned from, so that only the
difference tells anything; after a fraud's warning much of it is caution.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from benchmarks.result import Result
from bot.cli.dialogues.play import Played, play
from bot.cli.dialogues.script import Said, Script
from handlers.understanding.utterances import Utterance, utterances
from programme.programme import Programme, load_programme
from reminders.policy import Policy, load_policy

_OPENINGS: Final = {
    "a reminder": Said("reminder", ""),
    "a plan": Said("person", "ingatkan besok jam 8 malam ya"),
    "the cutoff": Said("person", "batas belinya kapan"),
    "how to buy": Said("person", "cara beli pelatihan gimana"),
    "a wallet": Said("person", "insentif gagal katanya ovo belum premium"),
    "a search": Said("person", "cari pelatihan masak"),
    "a certificate": Said("person", "sertifikat saya belum muncul"),
    "a contact": Said("person", "nomor call center berapa"),
    "a fraud": Said("person", "ada yang wa minta otp katanya dari prakerja"),
}
_NO_MATTER: Final = frozenset(
    ("report_bought", "report_completed", "report_reviewed", "greeting", "thanks", "out_of_scope", "help", "language")
) | {"register_wave", "status", "share"}
"""Intents that depend on the talk, or are none of the programme."""
_AT: Final = datetime.fromisoformat("2021-10-19T14:30+07:00")
_LONGEST: Final = 16  # words
_MOST: Final = 8  # per cent, of any opening but a fraud


@dataclass(frozen=True)
class Answered:
    """What a line led to: the conversations its messages are about, its intent, and how the answer begins."""

    about: frozenset[str]
    intent: str | None
    begins: str

    def is_of(self, intent: str) -> bool:
        """Whether the line was answered for what it is."""
        return self.intent == intent or intent in self.about

    def is_like(self, other: Answered, intent: str) -> bool:
        """Whether another answer is of the same matter, or says the same."""
        return bool(self.about & other.about) or other.intent == intent or self.begins == other.begins


def main(each: int = 45) -> list[Result]:
    """Ask so many lines of each intent."""
    return asyncio.run(_asked(_lines(each)))


def _lines(each: int) -> list[Utterance]:
    by_intent = defaultdict[str, list[Utterance]](list)
    for one in utterances():
        if one.intent not in _NO_MATTER and len(one.text.split()) <= _LONGEST:
            by_intent[one.intent].append(one)
    chance = random.Random(77)
    return [line for of_one in by_intent.values() for line in chance.sample(of_one, min(each, len(of_one)))]


async def _asked(lines: list[Utterance]) -> list[Result]:
    programme, policy = load_programme(), load_policy()
    alone = [await _answer(line, None, programme, policy) for line in lines]
    own = [(line, told) for line, told in zip(lines, alone, strict=True) if told.is_of(line.intent)]
    results = [Result("by themselves", {"lines": len(lines), "of their matter": len(own)})]
    for name, opening in _OPENINGS.items():
        after = [await _answer(line, opening, programme, policy) for line, _told in own]
        lost = sum(not told.is_like(now, line.intent) for (line, told), now in zip(own, after, strict=True))
        share = 100 * lost / len(own)
        wanted = ("", None) if name == "a fraud" else (f"<= {_MOST} %", share <= _MOST)
        results.append(Result(f"after {name}", {"answered otherwise": lost, "%": share}, *wanted))
    return results


async def _answer(line: Utterance, opening: Said | None, programme: Programme, policy: Policy) -> Answered:
    said = (*([opening] if opening is not None else []), Said("person", line.text))
    played = await play(_script(said), programme, policy)
    return _told(played)


def _script(lines: tuple[Said, ...]) -> Script:
    return Script(name="in-talk", kind="single", place="benchmark", who=("wave 21",), at=_AT, lines=lines)


def _told(played: Played) -> Answered:
    outcome = played.outcome
    assert outcome is not None
    about = frozenset(message.about.conversation for message in outcome.messages if message.about is not None)
    return Answered(about, outcome.intent, played.answer[:60])
