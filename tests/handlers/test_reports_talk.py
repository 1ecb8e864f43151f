"""What is noted is what was said: dialogues without a purchase silence no reminder, reports are heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from talking import Talk

from programme.milestones import Milestone
from programme.participants import Participant
from programme.zones import Zone
from reminders.desk import Desk
from reminders.policy import load_policy

HERE = Path(__file__).parent
LAST_DAY = datetime.fromisoformat("2021-10-21T14:00:00+07:00")


class Chat(NamedTuple):
    voice: str
    who: str
    turns: tuple[str, ...]


def chats(name: str) -> Iterator[Chat]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            voice, who, turns = line.split("\t")
            yield Chat(voice, who, tuple(turns.split(" / ")))


def somebody(who: str) -> Talk:
    known = {} if who == "new" else {"wave": 21, "zone": Zone.WIB}
    talk = Talk(Participant(id=1, welcomed=True, **known))
    talk.now = LAST_DAY if who == "late" else talk.now
    return talk


async def lead(talk: Talk, chat: Chat) -> None:
    for place, turn in enumerate(chat.turns):
        if turn.startswith("[") and turn.endswith("]"):
            await talk.presses(turn[1:-1])
        else:
            await talk.says(turn, forwarded=chat.who == "fw" and place == 0)


def reminders(talk: Talk) -> list[str]:
    """The reminders of the first purchase that are still ahead of somebody of wave 21."""
    person = talk.participant
    assert person.wave in {None, 21}, "another wave has other reminders"
    assert person.zone in {None, Zone.WIB}
    ahead = Desk(talk.programme, load_policy()).upcoming(person if person.wave else _in_21(person), talk.now)
    return [due.source for due in ahead if due.unless is Milestone.BOUGHT]


def _in_21(person: Participant) -> Participant:
    from programme.events import WaveTold

    return person.after(WaveTold(21))


async def test_no_dialogue_without_a_purchase_silences_a_reminder() -> None:
    silenced = []
    for chat in chats("without_a_purchase.tsv"):
        talk = somebody(chat.who)
        await lead(talk, chat)
        everything = 3 if chat.who == "late" else 6
        if talk.participant.progress or len(reminders(talk)) < everything - 1:
            silenced.append((chat.turns, sorted(talk.participant.progress), reminders(talk)))
    assert not silenced


async def test_who_has_bought_is_heard_after_one_question_at_most() -> None:
    unheard = []
    for chat in chats("with_a_purchase.tsv"):
        talk = somebody(chat.who)
        await lead(talk, chat)
        if not talk.participant.has(Milestone.BOUGHT):
            yes = [label for label in talk.buttons if label in {"✅ Ya, aku sudah beli", "Aku sudah beli pelatihan"}]
            if yes:
                await talk.presses(yes[0])
        if not talk.participant.has(Milestone.BOUGHT):
            unheard.append((chat.turns, talk.outcome.intent if talk.outcome else None, talk.plain[:90]))
    assert not unheard
