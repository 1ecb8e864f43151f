"""Whoever doesn't know their wave: the waves that it may be, each with its cutoff, and where the number stands."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from locales import Html, _, day_and_month, fill
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.zones import Zone
from programme.waves import Wave

_ENOUGH = 2
_ABOUT = timedelta(days=3)
"""How far from the day that somebody remembers an announcement may lie."""

Span = tuple[date, date]


def announced_between(turn: Turn, span: Span) -> list[int]:
    """Return the waves that were announced about then, as far as any source or the rule tells."""
    about = _ABOUT if span[0] == span[1] else timedelta(0)
    known = (turn.programme.wave(number, turn.now) for number in turn.programme.waves)
    return [
        wave.number
        for wave in known
        if wave is not None and wave.announced_on and span[0] - about <= wave.announced_on <= span[1] + about
    ]


def possible_waves(turn: Turn, span: Span | None = None) -> Reply:
    """Tell the cutoffs that it may be, the one that counts first, and where the number stands."""
    likely = announced_between(turn, span) if span is not None else []
    found = _possible(turn, likely)
    reply = say(_("🤔 Tidak apa-apa, pegang dulu yang mungkin:\n{waves}"), waves=_listed(found, turn))
    if len(likely) == 1:
        reply = reply.also(_("Dari ceritamu paling dekat <b>gelombang {wave}</b>, tapi pastikan dulu."), wave=likely[0])
    if any(turn.now <= cutoff.at for cutoff in found.values()):
        reply = reply.also(_("Belum pasti? Pegang yang <b>paling dulu dan belum lewat</b>, jangan ditunda."))
    reply = reply.also(
        _("Nomornya tampil di <b>dashboard</b> {site}. Tidak bisa masuk? Tanya Prakerja: {phone} (bebas pulsa)."),
        site=turn.programme.contacts["dashboard"].value,
        phone=turn.programme.contacts["phone"].value,
    )
    reply = _with_buttons(reply, found, turn).link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("☎️ Tanya Prakerja"), "call_center")


def with_possible_waves(reply: Reply, turn: Turn, head: str) -> Reply:
    """Add the cutoffs that it may be to the answer to something else."""
    found = _possible(turn, [])
    return _with_buttons(reply.also(f"{head}\n{{waves}}", waves=_listed(found, turn)), found, turn)


def first_to_come(turn: Turn) -> Cutoff | None:
    """Return the cutoff to go by while the wave is not known."""
    return min(
        (one for one in _possible(turn, []).values() if turn.now <= one.at), key=lambda one: one.at, default=None
    )


def _listed(found: dict[int, Cutoff], turn: Turn) -> Html:
    return Html("\n".join(_line(number, cutoff, turn) for number, cutoff in found.items()))


def _with_buttons(reply: Reply, found: dict[int, Cutoff], turn: Turn) -> Reply:
    for number in found:
        reply = reply.button(_label(number, turn), "my_wave", wave=str(number))
    return reply


def _possible(turn: Turn, likely: list[int]) -> dict[int, Cutoff]:
    """Return the cutoffs of the likely waves, of all that run, and of as many as make two: what comes first before."""
    known = {number: turn.programme.cutoff(number) for number in sorted(turn.programme.waves, reverse=True)}
    told = {
        number: cutoff
        for number, cutoff in known.items()
        if cutoff is not None and cutoff.certainty is not Certainty.UNSURE and _is_announced(number, turn)
    }
    newest = list(told)[:_ENOUGH]
    kept = [(number, one) for number, one in told.items() if number in {*newest, *likely} or turn.now <= one.at]
    return dict(sorted(kept, key=lambda pair: (turn.now > pair[1].at, pair[1].at)))


def _is_announced(number: int, turn: Turn) -> bool:
    wave = turn.programme.wave(number, turn.now)
    return wave is not None and wave.announced_on is not None


def cutoff_line(number: int, turn: Turn, *, whose: str) -> str:
    """Write the cutoff of a wave behind whose it is, in a line of a list."""
    cutoff = turn.programme.cutoff(number)
    assert cutoff is not None  # noqa: S101 - asked by the caller
    return _line(number, cutoff, turn, whose=f" ({whose})")


def _line(number: int, cutoff: Cutoff, turn: Turn, *, whose: str = "") -> str:
    if turn.now > cutoff.at:
        return fill(_("• Gelombang {wave}{whose}: {day}, <b>sudah lewat</b>"), wave=number, whose=whose, day=cutoff.day)
    today = turn.now.astimezone(Zone.WIB.tz).date() == cutoff.day
    words = _("• <b>Gelombang {wave}</b>{whose}: {day} pukul 23.59 WIB{there}")
    if today:
        words = _("• <b>Gelombang {wave}</b>{whose}: <b>HARI INI</b>, {day} pukul 23.59 WIB{there}")
    return fill(words, wave=number, whose=whose, day=cutoff.day, there=_there(cutoff, turn))


def _there(cutoff: Cutoff, turn: Turn) -> str:
    """Write the hour on the clock of the person's place, where it is another; on both others where none is known."""
    zones = [zone for zone in Zone if zone is not Zone.WIB and turn.place in {None, zone}]
    hours = [f"{cutoff.at.astimezone(zone.tz):%H.%M} {zone.value}" for zone in zones]
    return f" ({' / '.join(hours)})" if hours else ""


def _label(number: int, turn: Turn) -> str:
    wave: Wave | None = turn.programme.waves.get(number)
    day = wave.announced_on if wave is not None else None
    if wave is None or day is None or wave.announced_certainty is not Certainty.PUBLISHED:
        return fill(_("Gelombang {number}"), number=number)
    return fill(_("Gelombang {number} · diumumkan {day}"), number=number, day=day_and_month(day))
