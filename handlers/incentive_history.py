"""The person's incentive payments, like the dashboard's *History Insentif*: each opens to its detail."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.matches import typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.payment_words import called, line, meaning, meanings, sign, with_payment
from handlers.phrases.share_number import ask_number
from handlers.understanding.phrases import says
from locales import N_, Html, _, fill
from programme.model.messages import Button, Open
from programme.model.payments import Payment, PaymentStatus

_CLOSED = "0"


def asks_where_it_shows(spoken: Spoken) -> Recognised | None:
    """Hear *di mana lihat alasan insentif gagal*: the place is asked for, not the reason."""
    where = says("where to look", spoken.text) or says("where the reason is", spoken.text)
    asked = where and says("about the incentive", spoken.text)
    if not asked or says("another aid", spoken.text):
        return None
    return Recognised(Open("incentive_history"), "incentive_history", spoken.understood.confidence)


@conversation(
    "incentive_history",
    about=N_("Riwayat insentifku"),
    commands=("insentif", "riwayat"),
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="incentive_problem",
        listens={Stage.TOLD: asks_where_it_shows},
        slots=frozenset({"partner"}),
        follow_ups={
            "where the reason is": Open("incentive_history"),
            "is it a failure": Open("incentive_history"),
            "a difference": Open("incentive_history"),
            **MONEY_QUESTIONS,
        },
    ),
)
async def incentive_history(turn: Turn) -> Reply:
    """Show the official payments; without them, say so and explain what the dashboard shows."""
    payments = sorted(turn.participant.payments)
    if turn.told(ASKED) == "is it a failure" and (status := turn.told("status")) is not None:
        return _no_failure(PaymentStatus(status), turn)
    if turn.told(ASKED) == "a difference" and (compared := _compared(turn)):
        return say(_("📜 Arti statusnya:\n{statuses}"), statuses=meanings(compared, turn))
    if not payments:
        return _none_yet(turn) if turn.participant.official else _unofficial(turn)
    number = turn.told("open")
    opened = next((one for one in payments if str(one.number) == number), None)
    reply = _with_buttons(_list(payments, opened, turn), payments, opened)
    return reply.in_place() if number is not None else reply


def _list(payments: list[Payment], opened: Payment | None, turn: Turn) -> Reply:
    *earlier, current = payments
    head = _("📜 <b>Riwayat insentifmu</b> (data resmi)\n\nSekarang:\n{current}")
    reply = say(head, current=line(current))
    if earlier:
        lines = Html("\n".join(line(one) for one in reversed(earlier)))
        reply = reply.also(_("Sebelumnya:\n{payments}"), payments=lines)
    if opened is None:
        reply = reply.also(_("Tekan ▾ untuk rinciannya."))
        if all(one.status is PaymentStatus.PAID for one in payments):
            return reply.button(_("📝 Soal survei"), "survey")
        return reply.button(_("😕 Ada yang belum cair"), "incentive_problem")
    return with_payment(reply.also(_("▾ <b>Rincian ke-{number}</b>"), number=opened.number), opened, turn)


def _with_buttons(reply: Reply, payments: list[Payment], opened: Payment | None) -> Reply:
    """Put the arrows above the other buttons, newest first, two a row."""
    arrows = [_arrow(one, opened) for one in reversed(payments)]
    width = 1 if len(arrows) == 1 else 2
    rows = tuple(tuple(arrows[start : start + width]) for start in range(0, len(arrows), width))
    *_before, last = reply.messages
    return Reply((type(last)(last.text, (*rows, *last.keys)),), reply.edits)


def _arrow(payment: Payment, opened: Payment | None) -> Button:
    values = {"number": payment.number, "sign": sign(payment.status), "status": called(payment.status)}
    if payment == opened:
        return button(fill(_("▴ Ke-{number} {sign} {status}"), **values), "incentive_history", open=_CLOSED)
    return button(fill(_("▾ Ke-{number} {sign} {status}"), **values), "incentive_history", open=str(payment.number))


def _none_yet(turn: Turn) -> Reply:
    reply = say(_("📜 Di data resmimu belum ada pembayaran insentif."))
    reply = reply.also(
        _("Jadwalnya muncul setelah pelatihan selesai, ulasan terisi, dan rekening atau e-wallet tersambung.")
    )
    reply = reply.button(_("😕 Seharusnya sudah ada"), "incentive_problem")
    return with_next_step(reply.button(_("💰 Syarat insentif"), "incentive_rules"), turn)


def _unofficial(turn: Turn) -> Reply:
    if (status := _status_named(turn)) is not None:
        turn.settle("status", status.value)
    reply = say(
        _(
            "📜 Data resmi insentifmu belum ada padaku. Lihat <b>History Insentif</b> di dashboard Prakerja, lalu "
            "tekan panah ke bawah ▾ di tiap pembayaran.\n\nArti statusnya:\n{statuses}"
        ),
        statuses=meanings(set(PaymentStatus), turn),
    )
    reply = ask_number(reply, turn)
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    reply = reply.button(_("❌ Gagal: cari artinya"), "incentive_problem", shows="failed")
    reply = reply.button(_("😕 Belum cair"), "incentive_problem")
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="incentive", tried="1")


def _no_failure(status: PaymentStatus, turn: Turn) -> Reply:
    """Say whether the status that was spoken of means a failure."""
    failed = status is PaymentStatus.FAILED
    words = _("❌ Ya, itu gagal: {meaning}.") if failed else _("🙂 Bukan gagal. <b>{status}</b>: {meaning}.")
    reply = say(words, status=called(status).capitalize(), meaning=meaning(status))
    if failed:
        return reply.button(_("❌ Gagal: cari artinya"), "incentive_problem", shows="failed")
    reply = reply.also(_("Pantau saja di History Insentif; kalau berubah jadi gagal, alasannya tertulis di situ."))
    return with_next_step(reply.button(_("😕 Belum cair"), "incentive_problem"), turn)


def _compared(turn: Turn) -> set[PaymentStatus]:
    """Return the status that was spoken of and the one that is named now; empty where they are not two."""
    named, before = _status_named(turn), turn.told("status")
    both = {one for one in (named, PaymentStatus(before) if before else None) if one is not None}
    return both if len(both) > 1 else set()


def _status_named(turn: Turn) -> PaymentStatus | None:
    """Return the status that the words name: *di history tulisannya dalam pengecekan*."""
    said = typed(turn).casefold()
    named = {each.status for each in turn.programme.statuses if each.text.casefold().rstrip(".") in said}
    return named.pop() if len(named) == 1 else None
