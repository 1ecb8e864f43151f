"""Disclosure of all data that is kept of one participant, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.dialogue.turn import Turn
from handlers.phrases.milestone_titles import titles
from locales import Html, Rupiah, _, fill, languages, moment, short_date
from programme.model.milestones import Source, Step
from programme.model.participants import Participant, Pause, ReminderLevel
from programme.model.payments import Payment, PaymentStatus


def kept_of_me(turn: Turn) -> Html:
    """Write one line a thing that is known; what is not known is left out."""
    person = turn.participant
    lines = [*_about(person), *_wave(turn), *_reminders(person), *_path(turn), *map(_payment, person.payments)]
    lines += _told(turn)
    return Html("\n".join(f"• {line}" for line in lines))


def _about(person: Participant) -> Iterator[str]:
    if person.name:
        yield fill(_("nama panggilan: {name}"), name=person.name)
    if person.language in languages():
        yield fill(_("bahasa: {name}"), name=languages()[person.language].name)
    if person.zone is not None:
        yield fill(_("zona waktu: {zone}"), zone=person.zone.value)
    if person.joined_at is not None:
        joined = person.joined_at.astimezone(person.local.tz).date()
        yield fill(_("mulai mengobrol denganku: {day}"), day=short_date(joined))


def _wave(turn: Turn) -> Iterator[str]:
    person = turn.participant
    if person.wave is not None:
        yield fill(_("gelombang: {wave}"), wave=person.wave)
    if person.passed_on is not None:
        yield fill(_("dinyatakan lolos: {day}"), day=short_date(person.passed_on))
    if person.official:
        yield _("nomormu (dalam bentuk sandi acak) cocok dengan daftar peserta")
    if person.told_cutoff is not None:
        told = moment(person.told_cutoff, person.local.tz, person.local.value)
        yield fill(_("batas beli yang terakhir kuberitahukan: {when}"), when=told)
    if person.obstacle is not None:
        named = _obstacles().get(person.obstacle, person.obstacle)
        yield fill(_("kendala yang kamu sebut: {obstacle}"), obstacle=named)


def _reminders(person: Participant) -> Iterator[str]:
    if person.pause is Pause.RESTRICTED:
        yield _("pemrosesan: dibatasi atas permintaanmu, jadi tidak ada yang kucatat")
    elif person.pause is Pause.WITHDRAWN:
        yield _("persetujuan: sudah ditarik, dan semua ini segera kuhapus")
    levels = {
        ReminderLevel.ALL: _("pengingat: semua"),
        ReminderLevel.FEWER: _("pengingat: yang penting saja"),
        ReminderLevel.NONE: _("pengingat: mati"),
    }
    yield levels[person.reminders.level]
    if person.reminders.at is not None:
        yield fill(_("jam pengingat: {hour}"), hour=f"{person.reminders.at:%H.%M}")
    if not person.reminders.pictures:
        yield _("pengingat: tulisan saja, tanpa gambar")
    if person.plan_at is not None:
        planned = moment(person.plan_at, person.local.tz, person.local.value)
        yield fill(_("rencanamu beli: {when}"), when=planned)


def _path(turn: Turn) -> Iterator[str]:
    named = titles()
    for step in sorted(turn.participant.progress.values(), key=lambda each: each.milestone.position):
        yield fill(_("langkah “{title}”: {details}"), title=named[step.milestone], details=_details(step, turn))


def _details(step: Step, turn: Turn) -> list[str]:
    platform = turn.programme.platforms.get(step.platform or "")
    told = _("data resmi") if step.source is Source.OFFICIAL else _("dari laporanmu")
    day = short_date(step.on) if step.on else None
    return [detail for detail in (day, platform.name if platform else None, told) if detail]


def _told(turn: Turn) -> Iterator[str]:
    if turn.in_mind is not None:
        yield fill(
            _("ceritamu tadi, untuk petugas kalau kamu minta (paling lama sehari): “{story}”"), story=turn.in_mind
        )


def _payment(payment: Payment) -> str:
    statuses = {
        PaymentStatus.SCHEDULED: _("dijadwalkan"),
        PaymentStatus.CHECKING: _("dalam pengecekan"),
        PaymentStatus.HELD: _("tertahan"),
        PaymentStatus.PAID: _("cair"),
        PaymentStatus.FAILED: _("gagal"),
    }
    return fill(
        _("insentif {number}: {sum}, {status}"),
        number=payment.number,
        sum=Rupiah(payment.amount),
        status=statuses[payment.status],
    )


def _obstacles() -> dict[str, str]:
    return {
        "forgot_password": _("tidak bisa masuk akun"),
        "dont_know_how": _("belum tahu caranya"),
        "balance_missing": _("saldo belum ada"),
        "cant_choose": _("bingung memilih"),
        "purchase_fails": _("pembelian gagal"),
        "found_work": _("sudah dapat kerja"),
        "other": _("hal lain"),
    }
