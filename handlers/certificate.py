"""The certificate does not show: the complaint that comes most often."""

from __future__ import annotations

from datetime import date

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import PATH_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.told_steps import tells
from handlers.phrases.which_platform import own_platform, which_platform
from handlers.phrases.which_rules import Rules, which_rules
from handlers.rating_review import days, what_follows
from handlers.understanding.phrases import says
from handlers.understanding.reports import fails_the_test
from handlers.understanding.step_answers import confirms
from locales import N_, Html, _
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform

_IS_THERE, _REPORTED, _THEN = "there", "reported", "then"
"""What is told of the certificate (`step`): it is out, the platform says it has reported; what follows once it is."""


def tells_of_it(spoken: Spoken) -> Open | None:
    """Hear *sertifikat udah keluar, trus ngapain*, and *kata platform laporannya sudah dikirim* in the middle of it."""
    if heard_at(Stage.ALARM, spoken) is not None:
        return None
    if says("after the certificate", spoken.text) and not says("but it fails", spoken.text):
        return Open("certificate", {"step": _THEN})
    only_money = says("only the money is missing", spoken.text) and not says("of a review", spoken.text)
    if tells(Milestone.CERTIFIED, spoken) and (only_money or not says("but it fails", spoken.text)):
        of_the_review = spoken.understood.certain and spoken.understood.intent == "rating_review" and asks(spoken.text)
        return None if of_the_review else Open("certificate", {"step": _IS_THERE})  # it is noted beside that answer
    of_it = any(matter.conversation == "certificate" for matter in spoken.matters) or says(
        "about a certificate", spoken.text
    )
    if of_it and says("logged in anew", spoken.text):
        return Open("certificate")
    reported = of_it and says("the platform has reported", spoken.text)
    return Open("certificate", {"step": _REPORTED}) if reported else None


@conversation(
    "certificate",
    about=N_("Sertifikat belum muncul"),
    commands=("sertifikat",),
    traits=Traits(
        trouble=True,
        slots=frozenset({"platform"}),
        subject="sertifikat",
        expects=tells_of_it,
        follow_ups={
            "the money, when": Open("when_paid"),
            **dict.fromkeys(("if it fails", "if it stays so"), Open("platform_contact")),
            "whom to ask": Open("platform_contact", {"then": "1"}),
            "so long already": Open("call_center"),
            **PATH_QUESTIONS,
            **in_short("certificate"),
            "tried already": Open("certificate", {"step": _REPORTED}),
        },
    ),
)
async def certificate(turn: Turn) -> Reply:
    """Say what it waits for; whoever has finished learns whom to press, and with which words."""
    if turn.told("step") in {_IS_THERE, _THEN}:
        return await _what_is_left(turn)
    if turn.told("step") == _REPORTED:
        return _to_prakerja(turn)
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


async def _what_is_left(turn: Turn) -> Reply:
    """The training is finished then: say what is left until the incentive; *kalau sertifikat keluar* tells of none."""
    ahead = turn.told("step") == _THEN
    if turn.participant.has(Milestone.BOUGHT) and not ahead:
        turn.record(MilestoneReached(Milestone.CERTIFIED))
    left = []
    if not turn.participant.has(Milestone.REVIEWED):
        left.append(_("• beri <b>rating dan ulasan</b>, syarat insentif"))
    if not turn.participant.has(Milestone.ACCOUNT_CONNECTED):
        left.append(_("• sambungkan <b>rekening atau e-wallet</b> atas NIK-mu sendiri di dashboard"))
    if left and ahead:
        reply = say(_("🎓 Sesudah sertifikat ada:\n{left}"), left=Html("\n".join(left)))
    elif left:
        reply = say(_("🎓 Mantap, sertifikatmu sudah ada. Tinggal:\n{left}"), left=Html("\n".join(left)))
    else:
        reply = say(_("🎓 Mantap, sertifikatmu sudah ada. Tinggal menunggu jadwal insentif di dashboard."))
    rules = await which_rules(turn)
    reply = reply.also(what_follows(rules), **days(rules))
    if not turn.participant.has(Milestone.REVIEWED):
        reply = reply.row(
            button(_("⭐ Cara beri rating & ulasan"), "rating_review"),
            button(_("✅ Sudah kuberi ulasan"), "report_reviewed"),
        )
    if not turn.participant.has(Milestone.ACCOUNT_CONNECTED):
        reply = reply.button(_("💳 Sambungkan rekening/e-wallet"), "payment_account")
    if turn.participant.has(Milestone.CERTIFIED):
        return reply.button(_("↩️ Batalkan, belum"), "undo", milestone=Milestone.CERTIFIED.value)
    return reply.button(_("🎓 Catat: sudah selesai"), "report_completed")


def _to_prakerja(turn: Turn) -> Reply:
    """The platform says that it has reported: only Prakerja can see where the report is."""
    reply = say(
        _(
            "☎️ Kalau platform bilang laporannya sudah dikirim dan sertifikat tetap kosong, giliran <b>Prakerja</b> "
            "yang mengecek: {phone} (bebas pulsa) atau Formulir Pengaduan.\n\nSebutkan nama pelatihan, platform, "
            "tanggal selesai, dan kapan platform mengirim laporannya."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn).button(_("💬 Bicara dengan petugas"), "handoff", about="certificate", tried="1")


async def _finished(turn: Turn, rules: Rules) -> bool:
    if turn.participant.has(Milestone.COMPLETED):
        return True
    words = _what_it_waits_for(rules).also(_("Pelatihanmu di platform sudah tuntas 100%?"))
    options = [
        Option("yes", _("Sudah, 100%")),
        Option("no", _("Belum / belum yakin")),
    ]
    return (
        await turn.choose("done", words, options, columns=2, read=lambda text: _read_finished(text, turn.today))
        == "yes"
    )


def _read_finished(text: str, today: date) -> str | None:
    """Read the answer; who says that it is done to the last hundredth has said it, but for a test that was failed."""
    if fails_the_test(text):
        return None
    return "yes" if says("done to the end", text) else confirms(Milestone.COMPLETED, text, today=today)


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
    ask = _(
        "Tanya platform: <i>“Pelatihan saya sudah selesai, apakah laporan penyelesaiannya sudah dikirim ke "
        "Prakerja?”</i>"
    )
    then = _("Platform bilang sudah, tetap kosong? Lapor ke Prakerja.")
    reply = _what_it_waits_for(rules)
    if matches(turn, "logged in anew"):
        reply = reply.also(_("Sudah keluar dan masuk lagi? Berikutnya:\n1. {ask}\n2. {then}"), ask=Html(ask), then=then)
    else:
        again = _("Sambil menunggu:\n1. Cek lagi dashboard, setelah keluar dan masuk ulang.\n2. {ask}\n3. {then}")
        reply = reply.also(again, ask=Html(ask), then=then)
    if says("about the incentive", typed(turn)):
        reply = reply.also(_("Belum ada sertifikat bukan berarti gagal: insentifnya menunggu."))
    reply = with_platform(reply, platform)
    reply = reply.button(_("☎️ Lapor ke Prakerja"), "call_center")
    if not turn.participant.has(Milestone.COMPLETED):
        return reply.button(_("🎓 Catat: sudah selesai"), "report_completed")
    return with_next_step(reply, turn)
