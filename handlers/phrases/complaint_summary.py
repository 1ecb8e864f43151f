"""Summary of a complaint for whoever helps: who, where on the path, what, in the words of the participant."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from handlers.phrases.matters import matter_name
from handlers.phrases.milestone_titles import titles
from handlers.phrases.wave_number import wave_number
from locales import SOURCE, Html, _, fill, moment, short_date, speaking
from programme.model.milestones import Milestone, Step
from programme.model.payments import PaymentStatus


def summary(turn: Turn, about: str, concerned: str | None, complaint: str | None) -> Html:
    """Write what is known as plain lines to copy, in Indonesian: that is what those who help read.

    `concerned` names a platform or payment partner.
    """
    with speaking(SOURCE):
        return _lines(turn, about, concerned, complaint)


def _lines(turn: Turn, about: str, concerned: str | None, complaint: str | None) -> Html:
    reached = sorted(turn.participant.progress.values(), key=lambda step: step.milestone.position)
    lines = [_who(turn), *(_reached(step, turn) for step in reached)]
    if about == "incentive":
        lines += _failed_payments(turn)
    elif turn.cutoff is not None and not turn.participant.has(Milestone.BOUGHT):
        lines.append(fill(_("Batas beli pelatihan pertama: {day} pukul 23.59 WIB"), day=turn.cutoff.day))
    lines.append(fill(_("Masalah: {matter}"), matter=matter_name(about)))
    if concerned is not None:
        lines.append(fill(_("Platform / mitra: {name}"), name=concerned))
    if complaint is not None:
        lines.append(fill(_("Cerita: {complaint}"), complaint=complaint))
    local = turn.participant.local
    lines.append(fill(_("Ditulis: {when}"), when=moment(turn.now, local.tz, local.value)))
    return Html("\n".join(lines))


def _who(turn: Turn) -> str:
    passed_on = turn.participant.passed_on
    wave = turn.participant.wave or wave_number(turn.told("wave"))
    if wave is None:
        return _("Peserta Kartu Prakerja")
    if passed_on is None:
        return fill(_("Peserta Kartu Prakerja gelombang {wave}"), wave=wave)
    return fill(_("Peserta Kartu Prakerja gelombang {wave}, lolos {day}"), wave=wave, day=short_date(passed_on))


def _reached(step: Step, turn: Turn) -> str:
    platform = turn.programme.platforms.get(step.platform or "")
    details = [short_date(step.on)] if step.on else []
    details += [platform.name] if platform else []
    told = fill(" ({details})", details=", ".join(details)) if details else ""
    return fill(_("Sudah: {milestone}{told}"), milestone=titles()[step.milestone], told=Html(told))


def _failed_payments(turn: Turn) -> list[str]:
    failed = [one for one in sorted(turn.participant.payments) if one.status is PaymentStatus.FAILED]
    return [
        fill(_("Insentif ke-{number} gagal: {reason}"), number=one.number, reason=one.reason or _("tanpa alasan"))
        for one in failed
    ]
