"""*Bisa beli di platform lain saja?*: any that sells, as long as the balance is there."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.matches import matches
from handlers.phrases.told_by import told_by
from handlers.training_detail import asks_whether_it_is_there
from handlers.understanding.corrections import tells_of_failure
from handlers.understanding.entities import find_entities
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform

_CLAUSE: Final = re.compile(r"[.?!,;\n]+")

NAME: Final = "other_platform"
_SEVERAL: Final = 2


def asks_for_another(spoken: Spoken) -> Open | None:
    """Hear whoever has not bought yet and would buy elsewhere; what is bought can't be exchanged."""
    text = spoken.text
    if spoken.participant.has(Milestone.BOUGHT) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    if asks_whether_it_is_there(spoken) is not None:
        return None
    rather = says("asks leave to buy", text) and _of_another(spoken)
    return Open(NAME) if rather or says("to buy elsewhere", text) else None


def _of_another(spoken: Spoken) -> bool:
    """Whether one platform is named instead of another, in the words themselves or in a talk of a failed purchase."""
    text, matter = spoken.text, spoken.matter
    named = {entity.value for entity in spoken.understood.entities if entity.kind == "platform"}
    moved = says("rather elsewhere", text) or says("moves to another", text) or tells_of_failure(text)
    if len(named) >= _SEVERAL:
        return moved
    failed = matter is not None and family_of(matter.conversation) == "purchase_problem"
    before = matter.told.get("platform") if matter is not None else None
    return failed and len(named) == 1 and before not in {None, *named} and says("about buying", text)


@conversation(NAME, traits=Traits(tells=True, expects=asks_for_another, follow_ups=CONTACT_QUESTIONS))
async def other_platform(turn: Turn) -> Reply:
    """Say yes, on what condition, and what to do where a cancelled order still holds the balance.

    In the last hours there is no time for more than the yes and the contact that was asked for.
    """
    wanted = _moved_to(turn) if matches(turn, "a contact") else None
    if wanted is not None and wanted.contacts:
        return _with_its_contact(wanted, turn)
    selling = [one.name for one in turn.programme.sellers(turn.today.year)]
    reply = say(
        _(
            "✅ <b>Boleh</b>, di platform mana saja yang menjual pelatihan Prakerja: {platforms}. Syaratnya saldo di "
            "dashboard <b>cukup</b>, dan pesanan sebelumnya memang batal: yang sudah terbeli tidak bisa ditukar."
        ),
        platforms=selling,
    )
    reply = reply.also(
        _(
            "Saldo dari pesanan yang batal belum kembali? Lamanya tidak ada di sumberku: tanya platformnya, dan "
            "Prakerja hari ini juga, {phone} (bebas pulsa)."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_prakerja(with_cutoff(reply, turn), turn)
    return reply.button(_("🛒 Cara beli pelatihan"), "how_to_buy").button(_("🔎 Cari pelatihan"), "recommend")


def _moved_to(turn: Turn) -> Platform | None:
    """Return the platform of the clause that speaks of buying: *kalau aku beli di pijar mahir boleh ga*."""
    parts = [part for part in _CLAUSE.split(turn.incoming.text) if says("about buying", part)]
    found = (find_entities(part, today=turn.today, kinds=("platform",)) for part in parts)
    named = {one.value for each in found for one in each} - {turn.talk.get("platform")}
    return turn.programme.platform(named.pop()) if len(named) == 1 else None


def _with_its_contact(platform: Platform, turn: Turn) -> Reply:
    """Say yes and where to ask, in as few words as the time that is left allows."""
    reply = say(
        _(
            "✅ <b>Boleh</b>, asal saldo di dashboard cukup dan pesanan sebelumnya batal.\n\n"
            "🏬 <b>{name}</b>: {ways}. {source}"
        ),
        name=platform.name,
        ways=in_words(platform.contacts),
        source=told_by(platform, turn.now),
    )
    reply = with_contacts(with_cutoff(reply, turn), platform.name, platform.contacts)
    return reply.button(_("🛒 Cara beli pelatihan"), "how_to_buy")
