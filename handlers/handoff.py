"""Somebody wants a person: whom they can reach today, and a summary ready to paste."""

from __future__ import annotations

from handlers.before_cutoff import with_cutoff
from handlers.complaint_summary import matters, summary
from handlers.contact_keys import in_words, with_contacts
from handlers.conversation import conversation
from handlers.helpdesk.screenshots import screenshots
from handlers.next_step import with_next_step
from handlers.overheard import first_listen
from handlers.platform_contact import own_platform
from handlers.question import Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.which_platform import which_platform
from locales import N_, _
from programme.contacts import Contact
from programme.messages import Open
from programme.partners import Partner
from programme.platforms import Platform
from programme.tickets import TicketReopened, TicketState, TicketWished

SELF_HELP = {
    "buying": "purchase_problem",
    "incentive": "incentive_problem",
    "certificate": "certificate",
    "account": "account_access",
    "revoked": "revoked",
}
"""What helps at once, by what the matter is about; anything else goes straight to people."""

_HEARD = {
    "revoked": r"\b(dicabut|pencabutan|revoked)\b",
    "incentive": r"\b(insentif\w*|cair|incentive)\b",
    "certificate": r"\bsertifikat\w*|\bcertificate\b",
    "buying": r"\b(beli|membeli|pembelian|checkout|buy\w*)\b",
    "account": r"\b(akun\w*|login|sandi|password|account)\b",
}
_PERSON = "1"


@conversation("handoff", about=N_("Bicara dengan petugas"), commands=("petugas",))
async def handoff(turn: Turn) -> Reply | Open:
    """Learn what it is about, offer self-help once, then open a ticket, or say honestly who can help and how."""
    if (under_way := _under_way(turn)) is not None:
        return under_way
    if turn.told("missed") is None and (opening := first_listen(turn, "handoff", "about", _HEARD)) is not None:
        return opening
    about = await _about(turn)
    if about in SELF_HELP and await _tried(turn) != _PERSON:
        return Open(SELF_HELP[about], _carried(turn))
    platform = await _platform(turn) if about in {"buying", "certificate"} else None
    partner = await _partner(turn) if about == "incentive" else None
    complaint = await turn.words("complaint", _ask(turn), skip=_("Lewati"), at_most=500)
    concerned = platform or partner
    told = summary(turn, about, concerned.name if concerned else None, complaint)
    if turn.helpdesk is not None:
        number = concerned.id if concerned else None
        turn.wish(TicketWished(about, number, complaint or "", told, screenshots(turn)))
        return with_next_step(say(_("💬 Ceritamu sudah kuteruskan ke petugas.")), turn)
    lead = say(_("📋 Ini ringkasan yang bisa kamu <b>salin</b> ke formulir atau pesan:"))
    return _who_helps(concerned, turn).then(with_next_step(lead.also("{summary}", summary=told), turn))


def _under_way(turn: Turn) -> Reply | Open | None:
    """One complaint at a time: who has one hears how far it is; one given back to the bot goes to people again."""
    ticket = turn.helpdesk.ticket if turn.helpdesk else None
    if ticket is None or not ticket.is_open:
        return None
    if ticket.state is TicketState.WITH_BOT:
        turn.wish(TicketReopened(ticket.id))
        return with_next_step(say(_("Aku teruskan lagi ke petugas.")), turn)
    return Open("ticket_status")


def _ask(turn: Turn) -> Reply:
    if turn.helpdesk is None:
        return say(
            _("✍️ Ceritakan masalahnya dengan kata-katamu. Nomor kartu, NIK, OTP, dan kata sandi jangan ditulis ya.")
        )
    ask = say(
        _(
            "✍️ Ceritakan masalahnya dengan kata-katamu; tangkapan layar boleh dikirim juga. "
            "Nomor kartu, NIK, OTP, dan kata sandi jangan ditulis ya."
        )
    )
    kept = len(screenshots(turn))
    return ask.also(_("🖼 Gambar tersimpan: {count}."), count=kept) if kept else ask


async def _about(turn: Turn) -> str:
    if turn.told("missed") is not None:
        words = _("🙏 Maaf, aku belum berhasil memahamimu. Kubantu sampai ke petugas ya. Ini soal apa?")
    else:
        words = _("💬 Siap, kubantu sampai ke petugas. Ini soal apa?")
    options = [Option(name, label) for name, label in matters().items()]
    return await turn.choose("about", words, options, columns=2) or "other"


async def _tried(turn: Turn) -> str | None:
    """Offer self-help once: most complaints are settled faster by it."""
    words = _("Sebelum itu: banyak yang langsung beres dengan panduan singkat. Mau coba dulu?")
    options = [
        Option("help", _("🧰 Coba panduan dulu"), (_("ya"), _("mau"), _("boleh"), _("coba"))),
        Option(_PERSON, _("💬 Tetap mau bicara petugas"), (_("tidak"), _("nggak"), _("petugas"), _("langsung"))),
    ]
    return await turn.choose("tried", words, options)


def _carried(turn: Turn) -> dict[str, str]:
    return {name: value for name in ("platform", "partner", "wave") if (value := turn.told(name)) is not None}


async def _platform(turn: Turn) -> Platform | None:
    platform = own_platform(turn)
    if platform is not None:
        return platform
    chosen = await which_platform(turn, _("Pelatihannya di platform mana?"))
    return turn.programme.platforms.get(chosen or "")


async def _partner(turn: Turn) -> Partner | None:
    paid_to = max((one for one in turn.participant.payments if one.partner), default=None)
    if turn.told("partner") is None and paid_to is not None and paid_to.partner is not None:
        return turn.programme.partner(paid_to.partner)
    options = [Option(one.id, one.name, one.aliases) for one in turn.programme.partners.values()]
    words = _("Insentifmu masuk ke mana?")
    chosen = await turn.choose("partner", words, options, columns=3, skip=_("Belum tahu / lewati"))
    return turn.programme.partners.get(chosen or "")


def _who_helps(concerned: Platform | Partner | None, turn: Turn) -> Reply:
    phone, form = turn.programme.contacts["phone"], turn.programme.contacts["complaint_form"]
    reply = say(
        _(
            "💬 Jujur ya: aku belum bisa menyambungkanmu langsung ke orang. Yang bisa menolong sekarang:\n"
            "☎️ Call Center Prakerja <b>{phone}</b> (bebas pulsa)\n"
            "📝 <b>Formulir Pengaduan</b> Prakerja"
        ),
        phone=phone.value,
    )
    contacts: tuple[Contact, ...] = concerned.contacts if concerned else ()
    if concerned is not None and contacts:
        reply = reply.also(_("Atau <b>{name}</b>: {ways}."), name=concerned.name, ways=in_words(contacts))
    reply = reply.also(
        _("Jam layanan mereka belum bisa kupastikan. OTP, PIN, dan kata sandi jangan diberikan ke siapa pun.")
    )
    reply = with_contacts(with_cutoff(reply, turn), "Prakerja", [phone]).link(_("📝 Isi Formulir Pengaduan"), form.url)
    return with_contacts(reply, concerned.name, contacts) if concerned else reply
