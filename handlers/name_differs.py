"""A name with a letter wrong: on the certificate, which its platform mends, or in the account, which Prakerja does."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import AGAIN
from handlers.dialogue.listening import Spoken
from handlers.dialogue.odds import is_of_elsewhere
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts, with_platform
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import N_, _
from programme.model.messages import Open
from programme.partners import Partner
from programme.platforms import Platform

NAME: Final = "name_differs"
_FEW: Final = 5
"""Words that only name the platform."""
_OF_ELSE: Final = ("the name of something else", "which of two to ask")
_FITS: Final = 12
"""Letters of a platform's id that a button has room for beside the matter."""
_ACCOUNT, _CERTIFICATE, _WALLET = "account", "certificate", "wallet"


def hears_a_wrong_name(spoken: Spoken) -> Open | None:
    """Hear *nama di sertifikat keliru satu huruf*, *jenengku beda karo KTP*; a wallet's name is another matter."""
    text, understood = spoken.text, spoken.understood
    if (named_now := _names_the_platform(spoken)) is not None:
        return named_now
    if not says("the name differs", text) or any(says(what, text) for what in _OF_ELSE):
        return None
    if names_somebody(text) or says("the payment failed", text) or is_of_elsewhere(understood):
        return None  # whose account it is comes first, and so does a reason that was given
    again = {AGAIN: "1"} if spoken.matter is not None and spoken.matter.conversation == NAME else {}
    platform = understood.entity("platform") or spoken.of_the_talk("platform")
    partner = understood.entity("partner")
    found = {"platform": platform, "partner": partner}
    named = {kind: value for kind, value in found.items() if value is not None}
    return Open(NAME, {SAID: text, "what": _where(spoken), **named, **again})


def _names_the_platform(spoken: Spoken) -> Open | None:
    """Hear *belajarnya di Pintaria* behind the question where."""
    platform, matter = spoken.understood.entity("platform"), spoken.matter
    asked = matter is not None and matter.conversation == NAME and "platform" not in matter.told
    if platform is None or not asked or len(spoken.text.split()) > _FEW:
        return None
    return Open(NAME, {SAID: spoken.text, "what": _CERTIFICATE, "platform": platform, AGAIN: "1"})


def _where(spoken: Spoken) -> str:
    if says("about a certificate", spoken.text):
        return _CERTIFICATE
    if spoken.understood.entity("partner") is not None:
        return _WALLET
    if says("about the account", spoken.text):
        return _ACCOUNT
    told = next((one.told["what"] for one in spoken.matters if one.conversation == NAME and "what" in one.told), None)
    of_it = any(family_of(one.conversation) == _CERTIFICATE for one in spoken.matters)
    return told or (_CERTIFICATE if of_it else _ACCOUNT)


@conversation(
    NAME,
    about=N_("Nama salah di sertifikat / akun"),
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="certificate",
        expects=hears_a_wrong_name,
        slots=frozenset({"platform"}),
        follow_ups={"an account of another": Open("payment_account", {"ask": "another"}), **CONTACT_QUESTIONS},
    ),
)
async def name_differs(turn: Turn) -> Reply:
    """Say who mends it, what is known to have to be the same, and that no source tells what a letter does."""
    where, partner = turn.told("what") or _CERTIFICATE, turn.programme.partner(turn.told("partner") or "")
    if where == _WALLET and partner is not None:
        return _in_the_wallet(partner)
    on_paper = where != _ACCOUNT
    turn.settle("what", _CERTIFICATE if on_paper else _ACCOUNT)
    if turn.told(AGAIN) is not None and on_paper and not says("the money comes", turn.said):
        return _once_more(own_platform(turn), turn)
    reply = with_platform(_on_the_certificate(), own_platform(turn)) if on_paper else _in_the_account()
    reply = reply.also(
        _(
            "Apakah beda huruf berpengaruh ke insentif tidak ada di sumberku, jadi tidak kutebak; yang bisa memastikan "
            "Prakerja: {phone} (bebas pulsa). Yang kutahu harus sama: <b>NIK</b>-mu, dan rekening atau e-wallet atas "
            "namamu sendiri."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    more = _named(own_platform(turn)) if on_paper else {}
    about = _CERTIFICATE if on_paper else _ACCOUNT
    return with_prakerja(reply, turn).button(_("📋 Buatkan ringkasannya"), "handoff", about=about, tried="1", **more)


def _named(platform: Platform | None) -> dict[str, str]:
    """Return what a button tells of a platform, as far as it has room; else it is asked for."""
    return {"platform": platform.id} if platform is not None and len(platform.id) <= _FITS else {}


def _once_more(platform: Platform | None, turn: Turn) -> Reply:
    """Ask for the platform, or say it again as one thing to do."""
    if platform is None or not platform.contacts:
        return _which_platform()
    reply = say(
        _(
            "👌 Kirim ke <b>{name}</b>: {ways}. Isinya: <i>“Nama saya di sertifikat tidak sama dengan KTP: tertulis …, "
            "seharusnya …. Mohon diperbaiki.”</i> Mereka tidak menolong? Prakerja {phone} (bebas pulsa)."
        ),
        name=platform.name,
        ways=in_words(platform.contacts),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_prakerja(with_contacts(reply, platform.name, platform.contacts), turn)
    more = {"platform": platform.id} if len(platform.id) <= _FITS else {}  # else it is asked for
    return reply.button(_("📋 Buatkan ringkasannya"), "handoff", about=_CERTIFICATE, tried="1", **more)


def _which_platform() -> Reply:
    words = _("👌 Paham: sertifikatnya sudah ada, hanya namanya yang salah. Belajarnya di platform mana? Sebut saja.")
    return say(words).button(_("🏬 Kontak platform"), "platform_contact")


def _on_the_certificate() -> Reply:
    return say(
        _(
            "🪪 Nama di sertifikat beda dari KTP? Minta diperbaiki ke <b>platform tempatmu belajar</b> dulu: <i>“Nama "
            "saya di sertifikat tidak sama dengan KTP: tertulis …, seharusnya …. Mohon diperbaiki.”</i>"
        )
    )


def _in_the_wallet(partner: Partner) -> Reply:
    """What must be the same is the NIK; a letter in the name is for the partner to mend."""
    words = _(
        "🪪 Yang harus sama: <b>NIK</b> dan pemiliknya, yaitu kamu sendiri. Apakah beda huruf di nama membuat gagal "
        "tidak ada di sumberku; minta dibetulkan dulu ke <b>{name}</b>: {ways}. Milik orang lain? Tidak bisa dipakai."
    )
    reply = with_contacts(
        say(words, name=partner.name, ways=in_words(partner.contacts)), partner.name, partner.contacts
    )
    return reply.button(_("💳 Syarat & mitra lain"), "payment_account")


def _in_the_account() -> Reply:
    return say(
        _(
            "🪪 Nama di akun Prakerja beda dari KTP? Minta dicek dan diperbaiki <b>Prakerja</b>, lewat telepon atau "
            "Formulir Pengaduan. NIK jangan ditulis di sini ya."
        )
    )
