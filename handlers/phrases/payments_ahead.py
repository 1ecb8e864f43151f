"""Payments that are still ahead: what they wait for, and how many there are."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import Rules
from locales import Html, Rupiah, _, fill
from programme.model.milestones import Milestone


def by_itself(turn: Turn) -> Reply:
    """Say what the incentive waits for, as far as the person has not done it."""
    waits_for = {
        Milestone.BOUGHT: _("beli pelatihan pertama"),
        Milestone.COMPLETED: _("selesaikan pelatihannya"),
        Milestone.REVIEWED: _("beri rating dan ulasan"),
        Milestone.ACCOUNT_CONNECTED: _("sambungkan rekening atau e-wallet atas namamu"),
    }
    left = [words for step, words in waits_for.items() if not turn.is_behind(step)]
    if not left:
        return say(_("✅ Ya, langkahmu sudah lengkap: tinggal tunggu jadwalnya di dashboard.")).button(
            _("📅 Kapan masuknya?"), "when_paid"
        )
    lines = Html("\n".join(fill("• {words}", words=words) for words in left))
    reply = say(_("❌ Tidak otomatis. Supaya insentif dijadwalkan, masih perlu:\n{lines}"), lines=lines)
    return with_next_step(reply.button(_("📅 Kapan masuknya?"), "when_paid"), turn)


def still_to_come(rules: Rules, turn: Turn) -> Reply:
    """Say how many payments there are in all, and that the surveys are paid beside them."""
    scheme = rules.scheme
    words = _("💰 Insentifnya satu kali saja. Sesudah itu ada {surveys} survei, masing-masing {survey}.")
    if scheme.incentive_times > 1:
        words = _(
            "✅ Masih ada: insentif <b>{times} kali</b>, tiap bulan, masing-masing {sum}. Selain itu ada {surveys} "
            "survei, masing-masing {survey}."
        )
    reply = say(
        words,
        times=scheme.incentive_times,
        sum=Rupiah(scheme.incentive),
        surveys=scheme.survey_times,
        survey=Rupiah(scheme.survey),
    )
    reply = reply.also(_("Yang sudah dan belum cair tampil di History Insentif, di dashboard-mu."))
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("📅 Kapan masuknya?"), "incentive_asked", what="next").button(_("📝 Soal survei"), "survey")
