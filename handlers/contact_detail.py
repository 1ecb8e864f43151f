"""What is asked further of a contact: its hours, another way to it, what to do where nobody answers."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED, OF, WHOM
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform
from locales import _
from programme.contacts import Contact, ContactKind
from programme.model.messages import Open
from programme.partners import Partner
from programme.platforms import Platform

NAME = "contact_detail"

_OF_A_SHOP = frozenset(("purchase_problem", "how_to_buy", "certificate", "platform_contact", "training_access"))
"""Matters in which the platform is turned to, where it is known."""


@conversation(
    NAME,
    traits=Traits(
        beside=True,
        part_of="call_center",
        slots=frozenset({"platform", "partner"}),
        follow_ups=CONTACT_QUESTIONS,
        after_any=frozenset({WHOM, "nobody answers", "when they answer"}),
    ),
)
async def contact_detail(turn: Turn) -> Reply | Open:
    """Answer of whoever was spoken of last: a payment partner, the platform, else the programme itself."""
    whose = _whose(turn)
    if turn.told(ASKED) == WHOM:
        return _contact(whose)
    if turn.told(ASKED) == "nobody answers" and isinstance(whose, Partner):
        return Open("silent_partner", {"partner": whose.id})
    name, ways = (whose.name, whose.contacts) if whose is not None and whose.contacts else _programme(turn)
    match turn.told(ASKED):
        case "by another way":
            reply = _another_way(name, ways)
        case "nobody answers":
            reply = _silent(name, ways, turn)
        case _:
            reply = _hours(name, ways)
    reply = with_contacts(with_cutoff(reply, turn), name, ways)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), turn.programme.contacts["complaint_form"].url)
    return reply.button(_("💬 Bicara dengan petugas"), "handoff")


def _whose(turn: Turn) -> Platform | Partner | None:
    partner = turn.programme.partner(turn.told("partner") or "")
    if partner is not None:
        return partner
    of_a_shop = turn.told(OF) is not None and family_of(turn.answers[OF]) in _OF_A_SHOP
    return own_platform(turn) if of_a_shop or turn.told("platform") is not None else None


def _contact(whose: Platform | Partner | None) -> Open:
    match whose:
        case Partner(id=name):
            return Open("payment_account", {"partner": name})
        case Platform(id=name):
            return Open("platform_contact", {"platform": name})
        case _:
            return Open("call_center")


def _programme(turn: Turn) -> tuple[str, tuple[Contact, ...]]:
    return "Prakerja", (turn.programme.contacts["phone"],)


def _hours(name: str, ways: tuple[Contact, ...]) -> Reply:
    return say(
        _(
            "🕘 Jam dan hari layanan <b>{name}</b> tidak ada di sumberku, jadi tidak kutebak. Coba saja sekarang: "
            "{ways}. Tidak tersambung? Formulir Pengaduan Prakerja tidak menunggu jam telepon."
        ),
        name=name,
        ways=in_words(ways),
    )


def _another_way(name: str, ways: tuple[Contact, ...]) -> Reply:
    chats = [contact for contact in ways if contact.kind is ContactKind.WHATSAPP]
    if chats:
        return say(_("✅ Ada. <b>{name}</b>: {ways}."), name=name, ways=in_words(chats))
    return say(
        _(
            "Nomor WhatsApp <b>{name}</b> tidak ada di catatanku. Yang ada: {ways}, dan Formulir Pengaduan Prakerja. "
            "Nomor WA dari grup atau kolom komentar jangan dipercaya."
        ),
        name=name,
        ways=in_words(ways),
    )


def _silent(name: str, ways: tuple[Contact, ...], turn: Turn) -> Reply:
    return say(
        _(
            "😔 Belum dijawab {name}? Coba lagi di jam lain ({ways}), dan sambil itu isi Formulir Pengaduan: {form}. "
            "Simpan tangkapan layar panggilanmu. Mau kubuatkan ringkasan aduannya? Tekan tombol di bawah."
        ),
        name=name,
        ways=in_words(ways),
        form=turn.programme.contacts["complaint_form"].value,
    )
