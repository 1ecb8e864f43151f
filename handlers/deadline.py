"""When the first training must be bought: the question that this assistant exists for."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.dialogue.in_talk import NOT_BOUGHT, RELATIVE, SOMEBODY
from handlers.dialogue.listening import OTHERS, OTHERS_WAVE, WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.bought_words import bought_words
from handlers.phrases.claimed_cutoff import with_verdict
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.of_another import is_of_another
from handlers.phrases.reminder_orders import asks_if_in_time
from handlers.phrases.told_by import with_source
from handlers.phrases.wave_number import wave_number
from handlers.phrases.which_wave import which_wave
from handlers.understanding import find_entities
from handlers.understanding.of_whom import names_its_writer
from handlers.understanding.phrases import says
from handlers.understanding.relatives import is_writer
from handlers.understanding.wave_answer import numbers_answered
from locales import N_, Html, _, fill, moment, short_date
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.events import CutoffTold
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.rules import Scheme
from programme.waves import Wave

_AT_THE_CUTOFF = frozenset(("23:59", "00:59", "01:59"))
_DIGITS = 2  # of a wave
_FEW = 7
"""Words around the number of a wave."""
_OF_AN_HOUR = frozenset(("deadline", "reminder_settings", NO_ANSWER))
"""Intents that a question whether the cutoff is at an hour may have."""
_OF_A_WAVE = frozenset(("register_wave", "my_wave", "deadline", "start", "missed_it"))
"""Matters in which a number is that of a wave."""


def bare_number(spoken: Spoken) -> Recognised | None:
    """Hear a number by itself as a wave, from somebody whose wave is not known.

    Where one's wave was just spoken of, a few words may stand around it: *oh ada di sms, 21*.
    """
    if spoken.participant.wave is not None:
        return None
    alone = wave_number(spoken.text) is not None and len(spoken.text) <= _DIGITS
    asked = spoken.matter is not None and spoken.matter.conversation in _OF_A_WAVE and "?" not in spoken.text
    few = asked and len(spoken.text.split()) <= _FEW and not spoken.understood.entities
    latest = spoken.programme.latest_wave(spoken.now)
    found = numbers_answered(spoken.text, spoken.today, latest.number) if few and latest is not None else []
    if says("not passed yet", spoken.text) or not (alone or len(found) == 1):
        return None
    if alone and (offered := _offered_to_choose(spoken)) is not None:
        return Recognised(Open(offered, {"wave": spoken.text}), offered)
    own = asked and spoken.matter is not None and "wave" not in spoken.matter.told
    number = spoken.text if alone else str(found[0])
    return Recognised(Open("my_wave" if own or not alone else "deadline", {"wave": number}), "deadline")


def _offered_to_choose(spoken: Spoken) -> str | None:
    """Return the matter whose answer offered to name the wave: *21* goes on with that."""
    opened = (key.action for key in spoken.offered if isinstance(key, Button) and isinstance(key.action, Open))
    return next((one.conversation for one in opened if "ask_wave" in one.answers), None)


def heard_first(spoken: Spoken) -> Recognised | None:
    """Hear a bare number, a rumour of more time, *sisa berapa jam lagi?*: whatever was spoken of, of the cutoff."""
    understood = spoken.understood
    if says("the days to buy are counted", spoken.text):
        return Recognised(Open("deadline", {**spoken.told, "doubted": "1"}), "legal_basis", understood.confidence)
    if says("others tell of more time", spoken.text) and not understood.certain:
        return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)
    if understood.certain and understood.intent == "deadline" and says("how much time is left", spoken.text):
        return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)
    if understood.intent in _OF_AN_HOUR and says("is it that hour", spoken.text) and asks_if_in_time(spoken.text):
        return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)
    return bare_number(spoken)


def _asks_whose_clock(spoken: Spoken) -> bool:
    """Whether somebody asks by whose clock the cutoff is: *23.59 itu wib?*; of nothing before: *jam sini apa wib*."""
    understood = spoken.understood
    of_it = understood.entity("hour") in _AT_THE_CUTOFF or says("of the deadline", spoken.text)
    open_to_it = understood.intent in {"deadline", NO_ANSWER} and not understood.also
    moment = any(entity.kind in {"hour", "date"} for entity in understood.entities)
    alone = spoken.matter is None and open_to_it and not moment
    return (of_it or alone) and says("in whose time", spoken.text)


def asks_of_the_cutoff(spoken: Spoken) -> Recognised | None:
    """Hear *pengumumannya tgl 22 september*, since that day tells the wave and its cutoff, or *masih bisa?* alone."""
    understood = spoken.understood
    if _asks_whose_clock(spoken):
        return Recognised(Open("deadline", {**spoken.told, "clocks": "1"}), "deadline", understood.confidence)
    named = says("of the deadline", spoken.text) and says("about buying", spoken.text)
    gone = says("is it gone", spoken.text) and not spoken.participant.has(Milestone.BOUGHT)
    until = understood.intent == "deadline" and says("until which hour", spoken.text)
    if named or gone or until or says("still possible", spoken.text):
        return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)
    disputed = says("which day is right", spoken.text) and understood.entity("date") is not None
    if disputed or (says("may it move", spoken.text) and not spoken.participant.has(Milestone.BOUGHT)):
        return Recognised(Open("deadline", {**spoken.told, "doubted": "1"}), "deadline", understood.confidence)
    unknown = spoken.participant.wave is None and understood.entity("wave") is None
    if not unknown or understood.entity("date") is None or not says("the announcement", spoken.text):
        return None
    return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)


def asks_of_a_place(spoken: Spoken) -> Recognised | None:
    """Hear *batas di Ambon jam berapa*: the cutoff on the clock of a place."""
    understood = spoken.understood
    other = understood.also or (understood.certain and understood.intent not in {"deadline", NO_ANSWER})
    if other or spoken.place is None or not says("the cutoff there", spoken.text):
        return None
    return Recognised(Open("deadline", spoken.told), "deadline", understood.confidence)


@conversation(
    "deadline",
    about=N_("Batas waktu beli pelatihan"),
    commands=("batas", "deadline"),
    traits=Traits(
        tells=True,
        listens={Stage.FIRST: heard_first, Stage.TOLD: asks_of_a_place, Stage.WISH: asks_of_the_cutoff},
        slots=frozenset({"wave", "zone"}),
        follow_ups={**DATE_QUESTIONS, **in_short("deadline"), "tried already": Open("purchase_problem")},
    ),
)
async def deadline(turn: Turn) -> Reply:
    """Tell the cutoff of the person's wave, or of the wave that was asked about."""
    beside = _is_the_writers(turn)
    others = not beside and (turn.told(WHOSE) is not None or _of_somebody_known(turn))
    number = (
        await _others_wave(turn) if others else (turn.participant.wave if beside else None) or await which_wave(turn)
    )
    own = number == turn.participant.wave and not others
    beyond = turn.participant.wave is None and not others and turn.is_behind(Milestone.BOUGHT)
    if turn.participant.wave is None and not others:
        turn.settle("wave", str(number))
    cutoff = turn.programme.cutoff_of(turn.participant) if own else turn.programme.cutoff(number)
    if number > _newest(turn) and not (own and turn.participant.has_passed):
        return _not_yet(number, turn)
    if cutoff is None or cutoff.certainty is Certainty.UNSURE:
        return _unknown(number, turn)
    if own:
        turn.record(CutoffTold(cutoff.at))
    if turn.told("doubted") is not None:
        return with_verdict(_sourced(number, cutoff, turn), cutoff, turn)
    if turn.told("verdict") is not None and turn.now <= cutoff.at:
        return _in_one_line(cutoff, turn)
    if turn.told("clocks") is not None and turn.now <= cutoff.at:
        return with_verdict(_on_all_clocks(number, cutoff, turn), cutoff, turn)
    if turn.now > cutoff.at:
        return _past(number, cutoff, turn, own=own or beyond)
    return with_verdict(_ahead(number, cutoff, turn, own=own or beyond), cutoff, turn)


def _in_one_line(cutoff: Cutoff, turn: Turn) -> Reply:
    """Answer *ya atau tidak?*, whatever moment was asked about: before the cutoff it is yes, after it no."""
    when, left = on_both_clocks(cutoff, turn.place), what_is_left(cutoff, turn.now)
    words = _("✅ Sampai batasnya <b>bisa</b>, lewat dari itu <b>tidak</b>.\n\n⏰ {when}\n{left}")
    return with_next_step(say(words, when=when, left=left), turn)


def _is_the_writers(turn: Turn) -> bool:
    """Whether the wave that is named is that of whoever writes for the owner, who is spoken of, too."""
    known = turn.participant.wave is not None and is_writer(turn.talk.get(RELATIVE))
    return known and turn.told(WHOSE) is not None and names_its_writer(turn.said)


def _of_somebody_known(turn: Turn) -> bool:
    """Whether it is asked of somebody else whose wave was told: *istriku batasnya kapan dulu*."""
    return turn.told("wave") is None and OTHERS_WAVE in turn.talk and is_of_another(turn)


def _is_elsewhere(turn: Turn) -> bool:
    """Whether the place that was named is not the person's own: it is somebody else's, or theirs is another."""
    named, own = turn.told("zone"), turn.participant.zone
    theirs = turn.told(WHOSE) is not None or SOMEBODY in turn.talk or is_of_another(turn)
    return named is not None and (named != own if own is not None else theirs)


async def _others_wave(turn: Turn) -> int:
    """Return the wave of somebody else, which is asked for and kept of nobody."""

    def read(text: str) -> str | None:
        found = find_entities(text, today=turn.today, kinds=("wave",))
        number = found[0].value if found else text.strip()
        return number if wave_number(number) is not None else None

    spoken_of = turn.talk.get(OTHERS_WAVE)
    if spoken_of is not None and turn.told("wave") is None:
        turn.settle("wave", spoken_of)
        turn.settle(WHOSE, OTHERS)
        return int(spoken_of)
    words = _("Boleh. Dia lolos di <b>gelombang berapa</b>? Ketik angkanya ya.")
    return int(await turn.choose("wave", words, [], read=read) or 0)


def _sourced(number: int, cutoff: Cutoff, turn: Turn) -> Reply:
    """Stand by the date, with where it comes from and where it can be checked."""
    wave, scheme = turn.programme.waves.get(number), turn.programme.scheme(number)
    published = cutoff.certainty is Certainty.PUBLISHED and wave is not None
    reply = say(
        _("📌 Yang kupegang: batas beli gelombang {wave} tetap <b>{day} pukul 23.59 WIB</b>."),
        wave=number,
        day=cutoff.day,
    )
    if published and wave is not None:
        reply = with_source(reply, wave, turn.now)
    else:
        reply = reply.also(_counted_note(), law=scheme.law)
    words = _(
        "Dasarnya {law}: {days} hari sejak dinyatakan lolos, hari pengumuman dihitung hari pertama{counted}. Berita "
        "dan grup sering salah hitung. Yang resmi ada di dashboard-mu; kabar perpanjangan tanpa itu jangan dipercaya."
    )
    reply = reply.also(words, law=scheme.law, days=scheme.days_to_buy, counted=_counted_out(wave, cutoff, scheme))
    if turn.place not in {None, Zone.WIB}:
        words = _("Jamnya WIB, jadi di tempatmu terlihat lain: {when}")
        reply = reply.also(words, when=on_both_clocks(cutoff, turn.place))
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return with_next_step(reply.button(_("☎️ Tanya Prakerja"), "call_center"), turn)


def _counted_out(wave: Wave | None, cutoff: Cutoff, scheme: Scheme) -> str:
    """Name the first day and the last one, where the rule leads from the one to the other."""
    first, days = wave.announced_on if wave is not None else None, scheme.days_to_buy
    if first is None or first + timedelta(days=days - 1) != cutoff.day:
        return ""
    words = _(" ({first}), jadi hari ke-{days} itu {last}; Sabtu, Minggu, dan hari libur ikut dihitung")
    return fill(words, first=short_date(first), days=days, last=short_date(cutoff.day))


def _on_all_clocks(number: int, cutoff: Cutoff, turn: Turn) -> Reply:
    """Tell the one moment on the clocks of WIB and of the person's place; of all three zones where none is known."""
    place = turn.place
    shown = (Zone.WIB, place) if place not in {None, Zone.WIB} and not matches(turn, "two zones") else Zone
    lines = (
        fill("• <b>{when}</b>" if zone is place else "• {when}", when=moment(cutoff.at, zone.tz, zone.value))
        for zone in shown
        if zone is not None
    )
    clocks = Html("\n".join(lines))
    reply = say(
        _("🕛 Batas gelombang {wave} dihitung dengan <b>WIB</b> (jam Jakarta). Saat yang sama:\n{clocks}"),
        wave=number,
        clocks=clocks,
    )
    if matches(turn, "is it too late"):
        reply = reply.after(_("✅ Sekarang <b>belum lewat</b>, masih bisa."))
    return with_next_step(reply.also("{left}", left=what_is_left(cutoff, turn.now)), turn)


def _ahead(number: int, cutoff: Cutoff, turn: Turn, *, own: bool) -> Reply:
    reply = say(
        _("⏰ Batas beli pelatihan pertama <b>gelombang {wave}</b>:\n{when}\n{left}"),
        wave=number,
        when=on_both_clocks(cutoff, turn.place, elsewhere=_is_elsewhere(turn)),
        left=what_is_left(cutoff, turn.now),
    )
    if own and _is_behind_it(turn):
        return _of_no_concern(reply, turn)
    scheme = turn.programme.scheme(number)
    reply = reply.also(
        _(
            "Lewat dari itu kepesertaan dicabut: insentif hilang, sisa saldo kembali ke program, dan kamu tidak "
            "bisa ikut gelombang mana pun lagi.\n<i>Aturan: {law} ({days} hari sejak dinyatakan lolos).</i>"
        ),
        law=scheme.law,
        days=scheme.days_to_buy,
    )
    if cutoff.certainty is Certainty.DERIVED:
        reply = reply.also(_counted_note(), law=scheme.law)
    if not own and turn.has_missed_it:
        return reply.button(_("🔔 Ya, ingatkan batas dia"), "change_wave", own_wave=str(number))
    if not own:
        return reply.button(_("🔔 Gelombangku, ingatkan aku"), "start", own_wave=str(number))
    if matches(turn, "is it gone"):
        reply = reply.after(_("🙂 <b>Belum lewat</b>, masih sempat."))
    reply = with_next_step(reply, turn).button(_("✅ Sudah beli"), "report_bought")
    return reply.button(_("🔎 Cari pelatihan"), "recommend")


def _past(number: int, cutoff: Cutoff, turn: Turn, *, own: bool) -> Reply:
    reply = say(
        _("Batas beli pelatihan pertama gelombang {wave} <b>sudah lewat</b>: {day} pukul 23.59 WIB."),
        wave=number,
        day=cutoff.day,
    )
    if not own:
        if turn.programme.scheme(number).rejoin_after_revoked is False:
            words = _("Yang belum beli sampai batas itu dicabut, dan tidak bisa ikut gelombang mana pun lagi.")
            reply = reply.also(words)
        return with_next_step(reply.button(_("Kepesertaan dicabut"), "revoked", wave=str(number)), turn)
    if _is_behind_it(turn):
        return _of_no_concern(reply, turn)
    if NOT_BOUGHT in turn.talk:
        words = _(
            "😔 Kamu bilang belum sempat beli. Menurut aturan kepesertaannya dicabut; yang resmi status di dashboard."
        )
        return with_prakerja(with_next_step(reply.also(words), turn), turn)
    reply = reply.also(
        _(
            "Kalau kamu sudah beli sebelum itu, kabari aku ya, kamu aman. Kalau belum, cek dulu statusmu di "
            "dashboard: menurut aturan, kepesertaan dicabut bila belum beli sampai batas itu."
        )
    )
    reply = reply.button(_("✅ Aku sudah beli"), "report_bought")
    reply = reply.button(_("Belum beli, masih bisa apa?"), "revoked", bought="no")
    return with_prakerja(reply, turn) if matches(turn, "not bought") else reply


def _is_behind_it(turn: Turn) -> bool:
    """Whether the cutoff is behind somebody; what is only implied yields to *belum beli*, whoever said it of whom."""
    if turn.participant.has(Milestone.BOUGHT):
        return True
    denied = NOT_BOUGHT in turn.talk or says("no purchase after all", turn.said)
    return not denied and not is_of_another(turn) and turn.is_behind(Milestone.BOUGHT)


def _of_no_concern(reply: Reply, turn: Turn) -> Reply:
    """Say that the cutoff is behind whoever has bought; a purchase that is only implied can be noted by a press."""
    reply = with_next_step(reply.also(bought_words(turn)), turn)
    known = turn.participant.has(Milestone.BOUGHT)
    return reply if known else reply.button(_("✅ Catat: sudah beli"), "report_bought")


def _unknown(number: int, turn: Turn) -> Reply:
    """No source tells this cutoff for certain: say what is known and where it can be seen."""
    scheme, person = turn.programme.scheme(number), turn.participant
    buying = number == person.wave and not person.has(Milestone.BOUGHT)
    if buying and person.passed_on is not None:
        return _by_the_rule(number, person.passed_on, turn)
    reply = say(
        _(
            "Tanggal batas beli <b>gelombang {wave}</b> belum bisa kupastikan, dan aku tidak mau menebak.\n\n"
            "Aturannya <b>{days} hari</b> sejak dinyatakan lolos. Tanggal pastinya ada di dashboard Prakerja-mu."
        ),
        wave=number,
        days=scheme.days_to_buy,
    )
    if buying and turn.programme.cutoff_of(person) is None:
        reply = with_next_step(reply.also(_("Supaya aman, <b>beli sekarang</b>.")), turn)
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("☎️ Tanya Prakerja"), "call_center").button(_("Bukan gelombangku"), "change_wave")


def _by_the_rule(number: int, passed_on: date, turn: Turn) -> Reply:
    """Tell the rule from the day the person passed; the date that follows from it is not certain enough."""
    days, counted = turn.programme.scheme(number).days_to_buy, turn.programme.cutoff_of(turn.participant)
    rule = fill(_("Aturannya <b>{days} hari</b> sejak kamu lolos ({passed})."), days=days, passed=short_date(passed_on))
    if counted is not None and turn.now > counted.at:
        words = _(
            "{rule} Batas beli <b>gelombang {wave}</b> mungkin sudah lewat: cek tanggal dan statusmu di dashboard "
            "sekarang juga. Masih aktif? Langsung beli."
        )
    else:
        words = _(
            "⏰ <b>Gelombang {wave}</b>. {rule} Tanggal pastinya lihat di dashboard; aku tidak mau menebak.\n\n"
            "Supaya aman, <b>beli sekarang</b>. Kalau terlewat, kepesertaan dicabut."
        )
    reply = say(words, wave=number, rule=Html(rule))
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    reply = with_next_step(reply, turn).button(_("✅ Sudah beli"), "report_bought")
    return reply.button(_("Bukan gelombangku"), "change_wave")


def _not_yet(number: int, turn: Turn) -> Reply:
    reply = say(
        _("Gelombang {wave} belum diumumkan, jadi belum ada batas belinya. Yang terbaru sekarang gelombang {latest}."),
        wave=number,
        latest=_newest(turn),
    )
    if turn.too_late and turn.told(WHOSE) is None:
        reply = reply.after(_("❌ <b>Tidak bisa</b>: sesudah dicabut tidak boleh ikut gelombang mana pun lagi."))
    return reply.button(_("Bukan gelombangku"), "change_wave").button(_("Soal pendaftaran"), "register_wave")


def _counted_note() -> str:
    return _("<i>Tanggal ini dihitung dari pengumuman menurut {law}; cocokkan juga dengan dashboard-mu.</i>")


def _newest(turn: Turn) -> int:
    latest = turn.programme.latest_wave(turn.now)
    return latest.number if latest else 0
