"""Commands about canned replies: read by everybody, proposed by one supervisor and approved by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Protocol

from bot.helpdesk.filling import PLACES_OF_TICKETS, unknown_place
from bot.helpdesk.staff_request import MATTER_WORDS, StaffAnswer, StaffRequest, Verbs, keys_of, matter_of
from bot.store import UnitOfWork
from handlers.intents import INTENTS
from handlers.phrases.matters import SELF_HELP
from programme.helpdesk import CannedReply, HelpdeskRules
from programme.model.staff import StaffMember

_LONGEST_NAME: Final = 24  # it stands on a button
_FOR: Final = "untuk:"


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """A canned reply that is proposed, what of it, and by whom."""

    number: int
    name: str
    field: str
    value: str
    proposer: str


class ReplyEdits(Protocol):
    """What decides about canned replies, here and at the console; each act says what came of it, HTML."""

    async def propose(self, tx: UnitOfWork, name: str, wanted: Mapping[str, str], member: StaffMember) -> str:
        """Propose the fields that are another, by name of the field: `text`, `intent`."""
        ...

    async def decide(self, tx: UnitOfWork, number: int, member: StaffMember, *, agrees: bool) -> str:
        """Approve a proposal, or reject it; one's own is withdrawn."""
        ...

    async def waiting(self, tx: UnitOfWork) -> Sequence[WaitingReply]:
        """Return what waits for a second person."""
        ...


@dataclass(frozen=True, slots=True)
class ReplyCommands:
    """Shows them and has them changed; what holds stands in the store and wins over the data."""

    rules: HelpdeskRules
    edits: ReplyEdits

    def verbs(self) -> Verbs:
        """Return what can be asked here."""
        return {"balasan": self._canned, "usulan": self._decided}

    async def _canned(self, asked: StaffRequest) -> StaffAnswer:
        name, _space, text = asked.words.partition(" ")
        known = {**self.rules.canned, **await asked.tx.agents.canned()}
        if not name:
            return _listed(known, asked)
        if not text:
            return _one(name, known, asked)
        if not asked.leads:
            return StaffAnswer("🚫 Hanya supervisor yang bisa mengubah balasan.")
        intent, text = _intent_of(text, known.get(name))
        if intent is None:
            return StaffAnswer(f"🚫 Setelah {_FOR} tulis perihal ({MATTER_WORDS}) atau nama maksud, misalnya deadline.")
        if len(name) > _LONGEST_NAME:
            return StaffAnswer(f"🚫 Namanya terlalu panjang: paling banyak {_LONGEST_NAME} huruf.")
        if (unknown := unknown_place(text)) is not None:
            return StaffAnswer(f"🚫 {{{escape(unknown)}}} tidak dikenal. Ada: {_places()}")
        return StaffAnswer(await self.edits.propose(asked.tx, name, {"text": text, "intent": intent}, asked.member))

    async def _decided(self, asked: StaffRequest) -> StaffAnswer:
        number, _space, word = asked.words.partition(" ")
        if number.isdecimal() and word in {"setuju", "tolak"}:
            agrees = word == "setuju"
            return StaffAnswer(await self.edits.decide(asked.tx, int(number), asked.member, agrees=agrees))
        waiting = await self.edits.waiting(asked.tx)
        shown = "\n\n".join(map(_waiting, waiting)) or "Tidak ada usulan balasan yang menunggu."
        labels = {
            label: ("usulan", f"{one.number} {word}")
            for one in waiting
            for label, word in ((f"✅ Setujui {one.number}", "setuju"), (f"✖️ Tolak {one.number}", "tolak"))
        }
        return StaffAnswer(shown, keys_of(labels) if asked.leads else ())


def _waiting(one: WaitingReply) -> str:
    what = "untuk maksud" if one.field == "intent" else "teks"
    return f"📝 Usulan {one.number}, {escape(one.proposer)}: <b>{escape(one.name)}</b>, {what}\n{escape(one.value)}"


def _listed(known: dict[str, CannedReply], asked: StaffRequest) -> StaffAnswer:
    shown = "\n\n".join(map(_written, known.values()))
    keys = keys_of({f"✏️ {name}": ("balasan", name) for name in known}) if asked.leads else ()
    return StaffAnswer(shown or "Belum ada balasan siap.", keys)


def _one(name: str, known: dict[str, CannedReply], asked: StaffRequest) -> StaffAnswer:
    found = known.get(name)
    shown = _written(found) if found else f"Belum ada balasan bernama {escape(name)}."
    if not asked.leads:
        return StaffAnswer(shown)
    ask = f"{shown}\n\n✏️ Balas pesan ini dengan teks barunya. Isian: {_places()}"
    return StaffAnswer(ask, completes=f"balasan {name}")


def _intent_of(text: str, known: CannedReply | None) -> tuple[str | None, str]:
    """Read *untuk:insentif ...* or an intent's own name; without it, the reply stays with its intent."""
    if not text.startswith(_FOR):
        return (known.intent if known else "handoff"), text
    word, _space, rest = text.removeprefix(_FOR).partition(" ")
    intent = SELF_HELP.get(matter_of(word) or "", word)
    return (intent if intent in INTENTS and rest.strip() else None), rest.strip()


def _written(one: CannedReply) -> str:
    return f"<b>{escape(one.name)}</b> ({one.intent})\n{escape(one.text)}"


def _places() -> str:
    return " ".join(f"{{{place}}}" for place in sorted(PLACES_OF_TICKETS))
