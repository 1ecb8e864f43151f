"""Something that Sobat is not for: said plainly, with what it can do instead."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import MISSED, SAID, Turn
from handlers.phrases.matches import matches
from handlers.phrases.moments_told import leaves_the_plan
from locales import N_, _, moment
from programme.model.messages import Open
from programme.model.milestones import Milestone


def hears_of_elsewhere(spoken: Spoken) -> Recognised | None:
    """Hear small talk in which a moment stands, *besok hujan ga ya*, where a reminder is agreed on."""
    if not leaves_the_plan(spoken):
        return None
    return Recognised(Open("out_of_scope", {SAID: spoken.text}), "out_of_scope", spoken.understood.confidence)


@conversation(
    "out_of_scope",
    about=N_("Hal lain"),
    traits=Traits(purpose=Purpose.NO_ANSWER, beside=True, listens={Stage.WISH: hears_of_elsewhere}),
)
async def out_of_scope(turn: Turn) -> Reply:
    """Turn it away kindly; who is angry, or was not understood before, is shown the way to a person first."""
    if matches(turn, "angry"):
        return _apology(turn)
    if turn.told(MISSED) is not None:
        return _offer(turn)
    reply = say(
        _(
            "Maaf, soal itu di luar kemampuanku. Aku khusus bantu peserta <b>Kartu Prakerja</b>: batas beli, "
            "pelatihan, insentif, sertifikat, dan kendalanya."
        )
    )
    reply = _with_plan(reply, turn)
    reply = reply.row(button(_("⏰ Batas beli"), "deadline"), button(_("📋 Menu"), "help"))
    return reply.button(_("🙋 Bicara dengan petugas"), "handoff")


def _with_plan(reply: Reply, turn: Turn) -> Reply:
    """Say that an agreed reminder stays, where a day was named that may seem to move it."""
    planned, zone = turn.participant.plan_at, turn.participant.local
    waits = planned is not None and planned > turn.now and not turn.participant.has(Milestone.BOUGHT)
    if planned is None or not waits or not matches(turn, "a day"):
        return reply
    return reply.also(_("🔔 Pengingatmu {at} tetap."), at=moment(planned, zone.tz, zone.value))


def _offer(turn: Turn) -> Reply:
    reply = say(
        _(
            "🙏 Maaf, yang ini juga belum bisa kujawab.\n\nKalau soal Kartu Prakerja, coba tulis dengan kata lain, "
            "atau kubantu sampai ke petugas."
        )
        if turn.helpdesk
        else _(
            "🙏 Maaf, yang ini juga belum bisa kujawab.\n\nKalau soal Kartu Prakerja, coba tulis dengan kata lain, "
            "atau lihat siapa yang bisa menolong."
        )
    )
    reply = reply.button(_("💬 Bicara dengan petugas"), "handoff")
    return reply.row(button(_("⏰ Batas beli"), "deadline"), button(_("📋 Menu"), "help"))


def _apology(turn: Turn) -> Reply:
    reply = say(
        _(
            "🙏 Maaf, kamu jadi kesal. Aku belum membantu seperti yang kamu butuhkan.\n\nTulis apa yang terjadi, "
            "misalnya <i>insentif belum masuk</i> atau <i>gagal beli</i>, atau langsung saja bicara dengan petugas."
        )
        if turn.helpdesk
        else _(
            "🙏 Maaf, kamu jadi kesal. Aku belum membantu seperti yang kamu butuhkan.\n\nTulis apa yang terjadi, "
            "misalnya <i>insentif belum masuk</i> atau <i>gagal beli</i>, atau lihat siapa yang bisa menolong."
        )
    )
    reply = reply.button(_("💬 Bicara dengan petugas"), "handoff")
    return reply.row(button(_("😕 Insentif"), "incentive_problem"), button(_("🛒 Gagal beli"), "purchase_problem"))
