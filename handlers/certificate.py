"""The certificate does not show: the complaint that comes most often."""

from __future__ import annotations

from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import PATH_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_platform import own_platform, which_platform
from handlers.phrases.which_rules import Rules, which_rules
from handlers.understanding.step_answers import confirms
from locales import N_, _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform


@conversation(
    "certificate",
    about=N_("Sertifikat belum muncul"),
    commands=("sertifikat",),
    traits=Traits(
        trouble=True,
        slots=frozenset({"platform"}),
        subject="sertifikat",
        follow_ups={
            "the money, when": Open("when_paid"),
            "if it fails": Open("platform_contact"),
            "when it is": Open("certificate"),
            **in_short("certificate", "must it be"),
            "who does it": Open("certificate"),
            "how long": Open("certificate"),
            "whom to ask": Open("platform_contact"),
            "so long already": Open("call_center"),
            **PATH_QUESTIONS,
        },
    ),
)
async def certificate(turn: Turn) -> Reply:
    """Say what it waits for; whoever has finished learns whom to press, and with which words."""
    if turn.participant.has(Milestone.CERTIFIED):
        reply = say(_("🎓 Sertifikatmu tercatat sudah ada. Lihat dan unduh di dashboard Prakerja ya."))
        return with_next_step(reply.link(_("Buka dashboard"), turn.programme.contacts["dashboard"].url), turn)
    rules = await which_rules(turn)
    if not await _finished(turn, rules):
        return _finish_first(turn)
    platform = own_platform(turn)
    if platform is None:
        words = _("Oke. Pelatihannya di platform mana? Laporannya dikirim dari sana.")
        chosen = await which_platform(turn, words)
        platform = turn.programme.platforms.get(chosen or "")
    if turn.participant.has(Milestone.BOUGHT) and not turn.participant.has(Milestone.COMPLETED):
        turn.record(MilestoneReached(Milestone.COMPLETED))
    return _press_the_platform(platform, rules, turn)


async def _finished(turn: Turn, rules: Rules) -> bool:
    if turn.participant.has(Milestone.COMPLETED):
        return True
    words = _what_it_waits_for(rules).also(_("Pelatihanmu di platform sudah tuntas 100%?"))
    options = [
        Option("yes", _("Sudah, 100%")),
        Option("no", _("Belum / belum yakin")),
    ]
    return (
        await turn.choose(
            "done", words, options, columns=2, read=lambda text: confirms(Milestone.COMPLETED, text, today=turn.today)
        )
        == "yes"
    )


def _what_it_waits_for(rules: Rules) -> Reply:
    if rules.scheme.certificate_after == "platform_report":
        return say(
            _(
                "🎓 Sertifikat muncul di dashboard <b>setelah laporan platform diterima</b> Prakerja. Berapa hari "
                "lamanya tidak bisa kujanjikan."
            )
        )
    return say(_("🎓 Kapan sertifikat gelombang {wave} muncul di dashboard belum bisa kupastikan."), wave=rules.wave)


def _finish_first(turn: Turn) -> Reply:
    reply = say(
        _(
            "Buka dulu pelatihanmu di platform: pastikan semua bagiannya sudah tuntas. Begitu platform melaporkannya, "
            "sertifikat menyusul di dashboard.\n\nKabari aku kalau sudah selesai ya."
        )
    )
    reply = reply.button(_("🎓 Pelatihanku sudah selesai"), "report_completed")
    return with_next_step(reply.button(_("🏬 Kontak platform"), "platform_contact"), turn)


def _press_the_platform(platform: Platform | None, rules: Rules, turn: Turn) -> Reply:
    reply = _what_it_waits_for(rules).also(
        _(
            "Sambil menunggu:\n1. Cek lagi dashboard, setelah keluar dan masuk ulang.\n"
            "2. Belum ada juga? Tanya platform: <i>“Pelatihan saya sudah selesai, apakah laporan penyelesaiannya sudah "
            "dikirim ke Prakerja?”</i>\n3. Platform bilang sudah, tetap kosong? Lapor ke Prakerja."
        )
    )
    reply = with_platform(reply, platform)
    reply = reply.button(_("☎️ Lapor ke Prakerja"), "call_center")
    if not turn.participant.has(Milestone.COMPLETED):
        return reply.button(_("🎓 Catat: sudah selesai"), "report_completed")
    return with_next_step(reply, turn)
