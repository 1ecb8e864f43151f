"""Commands about canned replies: read by everybody, written by supervisors."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bot.helpdesk.filling import PLACES_OF_TICKETS, unknown_place
from bot.helpdesk.staff_request import MATTER_WORDS, StaffAnswer, StaffRequest, Verbs, keys_of, matter_of
from handlers.intents import INTENTS
from handlers.phrases.matters import SELF_HELP
from programme.helpdesk import CannedReply, HelpdeskRules

_LONGEST_NAME = 24  # it stands on a button
_FOR = "untuk:"


@dataclass(frozen=True, slots=True)
class ReplyCommands:
    """Shows them and changes them; what supervisors write stands in the store and wins over the data."""

    rules: HelpdeskRules

    def verbs(self) -> Verbs:
        """Return what can be asked here."""
        return {"balasan": self._canned}

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
        await asked.tx.agents.put_canned(CannedReply(name=name, intent=intent, text=text))
        await asked.tx.staff.record(asked.member.who, "canned.put", name)
        return StaffAnswer(f"💾 Balasan <b>{escape(name)}</b> tersimpan, untuk {intent}:\n{escape(text)}")


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
