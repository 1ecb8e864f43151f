"""*Saldo sudah terpotong tapi masih menunggu, itu terhitung?*: what counts is what Prakerja's own records show."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, claims, said_of
from handlers.understanding.sentences import stated
from handlers.understanding.statements import names_somebody
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source

NAME: Final = "does_it_count"
_OF_A_PURCHASE: Final = frozenset({NAME, "purchase_problem", "purchase_shown", "report_bought"})


def asks_whether_it_counts(spoken: Spoken) -> Open | None:
    """Hear the question of who has paid already; whoever is yet to buy asks about the deadline."""
    text, matter = spoken.text, spoken.matter
    if heard_at(Stage.ALARM, spoken) is not None and not says("by oneself", text):
        return None
    matters = () if matter is None else (matter, *matter.earlier())
    named = next((one.told["platform"] for one in matters if "platform" in one.told), None)
    platform = spoken.understood.entity("platform") or named
    told = {SAID: text, **({"platform": platform} if platform is not None else {})}
    asked_of_it = any(one.conversation == NAME for one in matters)
    if asked_of_it and not says("does it count", text) and _is_seen(text):
        noted = spoken.participant.has(Milestone.BOUGHT)
        more = {"platform": platform} if platform is not None else {}
        return Open("purchase_shown", {"shown": "yes"}) if noted else Open("report_bought", more)
    looked_for = matter is not None and matter.told.get("what") == "not_shown"
    asked = says("does it count", text) or (looked_for and says("was I in time", text))  # *trus aku aman ga*
    if not asked or _is_answered_otherwise(spoken):
        return None
    of_it = any(one.conversation in _OF_A_PURCHASE for one in matters) or spoken.participant.has(Milestone.BOUGHT)
    pending = says("shown, but not done", text) and claims(Milestone.BOUGHT, text, today=spoken.today)
    paid = pending or says("it was paid", text)
    return Open(NAME, told) if of_it or paid else None


def _is_seen(text: str) -> bool:
    """Whether it is stated, by the person's own eyes, that the purchase shows by now; a question states nothing."""
    doubts = (
        *("but it fails", "supposing", "not certain", "cannot look", "it does not show", "shown, but not done"),
        *("there, but", "the balance is there", "the money came back", "about a certificate"),
    )
    said = stated(text)
    shows = says("it shows", said) and not says("a question", said) and not says("is it so", said)
    return shows and not names_somebody(text) and not any(says(doubt, text) for doubt in doubts)


def _is_answered_otherwise(spoken: Spoken) -> bool:
    """Whether the words report, take back or doubt a purchase, or are about somebody else's or an unpaid one."""
    text = spoken.text
    not_there = spoken.participant.has(Milestone.BOUGHT) and says("it does not show", text)
    if not_there and not says("supposing", text):
        return True
    plainly = said_of(Milestone.BOUGHT, text, today=spoken.today) is Said.PLAINLY
    denied = says("no purchase after all", text) and not says("it was paid", text)
    others = ("about the incentive", "waits to be paid", "the money came back")
    return plainly or denied or names_somebody(text) or any(says(what, text) for what in others)


@conversation(
    NAME,
    traits=Traits(
        trouble=True,
        expects=asks_whether_it_counts,
        slots=frozenset({"platform"}),
        follow_ups={"whom to ask": Open("platform_contact"), "nobody answers": Open("call_center")},
    ),
)
async def does_it_count(turn: Turn) -> Reply:
    """Say that it counts once it shows, what is noted here, and whom to ask before the cutoff."""
    bought = turn.participant.progress.get(Milestone.BOUGHT)
    if bought is not None and bought.source is not Source.SELF:
        return say(_("✅ Ya: pembelianmu sudah tampil di dashboard, jadi tempatmu aman."))
    reply = say(
        _(
            "⏳ Belum bisa kupastikan: pembelianmu pasti terhitung <b>begitu tampil di dashboard Prakerja</b>. Jangan "
            "beli dua kali, dan simpan buktinya (tangkapan layar tanpa nomor kartu)."
        )
    )
    phone = turn.programme.contacts["phone"]
    platform = own_platform(turn)
    if platform is not None and platform.contacts:
        reply = reply.also(
            _("Sekarang juga: {name}, {ways}, lalu Prakerja {phone} (bebas pulsa) atau Formulir Pengaduan."),
            name=platform.name,
            ways=in_words(platform.contacts),
            phone=phone.value,
        )
        reply = with_contacts(reply, platform.name, platform.contacts)
    else:
        words = _("Sekarang juga: layanan platformnya, lalu Prakerja {phone} (bebas pulsa) atau Formulir Pengaduan.")
        reply = reply.also(words, phone=phone.value)
    reply = reply.link(_("☎️ Telepon Prakerja"), phone.url)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), turn.programme.contacts["complaint_form"].url)
    return _noted_here(reply, turn)


def _noted_here(reply: Reply, turn: Turn) -> Reply:
    """Tell whether the purchase is noted with Sobat, which is not what counts."""
    if turn.participant.has(Milestone.BOUGHT):
        reply = reply.also(_("Di catatanku kamu sudah beli; yang resmi catatan Prakerja."))
        return reply.button(_("✅ Sudah tampil"), "purchase_shown", shown="yes")
    reply = with_cutoff(reply, turn, _("🔔 Pengingatku tetap jalan sampai pembeliannya muncul. Batas belimu:\n{when}"))
    platform = own_platform(turn)
    more = {"platform": platform.id} if platform is not None else {}
    return reply.button(_("✅ Sudah muncul"), "report_bought", **more)
