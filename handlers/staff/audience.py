"""To whom a broadcast goes: asked with three buttons, and told back in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.dialogue.question import Misread, Option
from handlers.dialogue.turn import Turn
from locales import N_, Html, _, fill
from programme.model.broadcasts import Audience, Exclusions
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.programme import Programme

EVERYBODY = "all"

STANDINGS: Final = {
    "not_bought": N_("Belum beli"),
    "bought": N_("Sudah beli"),
    "not_completed": N_("Sudah beli, belum selesai"),
    "not_reviewed": N_("Sudah selesai, belum ulasan"),
    EVERYBODY: N_("Semua"),
}
"""How far people are, by the word that is kept of it."""


async def ask_audience(turn: Turn) -> Audience:
    """Ask for waves, how far people are, and zone."""
    waves = await turn.choose(
        "waves", _("📣 Pengumuman untuk <b>gelombang berapa</b>?"), _waves(turn), columns=2, read=_read_waves
    )
    options = [Option(value, _(label)) for value, label in STANDINGS.items()]
    standing = await turn.choose("standing", _("Untuk peserta yang mana?"), options)
    zones = [Option(zone.value, zone.value) for zone in Zone]
    zone = await turn.choose("zone", _("Di zona waktu mana?"), zones, columns=3, skip=_("Semua zona"))
    return audience_of(waves or EVERYBODY, standing or EVERYBODY, zone)


def newest_waves(programme: Programme, now: datetime, most: int = 4) -> list[int]:
    """Return the newest waves announced by now, the newest first."""
    known = [wave for number in programme.waves if (wave := programme.wave(number, now)) is not None]
    return sorted((wave.number for wave in known if wave.announced_at is not None), reverse=True)[:most]


def _waves(turn: Turn) -> list[Option]:
    """The newest waves announced by now, and everybody."""
    newest = newest_waves(turn.programme, turn.now)
    options = [Option(str(number), fill(_("Gelombang {number}"), number=number)) for number in newest]
    return [*options, Option(EVERYBODY, _("Semua gelombang"))]


def _read_waves(text: str) -> str | Misread | None:
    """Read numbers such as *21* or *20, 21*."""
    numbers = text.replace(",", " ").replace("dan", " ").split()
    if not all(number.isdecimal() for number in numbers):
        return Misread(_("Tulis nomor gelombangnya, misalnya <b>21</b> atau <b>20, 21</b>."))
    return ",".join(numbers)


def audience_of(waves: str, standing: str, zone: str | None) -> Audience:
    """Return the audience of waves (*21,20* or everybody), of a standing, and of a zone or all of them."""
    reached: tuple[Milestone, ...] = ()
    not_reached: tuple[Milestone, ...] = ()
    match standing:
        case "not_bought":
            not_reached = (Milestone.BOUGHT,)
        case "bought":
            reached = (Milestone.BOUGHT,)
        case "not_completed":
            reached, not_reached = (Milestone.BOUGHT,), (Milestone.COMPLETED,)
        case "not_reviewed":
            reached, not_reached = (Milestone.COMPLETED,), (Milestone.REVIEWED,)
    numbers = () if waves == EVERYBODY else tuple(sorted({int(number) for number in waves.split(",")}))
    return Audience(waves=numbers, reached=reached, not_reached=not_reached, zones=(Zone(zone),) if zone else ())


def audience_words(audience: Audience) -> str:
    """Describe an audience in a few words, as HTML."""
    if audience.waves:
        who = fill(_("gelombang {waves}"), waves=[str(wave) for wave in audience.waves])
    else:
        who = _("semua gelombang")
    parts = [who]
    if audience.reached:
        parts.append(fill(_("sudah: {steps}"), steps=[_step(each) for each in audience.reached]))
    if audience.not_reached:
        parts.append(fill(_("belum: {step}"), step=_step(audience.not_reached[0])))
    if audience.zones:
        parts.append(fill(_("zona {zones}"), zones=[zone.value for zone in audience.zones]))
    parts += _narrowed(audience)
    return "; ".join(parts)


def _narrowed(audience: Audience) -> list[str]:
    """Say by what else people were chosen."""
    parts = []
    if audience.linked is not None:
        parts.append(_("terhubung ke data resmi") if audience.linked else _("belum terhubung ke data resmi"))
    if audience.got is not None:
        still = _("masih memegang isi lama siaran {number}")
        parts.append(fill(still if audience.left_with_it else _("menerima siaran {number}"), number=audience.got))
    if audience.listed is not None:
        parts.append(fill(_("daftar {number}"), number=audience.listed))
    if audience.share is not None:
        parts.append(fill(_("{share} % di antaranya"), share=audience.share))
    return parts


def exclusion_lines(left_out: Exclusions) -> Html:
    """Say how many people are left out and why, a line each."""
    named = (
        (_("di gelombang lain: {count}"), left_out.other_wave),
        (_("di zona lain: {count}"), left_out.other_zone),
        (_("langkahnya tidak cocok (mis. sudah beli): {count}"), left_out.milestone),
        (_("tidak termasuk pilihan ini: {count}"), left_out.not_chosen),
        (_("mematikan pengingat: {count}"), left_out.opted_out),
        (_("tidak bisa dihubungi: {count}"), left_out.unreachable),
        (_("sudah mendapat kata-kata ini: {count}"), left_out.heard),
        (_("ada di data resmi, tetapi belum pernah menyapa bot: {count}"), left_out.unknown),
    )
    lines = [f"• {fill(words, count=count)}" for words, count in named if count]
    nothing = _("tidak ada")
    return Html("\n".join(lines) or f"• {nothing}")


def _step(milestone: Milestone) -> str:
    names = {
        Milestone.BOUGHT: _("beli pelatihan pertama"),
        Milestone.COMPLETED: _("selesai pelatihan"),
        Milestone.REVIEWED: _("rating dan ulasan"),
        Milestone.SURVEYED: _("survei"),
    }
    return names.get(milestone, milestone.value)
