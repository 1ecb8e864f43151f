"""One incentive payment in words: a line for the list, and its detail with the way out where it failed."""

from __future__ import annotations

from collections.abc import Collection

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.failure_words import explained, with_helpers, with_person
from handlers.phrases.matches import matches
from handlers.understanding.phrases import names, says
from locales import Html, Rupiah, _, fill, short_date
from programme.failures import Failure, explain
from programme.model.payments import Payment, PaymentStatus
from programme.partners import Partner
from programme.programme import Programme


def sign(status: PaymentStatus) -> str:
    """Return the sign under which a status is recognised at a glance."""
    return {
        PaymentStatus.SCHEDULED: "📅",
        PaymentStatus.CHECKING: "🔍",
        PaymentStatus.HELD: "⏸",
        PaymentStatus.PAID: "✅",
        PaymentStatus.FAILED: "❌",
    }[status]


def called(status: PaymentStatus) -> str:
    """Return the short name of a status."""
    return {
        PaymentStatus.SCHEDULED: _("dijadwalkan"),
        PaymentStatus.CHECKING: _("dalam pengecekan"),
        PaymentStatus.HELD: _("tertahan"),
        PaymentStatus.PAID: _("cair"),
        PaymentStatus.FAILED: _("gagal"),
    }[status]


def meaning(status: PaymentStatus) -> str:
    """Return what a status means, as far as a source tells."""
    return {
        PaymentStatus.SCHEDULED: _("sudah ada tanggalnya, tinggal tunggu"),
        PaymentStatus.CHECKING: _("data rekening atau e-wallet-mu sedang dicocokkan"),
        PaymentStatus.HELD: _("artinya belum bisa kupastikan, tanya Prakerja"),
        PaymentStatus.PAID: _("uangnya sudah masuk"),
        PaymentStatus.FAILED: _("lihat alasannya, perbaiki, lalu pantau lagi"),
    }[status]


def statuses_asked(text: str, programme: Programme) -> list[PaymentStatus]:
    """Return the statuses of the dashboard whose meaning a text asks for.

    *Dalam pengecekan* and *dana tertahan* are words of the dashboard alone, so that any question asks of them.
    """
    of_meaning = any(says(what, text) for what in ("what it means", "what is that", "a difference", "how long"))
    if not of_meaning and not (says("a status of the dashboard", text) and says("a question", text)):
        return []
    named = list(dict.fromkeys(each.status for each in programme.statuses if names(text, each.text)))
    return named if of_meaning else [one for one in named if one in {PaymentStatus.CHECKING, PaymentStatus.HELD}]


def meanings(statuses: Collection[PaymentStatus], turn: Turn) -> Html:
    """Explain the dashboard's words for these statuses, those of one meaning together."""
    words: dict[PaymentStatus, list[str]] = {}
    for each in turn.programme.statuses:
        if each.status in statuses:
            words.setdefault(each.status, []).append(each.text)
    return Html(
        "\n".join(
            fill(_("• <b>{words}</b>: {meaning}"), words=" / ".join(texts), meaning=meaning(status))
            for status, texts in words.items()
        )
    )


def explained_statuses(statuses: list[PaymentStatus], turn: Turn) -> Reply:
    """Say what the dashboard's words for a payment mean, each of those that were asked about."""
    reply = say(_("📜 Arti statusnya:\n{statuses}"), statuses=meanings(statuses, turn))
    if len(statuses) > 1 and matches(turn, "a difference"):
        reply = reply.after(_("Ya, itu berbeda."))
    if matches(turn, "how long"):
        reply = reply.also(_("Berapa lama status itu bertahan tidak ada di sumberku, jadi tidak kutebak."))
    if PaymentStatus.HELD in statuses:
        phone = turn.programme.contacts["phone"]
        reply = reply.also(_("Tanya Prakerja: {phone} (bebas pulsa) atau Formulir Pengaduan."), phone=phone.value)
        reply = reply.link(_("☎️ Telepon Prakerja"), phone.url)
    return reply.button(_("📅 Ada jadwal, belum masuk"), "incentive_problem", shows="late")


def line(payment: Payment) -> Html:
    """Write the payment in one line: number, sum, status and day."""
    day = payment.paid_on or payment.scheduled_on
    when = fill(" · {day}", day=short_date(day)) if day else ""
    return Html(
        fill(
            _("{sign} Ke-{number}: <b>{sum}</b>, {status}{when}"),
            sign=sign(payment.status),
            number=payment.number,
            sum=Rupiah(payment.amount),
            status=called(payment.status),
            when=Html(when),
        )
    )


def with_payment(reply: Reply, payment: Payment, turn: Turn) -> Reply:
    """Add the payment's detail to its line and, where it is in trouble, the buttons to whoever helps."""
    partner = turn.programme.partner(payment.partner) if payment.partner else None
    if partner is not None:
        reply = reply.also(_("Tujuan: {partner}."), partner=partner.name)
    match payment.status:
        case PaymentStatus.FAILED:
            return _with_failure(reply, payment, partner, turn)
        case PaymentStatus.HELD:
            held = turn.programme.failures.get("held")
            return with_person(_also(reply, explained(held, partner, turn.now)) if held else reply, partner)
        case PaymentStatus.SCHEDULED:
            return _with_wait(reply, turn)
        case PaymentStatus.CHECKING:
            return reply.also(_("Data rekening atau e-wallet-mu sedang dicocokkan: NIK dan nomor HP-nya harus sama."))
        case PaymentStatus.PAID:
            reply = reply.also(_("Tercatat sudah masuk. Belum kelihatan? Cek mutasi atau riwayat e-wallet-mu."))
            return reply.button(_("😕 Uangnya tidak ada"), "incentive_problem", shows="late")


def reason(payment: Payment, turn: Turn) -> Failure | None:
    """Return the known failure behind the payment's reason."""
    return explain(payment.reason, turn.programme) if payment.reason else None


def _with_failure(reply: Reply, payment: Payment, partner: Partner | None, turn: Turn) -> Reply:
    failure = reason(payment, turn)
    if payment.reason:
        reply = reply.also(_("Alasannya: <i>“{reason}”</i>"), reason=payment.reason)
    if failure is None:
        reply = reply.also(_("Alasan itu belum ada di catatanku, jadi tanyakan ke Prakerja ya."))
        return with_person(reply, partner)
    partner = partner or (turn.programme.partners.get(failure.partner) if failure.partner else None)
    return with_helpers(_also(reply, explained(failure, partner, turn.now)), failure, partner, turn)


def _also(reply: Reply, more: Reply) -> Reply:
    return reply.also("{text}", text=Html(more.messages[-1].text))


def _with_wait(reply: Reply, turn: Turn) -> Reply:
    wave = turn.participant.wave
    scheme = turn.programme.scheme(wave) if wave else None
    if scheme is None or scheme.payout_days_at_least is None:
        return reply.also(_("Tinggal tunggu; pantau tanggalnya di dashboard."))
    return reply.also(
        _("Uang masuk {least}–{most} hari kerja setelah tanggal jadwal. Lewat dari itu? Kabari aku."),
        least=scheme.payout_days_at_least,
        most=scheme.payout_days_at_most,
    )
