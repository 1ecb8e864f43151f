"""Sheets over a complaint, for acts that need to know more: to whom, to where, for how long, which label."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.console.desk import Thread
from bot.console.fields import area, choice, text_field, typed_in
from bot.console.parts import box, button, empty, sheet, shut_sheets, words
from bot.helpdesk.console_acts import plain_told
from handlers.helpdesk.orders import Order, TicketAct
from handlers.helpdesk.outside import places
from handlers.helpdesk.putting_off import BACK, TOMORROW, back_at, comes_too_late
from handlers.helpdesk.situation import NEW_INCIDENT
from locales import _, plainly
from programme.programme import Programme

Do = Callable[[Order], Awaitable[None]]


def hand_over(read: Thread, do: Do) -> None:
    """Choose a colleague on duty, or a team, with a word that only staff read."""
    there = [one for one in read.colleagues if one.on_duty]
    teams = sorted({one.team for one in read.colleagues if one.team})
    with sheet(_("Serahkan ke siapa?")):
        if not there and not teams:
            empty(_("Belum ada rekan yang berjaga"), _("Begitu ada yang mulai jaga, namanya tampil di sini."))
            return
        note = area(_("Catatan untuk rekan, tidak dilihat peserta"), _("Catatan untuk rekan, tidak dilihat peserta"), 2)
        with box("options"):
            for who in there:
                _option(who.member.name, who.team or "", _ordering(do, TicketAct.HAND, who.who), typed_in(note))
            for team in teams:
                name = plainly(_("Tim {name}"), name=team)
                _option(name, "", _ordering(do, TicketAct.HAND, f"tim:{team}"), typed_in(note))


def escalate(read: Thread, programme: Programme, do: Do) -> None:
    """Copy the ready summary, see the ways to get there, and tell the person that it was passed on."""
    known = places(programme, read.ticket.concerned)
    with sheet(_("Eskalasi ke luar")):
        words(_("Ringkasan siap salin"), "heading", "h3")
        summary = area(_("Ringkasan siap salin"), rows=6)
        summary.props["value"] = plain_told(read.ticket.summary) or read.ticket.complaint
        summary.props["readonly"] = True
        copying = button(_("Salin ringkasan"), _nothing, sign="note")
        copying.on("click", js_handler=f"() => konsol.copy('{summary.html_id}')")
        words(_("Diteruskan ke mana? Peserta diberi tahu."), "heading", "h3")
        with box("options"):
            for name, place in known.items():
                _option(place.name, "; ".join(place.ways), _ordering(do, TicketAct.OUTSIDE, name))
        others = [("", _("Platform atau mitra lain")), *_others(programme, known)]
        choice(_("Platform atau mitra lain"), others, "", _picking(do, TicketAct.OUTSIDE))


def put_off(read: Thread, do: Do) -> None:
    """Choose for how long; what would be back too late for the person's cutoff is not offered."""
    named = {"1": _("1 jam"), "4": _("4 jam"), TOMORROW: _("Besok 08.00 WIB"), "72": _("3 hari")}
    with sheet(_("Tunda sampai kapan?")):
        words(_("Aduan keluar dari antrean, dan kembali sendiri; kalau peserta menulis, seketika."), "quiet", "p")
        ends = {stretch: back_at(stretch, read.now) for stretch in named}
        offered = [one for one, end in ends.items() if end and not comes_too_late(end, read.ticket.cutoff, read.now)]
        with box("options"):
            for stretch in offered:
                _option(named[stretch], "", _ordering(do, TicketAct.PUT_OFF, stretch))
            if read.ticket.is_put_off(read.now):
                _option(_("Kembalikan ke antrean sekarang"), "", _ordering(do, TicketAct.PUT_OFF, BACK))
        if not offered:
            empty(_("Tidak bisa ditunda"), _("Batas belinya terlalu dekat: tangani sekarang, atau serahkan."))


def label(labels: Sequence[str], known: Iterable[str], do: Do) -> None:
    """Take labels off, put known ones on, or write a new one."""
    with sheet(_("Label")):
        words(_("Hanya dilihat petugas. Huruf kecil, angka, dan tanda hubung."), "quiet", "p")
        with box("chips"):
            for one in labels:
                button(one, _ordering(do, TicketAct.LABEL, f"-{one}"), css="chip", sign="close", named=_taking_off(one))
            for one in sorted(set(known) - set(labels))[:20]:
                button(one, _ordering(do, TicketAct.LABEL, one), css="chip", sign="label")
        text_field(_("Label baru"), "", _picking(do, TicketAct.LABEL), placeholder=_("Label baru, lalu Enter"))


def tie(incidents: Iterable[tuple[int, str]], do: Do, *, may_open: bool = True) -> None:
    """Choose the incident that a complaint belongs to; whoever is tied late hears the latest news at once."""
    with sheet(_("Ikat ke insiden")):
        words(
            _("Satu kabar menjawab semua aduan yang terikat. Kabar terakhir langsung sampai ke peserta ini."), "quiet"
        )
        with box("options"):
            for number, name in incidents:
                _option(name, "", _ordering(do, TicketAct.TIE, str(number)))
            if may_open:
                _option(_("Insiden baru dari aduan ini"), "", _ordering(do, TicketAct.TIE, NEW_INCIDENT))


def mute(do: Do) -> None:
    """Ask once more: whoever is muted reaches nobody any more, until a colleague lets them."""
    with sheet(_("Bisukan pengirim?")):
        told = _("Untuk pengirim spam. Aduannya ditutup, dan pesannya tidak sampai ke petugas lagi.")
        words(told, "quiet", "p")
        button(_("Ya, bisukan"), _ordering(do, TicketAct.MUTE, ""), css="primary", sign="close")


def _ordering(do: Do, act: TicketAct, target: str) -> Callable[..., Awaitable[None]]:
    async def order(words_: object = "") -> None:
        await do(Order(act, target, words_.strip() if isinstance(words_, str) else ""))
        shut_sheets()

    return order


def _picking(do: Do, act: TicketAct) -> Callable[..., Awaitable[None]]:
    async def pick(target: str = "") -> None:
        if target.strip():
            await _ordering(do, act, target.strip())()

    return pick


def _option(name: str, told: str, on_click: Callable[..., Awaitable[None]], tells: str | None = None) -> None:
    with button("", on_click, css="option", tells=tells).mark(name):
        words(name, "name")
        if told:
            words(told, "quiet")


def _others(programme: Programme, known: Iterable[str]) -> list[tuple[str, str]]:
    every = {**programme.platforms, **programme.partners}
    return [(one.id, one.name) for one in every.values() if one.id not in set(known)]


def _taking_off(one: str) -> str:
    return plainly(_("Lepas label {name}"), name=one)


def _nothing() -> None:
    """The browser does it alone."""
