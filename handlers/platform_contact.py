"""How to reach the platform that sold the training."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.aspects import in_passing
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.several_contacts import contacts_of_several
from handlers.phrases.told_by import told_by
from handlers.phrases.which_platform import named_platforms, own_platform, which_platform
from handlers.understanding.phrases import says
from locales import N_, _
from programme.contacts import ContactKind
from programme.model.messages import Open
from programme.platforms import Platform

_ANSWERED = {
    "when it is": Open("contact_detail", {ASKED: "when they answer"}),
    "if it fails": Open("contact_detail", {ASKED: "nobody answers"}),
}
"""What is asked of whether and when they answer."""


def asks_whom(spoken: Spoken) -> Recognised | None:
    """Hear whoever names a platform and asks whom to turn to: *voucher pijar mahir ditolak, ngadu ke siapa*."""
    if spoken.understood.entity("platform") is None or not says("whom to ask", spoken.text):
        return None
    return Recognised(Open("platform_contact", spoken.told), "platform_contact", spoken.understood.confidence)


@conversation(
    "platform_contact",
    about=N_("Kontak platform pelatihan"),
    traits=Traits(
        tells=True,
        listens={Stage.WISH: asks_whom},
        beside=True,
        slots=frozenset({"platform"}),
        follow_ups={**CONTACT_QUESTIONS, **_ANSWERED, **in_passing("platform_contact")},
        contact_of="platform",
    ),
)
async def platform_contact(turn: Turn) -> Reply | Open:
    """Give the contacts of the platform that was named, else of the one where the person bought."""
    if turn.told("partner") is not None and turn.told("platform") is None:
        return Open("payment_account", {"partner": turn.answers["partner"]})
    several = named_platforms(turn)
    if len(several) > 1:
        turn.lists("platform", [one.id for one in several])
        return with_cutoff(_contacts_of_several(several, turn), turn)
    platform = own_platform(turn) if turn.told("other") is None else None
    if platform is None:
        first = _("Ke platform tempat kamu beli dulu, baru Call Center Prakerja. Belinya di mana?")
        words = _("Mau kontak platform mana?") if turn.told("then") is None else first
        chosen = await which_platform(turn, words, skip=_("Tidak ada di sini"))
        platform = turn.programme.platforms.get(chosen or "")
    if platform is None:
        return _elsewhere(turn)
    return with_cutoff(_contacts_of(platform, turn), turn).button(_("Platform lain"), "platform_contact", other="1")


def _contacts_of_several(platforms: Sequence[Platform], turn: Turn) -> Reply:
    """Name the ways to each, and say once what to have at hand."""
    reply = contacts_of_several(_("🏬 <b>Kontak platform</b>"), platforms, turn)
    return reply.also(
        _("Sebutkan nama pelatihan, tanggal beli, dan kendalanya. Nomor kartu, OTP, dan kata sandi jangan diberikan.")
    )


def _contacts_of(platform: Platform, turn: Turn) -> Reply:
    if not platform.contacts:
        reply = say(
            _(
                "Kontak layanan <b>{name}</b> tidak ada di catatanku, dan aku tidak mau mengarang. Coba lewat "
                "aplikasi atau situs resminya, atau tanya Call Center Prakerja."
            ),
            name=platform.name,
        )
        if platform.ended is not None:
            reply = reply.also(
                _("Setahuku sejak {year} platform ini tidak lagi menjual pelatihan Prakerja."),
                year=str(platform.ended),
            )
        return reply.button(_("☎️ Kontak Prakerja"), "call_center")
    reply = say(
        _(
            "🏬 <b>{name}</b>: {ways}.\n\nSebutkan nama pelatihan, tanggal beli, dan kendalanya; sertakan tangkapan "
            "layar tanpa nomor kartu. Jangan berikan OTP atau kata sandi. Jam layanannya belum bisa kupastikan."
            "\n{source}"
        ),
        name=platform.name,
        ways=in_words(platform.contacts),
        source=told_by(platform, turn.now),
    )
    if turn.told("then") is not None:
        words = _("Mereka bilang sudah beres, tetap belum? Prakerja: {phone} (bebas pulsa) atau Formulir Pengaduan.")
        reply = reply.also(words, phone=turn.programme.contacts["phone"].value)
    if all(contact.kind is ContactKind.WEB for contact in platform.contacts):
        reply = reply.also(_("Nomor telepon atau WhatsApp-nya tidak ada di catatanku."))
    reply = with_contacts(reply, platform.name, platform.contacts)
    return reply.button(_("🛒 Gagal beli terus"), "purchase_problem", platform=platform.id)


def _elsewhere(turn: Turn) -> Reply:
    reply = say(
        _(
            "Platform itu tidak ada di catatanku. Kontaknya biasanya ada di aplikasi atau situsnya sendiri; hati-hati "
            "nomor palsu dari grup atau kolom komentar. Ragu? Tanya Prakerja dulu."
        )
    )
    reply = with_cutoff(reply, turn).button(_("☎️ Kontak Prakerja"), "call_center")
    return reply.button(_("💬 Bicara dengan petugas"), "handoff")
