"""Where the person stands on the path: a card with what is done, what is open, and the one next step."""

from __future__ import annotations

from handlers.dialogue.in_talk import is_past_buying
from handlers.dialogue.listening import OTHERS_WAVE, WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.milestone_titles import titles
from handlers.phrases.next_step import next_milestone, next_step, with_next_step
from handlers.phrases.of_another import is_of_another
from handlers.phrases.possible_waves import cutoff_line
from handlers.phrases.told_steps import told_in_a_clause
from handlers.phrases.which_wave import which_wave
from handlers.understanding.phrases import says
from locales import N_, Html, _, fill, short_date
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone, Source, Step

SHOWN = tuple(milestone for milestone in Milestone)
_NEXT = ("what comes next", "what to do now", "how to do it", "which comes first", "not clear", "is all well")
"""What is asked of the step that is next."""
_DAY_OF_TELLING = frozenset((Milestone.REVIEWED, Milestone.ACCOUNT_CONNECTED))
"""Steps noted under the day on which they were told, from which the reminders count: nobody said that it was theirs."""


def is_lost(spoken: Spoken) -> Recognised | None:
    """Hear *bingung kak*, *lupa semua*: whoever doesn't know where they stand."""
    lost = any(says(what, spoken.text) for what in ("lost", "nothing left to do"))
    return Recognised(Open("status"), "status", spoken.understood.confidence) if lost else None


def asks_why_it_says_so(spoken: Spoken) -> Open | None:
    """Hear *kenapa status gw bilang batas beli lewat* of somebody who is past buying."""
    asked = says("why it says so", spoken.text) and is_past_buying(spoken)
    return Open("status", {"step": "why"}) if asked and heard_at(Stage.ALARM, spoken) is None else None


@conversation(
    "status",
    about=N_("Status & langkahku berikutnya"),
    commands=("status",),
    traits=Traits(
        tells=True,
        expects=asks_why_it_says_so,
        listens={Stage.WISH: is_lost},
        notes=told_in_a_clause,
        follow_ups={
            "join again": Open("revoked"),
            "is it final": Open("revoked"),
            **dict.fromkeys(_NEXT, Open("status", {"step": "next"})),
            **in_short("status"),
        },
        after_any=frozenset({"what comes next"}),
    ),
)
async def status(turn: Turn) -> Reply | Open:
    """Show the card, and after it what the next step is; a wave that nobody has told is asked for first."""
    if is_of_another(turn):
        return _path_of_all(turn)
    if turn.told("step") == "why" and not turn.participant.has(Milestone.BOUGHT):
        return _not_told_before(turn)
    shown = await status_card(turn)
    action = next_step(turn).action
    if turn.told("step") != "next" or not isinstance(action, Open):
        return shown
    return Open("still_learning") if action.conversation in REPORTS else action


def _not_told_before(turn: Turn) -> Reply:
    """The card knows what was noted alone: the purchase is noted by a press."""
    words = _(
        "🙏 Maaf: itu karena pembelianmu <b>belum tercatat padaku</b>. Dari ceritamu kamu sudah lewat langkah itu, "
        "jadi batas beli tidak perlu kamu pikirkan lagi."
    )
    return with_next_step(say(words).button(_("✅ Catat: sudah beli"), "report_bought"), turn)


def _path_of_all(turn: Turn) -> Reply:
    """Say what comes when for everybody; where somebody else stands only they can see."""
    reply = say(
        _(
            "👥 Status orang lain hanya tampil di dashboard-nya sendiri, tapi urutannya sama untuk semua:\n"
            "• sebelum beli: tonton 3 video induksi sampai saldo tampil\n"
            "• beli pelatihan pertama sebelum batas gelombangnya\n"
            "• sesudah beli: selesaikan pelatihannya, lalu beri rating dan ulasan\n"
            "• sertifikat muncul di dashboard, sambungkan rekening atau e-wallet atas NIK-nya sendiri\n"
            "• insentif dijadwalkan, lalu ada survei"
        )
    )
    number = turn.told("wave") if turn.told(WHOSE) is not None else turn.talk.get(OTHERS_WAVE)
    if number is not None and turn.programme.cutoff(int(number)) is not None:
        reply = reply.also("{cutoff}", cutoff=Html(cutoff_line(int(number), turn, whose=_("dia"))))
    return with_next_step(reply, turn)


async def status_card(turn: Turn) -> Reply:
    """Return the card alone; whoever is past buying need not tell their wave."""
    late = any(map(turn.is_behind, (Milestone.COMPLETED, Milestone.ACCOUNT_CONNECTED)))
    wave = turn.participant.wave or (None if late else await which_wave(turn))
    words = _("📍 <b>Statusmu</b> · gelombang {wave}\n{path}") if wave else _("📍 <b>Statusmu</b>\n{path}")
    reply = say(words, wave=wave or "", path=_path(turn))
    reply = _with_days_left(reply, turn).also(_whose_data(turn))
    reply = with_next_step(reply, turn)
    bought = turn.participant.has(Milestone.BOUGHT)
    mend = button(_("↩️ Ada yang salah"), "undo") if bought else button(_("✅ Aku sudah beli"), "report_bought")
    return reply.row(mend) if turn.participant.official else reply.row(mend, _other_wave())


def _other_wave() -> Button:
    return button(_("Ganti gelombang"), "change_wave")


def _path(turn: Turn) -> Html:
    """Write one line a milestone; those before a reached one count as behind the person."""
    named, progress = titles(), turn.participant.progress
    upcoming = next_milestone(turn)
    lines = []
    for milestone in SHOWN:
        step = progress.get(milestone)
        if step is not None:
            lines.append(fill("✅ {title}{when}", title=named[milestone], when=_when(step, turn)))
        elif any(turn.is_behind(later) for later in SHOWN[milestone.position :]):
            lines.append(fill("☑️ {title}", title=named[milestone]))
        elif milestone is upcoming:
            lines.append(fill("👉 <b>{title}</b>", title=named[milestone]))
        else:
            lines.append(fill("▫️ {title}", title=named[milestone]))
    return Html("\n".join(lines))


def _when(step: Step, turn: Turn) -> Html:
    platform = turn.programme.platforms.get(step.platform or "")
    own = step.milestone in _DAY_OF_TELLING and step.source is not Source.OFFICIAL
    told = [short_date(step.on)] if step.on and not own else []
    told += [platform.name] if platform else []
    if turn.participant.official and step.source is not Source.OFFICIAL:
        told.append(_("menurut laporanmu"))
    return Html(fill(" ({told})", told=", ".join(told))) if told else Html("")


def _with_days_left(reply: Reply, turn: Turn) -> Reply:
    cutoff = turn.cutoff
    if cutoff is None or turn.is_behind(Milestone.BOUGHT):
        return reply
    if turn.too_late:
        return reply.also(_("⚫ Batas beli sudah lewat: {day} pukul 23.59 WIB."), day=cutoff.day)
    return reply.also(
        _("Batas beli: {when}\n{left}"),
        when=on_both_clocks(cutoff, turn.place),
        left=what_is_left(cutoff, turn.now),
    )


def _whose_data(turn: Turn) -> str:
    if turn.participant.official:
        reported = any(step.source is not Source.OFFICIAL for step in turn.participant.progress.values())
        if reported:
            return _("<i>Data resmi belum mencatat semua laporanmu; cek juga di dashboard Prakerja.</i>")
        return _("<i>✔️ Sesuai data resmi Prakerja.</i>")
    return _("<i>Ini dari ceritamu sendiri; yang resmi ada di dashboard Prakerja.</i>")
