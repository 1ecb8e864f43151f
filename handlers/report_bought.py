"""The person says that the first training is bought: the deadline is met."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from handlers.dialogue.corrections import NOT_SHOWN
from handlers.dialogue.follow_up import CORRECTED
from handlers.dialogue.in_talk import ANOTHERS, BOUGHT_AT
from handlers.dialogue.listening import Spoken
from handlers.dialogue.question import SKIPPED
from handlers.dialogue.register import InAdvance, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import BOUGHT_QUESTIONS
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.of_another import is_bought_by_another
from handlers.phrases.purchase_day import before_which, day_told, in_jakarta, was_in_time
from handlers.phrases.reporting import NOTED, how_sure, not_noted, says_it_shows, surely
from handlers.phrases.which_platform import platform_in_talk, which_platform
from handlers.phrases.zone import own_clock_known
from handlers.understanding.corrections import speaks_of_oneself
from handlers.understanding.entities import find_entities
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from handlers.understanding.statements import names_somebody
from locales import N_, _, fill
from programme.model.events import MilestoneReached, WaveTold
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone, Source, Step
from programme.platforms import Platform

LONGEST_AGO = timedelta(days=120)
_BRIEF: Final = 5
"""Words that tell where and when, and nothing else."""


def tells_details(spoken: Spoken) -> InAdvance | None:
    """Hear *15 menit lalu, tokped* while it is asked whether they bought: where and when, but no yes."""
    text = spoken.text
    if len(text.split()) > _BRIEF or says("a question", text) or says("supposing", text):
        return None
    told = told_of_own(text, today=spoken.today)
    if _in_future(told.get("date"), spoken.today) or not told.keys() & {"platform", "date"}:
        return None
    return InAdvance(told, _("Oke, itu kuingat. Tinggal satu yang perlu kupastikan:"))


@conversation(
    "report_bought",
    about=N_("Aku sudah beli pelatihan"),
    commands=("sudahbeli",),
    traits=Traits(corrected_by=frozenset({"platform", "date"}), follow_ups=BOUGHT_QUESTIONS, in_advance=tells_details),
)
async def report_bought(turn: Turn) -> Reply | Open:
    """Record the purchase at once, which stops the reminders it makes pointless; then ask for its details."""
    if NOTED not in turn.answers:
        return await _first_hearing(turn)
    if not await surely(turn, Milestone.BOUGHT):
        return not_noted(turn, Milestone.BOUGHT)
    _keep_wave(turn)
    told = in_jakarta(_day_told(turn), turn)
    turn.record(MilestoneReached(Milestone.BOUGHT, on=told, platform=_platform_told(turn)))
    platform = await _where(turn)
    bought_on = await turn.date(
        "date",
        _still_in_time(turn) + _day_asked(turn.programme.platform(platform or ""), corrected=_is_corrected(turn)),
        latest=turn.today,
        earliest=turn.today - LONGEST_AGO,
        skip=_("Lewati, lupa"),
    )
    on = in_jakarta(bought_on, turn)
    turn.record(MilestoneReached(Milestone.BOUGHT, on=on, platform=platform))
    if _after_cutoff(turn, on):
        return _too_late(turn)
    if says_it_shows(typed(turn)):
        reply = _noted(turn, platform, bought_on).also(
            _(
                "👍 Kalau sudah tampil di dashboard, pembelianmu terhitung. Pengingat batas beli berhenti. Berikutnya: "
                "selesaikan pelatihannya, lalu beri rating dan ulasan supaya insentif bisa cair."
            )
        )
        return with_next_step(reply, turn).row(_undo_button())
    reply = _noted(turn, platform, bought_on).also(
        _(
            "Pengingat batas beli berhenti. Pastikan pembeliannya juga muncul di dashboard Prakerja ya. "
            "Berikutnya: selesaikan pelatihannya, lalu beri rating dan ulasan supaya insentif bisa cair."
        )
    )
    return with_next_step(reply, turn).row(_undo_button(), _not_shown_button())


async def _where(turn: Turn) -> str | None:
    """Ask where it was bought; of a platform that was spoken of, and not taken back, whether it was there."""
    likely = platform_in_talk(turn) if turn.told(CORRECTED) is None else None
    if likely is None:
        return await which_platform(turn, _("Kucatat: kamu <b>sudah beli</b> pelatihan pertama. Di platform mana?"))
    words = say(_("Kucatat: kamu <b>sudah beli</b> pelatihan pertama. Di <b>{platform}</b>?"), platform=likely.name)
    return await which_platform(turn, words, likely=likely)


def _is_corrected(turn: Turn) -> bool:
    return turn.told(CORRECTED) is not None


def _still_in_time(turn: Turn) -> str:
    """Answer *aman to?* beside a report before anything is asked: until the cutoff whatever was bought is in time."""
    asked = says("was I in time", turn.said) and turn.cutoff is not None and turn.now <= turn.cutoff.at
    if not asked:
        return ""
    late = says("feared to be late", turn.said)
    return (_("✅ Tidak terlambat, batasnya belum lewat.") if late else _("✅ Ya, batasnya belum lewat.")) + "\n\n"


async def _first_hearing(turn: Turn) -> Reply | Open:
    """Decide from the words whether this is a report at all, and whether it needs asking once more."""
    known = turn.participant.progress.get(Milestone.BOUGHT)
    told = turn.answers.keys() & {"platform", "date"}
    again = _is_corrected(turn) or (known is not None and _tells_more(turn, known))
    if known is not None and (known.source is not Source.SELF or not again):
        return _noted_before(known, turn)
    if says("not in the dashboard", turn.said) and not says("about a certificate", turn.said):
        return Open("purchase_problem", {**turn.answers, "what": "not_shown"})
    answers = dict(turn.answers)
    if _in_future(turn.told("date"), turn.today):
        await own_clock_known(turn, "")  # in the east it may be that day already
    if _in_future(turn.told("date"), turn.today):
        if not claims(Milestone.BOUGHT, turn.said, today=turn.today):
            return Open("plan", answers)
        del answers["date"]  # a weekday that is gone: which one, the person says
    noted = how_sure(turn, Milestone.BOUGHT)
    if ANOTHERS in turn.talk and not speaks_of_oneself(turn.said):
        noted = "ask"  # *sudah dibeli tadi*, where a child's place was spoken of
    if noted == "ask" and is_bought_by_another(turn.said, turn.talk, turn.today):
        return Open("bought_by_another")
    corrected = _is_corrected(turn)
    if "date" not in answers and (hour := turn.told("hour")) is not None and _gone_by(hour, turn):
        answers["date"] = turn.today.isoformat()
    if turn.said:
        own = told_of_own(turn.said, today=turn.today)  # others' places and days are none of the person's
        answers = {name: own.get(name, value) for name, value in answers.items() if name not in told or name in own}
    if known is not None:
        answers = _beside_known(known, answers, corrected=corrected)
    elif corrected:
        noted = "ask"
    of_it = platform_in_talk(turn, BOUGHT_AT)
    if of_it is not None and not corrected and "platform" not in turn.answers:
        answers.setdefault("platform", of_it.id)
    return Open("report_bought", {**answers, NOTED: noted})


def _noted_before(known: Step, turn: Turn) -> Reply:
    """Say that it is noted; of what nothing but their word confirms, that the dashboard counts."""
    reply = say(_("Sudah tercatat kok: pelatihan pertamamu sudah dibeli. 👍"))
    if known.source is Source.SELF:
        reply = reply.also(_("Pastikan pembeliannya tampil di dashboard Prakerja, itu yang dihitung."))
    return with_next_step(reply, turn).button(_("↩️ Ternyata belum"), "undo", milestone="bought")


def _gone_by(hour: str, turn: Turn) -> bool:
    """Whether an hour without a day is one of today's that has passed: *berhasil jam 23.38*, said a minute after."""
    local = turn.now.astimezone(turn.participant.local.tz)
    at_night = f"00{hour[2:]}" if hour.startswith("12") else hour  # *jam 12.40 tadi*, said at 00.48
    return min(hour, at_night) <= f"{local:%H:%M}" and not says("a day", turn.said)


def _keep_wave(turn: Turn) -> None:
    """Keep the one wave that is told with a report of one's own, of somebody whose wave is not known."""
    waves = {one.value for one in find_entities(turn.said, today=turn.today) if one.kind == "wave"}
    if turn.participant.wave is None and len(waves) == 1 and not names_somebody(turn.said):
        number = int(waves.pop())
        if turn.programme.cutoff(number) is not None:
            turn.record(WaveTold(number))


def _tells_more(turn: Turn, known: Step) -> bool:
    """Whether a report tells a platform that is not known yet, or another one, or the day where none is known."""
    own = told_of_own(turn.said, today=turn.today) if turn.said else dict(turn.answers)
    elsewhere = own.get("platform") not in {None, SKIPPED, known.platform}
    return elsewhere or (known.on is None and own.get("date") is not None)


def _beside_known(known: Step, answers: dict[str, str], *, corrected: bool) -> dict[str, str]:
    """Return the answers with what was told before, so that it is not asked again; a day changes where corrected."""
    day = {"date": known.on.isoformat()} if known.on is not None else {}
    if corrected:
        return {**day, **answers}
    where = {"platform": known.platform} if known.platform is not None else {}
    return {**where, **answers, **day}


def _day_asked(platform: Platform | None, *, corrected: bool) -> str:
    """Ask for the day, once what was noted so far is said; whoever corrected the platform hears that, too."""
    asked = _("Tanggal berapa belinya?")
    if platform is None:
        return _("👌 Tidak apa-apa, tetap kucatat: kamu <b>sudah beli</b>.") + f" {asked}"
    noted = _("👌 Kuganti: beli di <b>{platform}</b>.") if corrected else _("👌 Kucatat: beli di <b>{platform}</b>.")
    return fill(noted, platform=platform.name) + f" {asked}"


def _platform_told(turn: Turn) -> str | None:
    named = turn.told("platform")
    known = turn.programme.platform(named) if named is not None else None
    return known.id if known is not None and known.sells_in(turn.today.year) else None


def _day_told(turn: Turn) -> date | None:
    try:
        day = date.fromisoformat(turn.told("date") or "")
    except ValueError:
        return None
    return day if turn.today - LONGEST_AGO <= day <= turn.today else None


def _noted(turn: Turn, platform: str | None, bought_on: date | None) -> Reply:
    reply = say(_("✅ Siap, tercatat: pelatihan pertama sudah dibeli."))
    jakarta = in_jakarta(bought_on, turn)
    if bought_on is not None and jakarta is not None:
        told = day_told(bought_on, jakarta, turn)
        reply = say(_("✅ Siap, tercatat: beli {date}."), date=told)
        if platform:
            reply = say(_noted_at(turn), platform=turn.programme.platforms[platform].name, date=told)
    near = jakarta is not None and turn.cutoff is not None and jakarta == turn.cutoff.day
    asked = says("was I in time", turn.said) or matches(turn, "was I in time")
    if was_in_time(turn) and (near or asked or bought_on != jakarta):
        reply = reply.also(_("👍 Itu masih sebelum batas: {cutoff}."), cutoff=before_which(turn))
    return reply


def _noted_at(turn: Turn) -> str:
    if turn.told(CORRECTED) is not None:
        return _("👌 Kuganti di catatanku: beli di {platform}, {date}.")
    return _("✅ Siap, tercatat: beli di {platform}, {date}.")


def _too_late(turn: Turn) -> Reply:
    """A purchase after the cutoff may not count: say so first, and promise nothing."""
    cutoff = turn.cutoff
    assert cutoff is not None  # noqa: S101 - asked by the caller
    reply = say(
        _(
            "⚠️ Kucatat, tapi tanggal itu <b>sesudah batas beli</b> gelombangmu ({day} pukul 23.59 WIB), jadi belum "
            "tentu dihitung. Cek statusmu di dashboard dan simpan bukti pembeliannya."
        ),
        day=cutoff.day,
    )
    reply = reply.button(_("☎️ Kontak Prakerja"), "call_center").button(_("Apa yang masih bisa kulakukan?"), "revoked")
    return reply.row(_undo_button())


def _after_cutoff(turn: Turn, bought_on: date | None) -> bool:
    """Whether a purchase, on a day of WIB, was after the cutoff; one without a day is held to be of now."""
    cutoff = turn.cutoff
    if cutoff is None:
        return False
    return turn.now > cutoff.at if bought_on is None else bought_on > cutoff.day


def _undo_button() -> Button:
    return button(_("↩️ Batalkan, belum beli"), "undo", milestone="bought")


def _not_shown_button() -> Button:
    return button(_("Belum muncul di dashboard"), "undo", milestone="bought", doubted=NOT_SHOWN)


def _in_future(told: str | None, today: date) -> bool:
    try:
        return told is not None and date.fromisoformat(told) > today
    except ValueError:
        return False
