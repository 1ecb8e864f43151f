"""Impact as it is shown before anything is saved: whom an edit touches, and what becomes of their reminders."""

from __future__ import annotations

from bot.console.parts import box, words
from bot.console.words import number
from bot.editing.impact import CutoffImpact
from bot.editing.outlook import Impact
from bot.editing.policy_impact import PolicyImpact
from locales import _, moment, plainly
from programme.model.zones import Zone


def draw_impact(found: Impact) -> None:
    """Tell whom an edit touches, and what becomes of their reminders."""
    if isinstance(found, PolicyImpact):
        _draw_policy(found)
    else:
        _draw_cutoff(found)


def _draw_cutoff(found: CutoffImpact) -> None:
    wave, touched = found.moved.wave, found.touched
    with box("impact", "section", aria_label=plainly(_("Dampak untuk gelombang {wave}"), wave=wave)):
        words(plainly(_("Gelombang {wave}: siapa yang kena"), wave=wave), "heading", "h3")
        with box("figures"):
            _draw_figure(touched.people, _("belum beli dan ingin diingatkan"))
            _draw_figure(touched.planned, _("pengingatnya direncanakan ulang"))
            _draw_figure(found.corrected, _("tahu tanggal lama, akan dikabari"))
            _draw_figure(touched.silent, _("tanpa chat yang terbuka"))
        for line in _told(found):
            words(line, "told", "p")


def _draw_policy(found: PolicyImpact) -> None:
    with box("impact", "section", aria_label=_("Dampak untuk pengingat")):
        words(_("Siapa yang kena"), "heading", "h3")
        with box("figures"):
            _draw_figure(found.touched, _("punya pengingat di depan yang berubah"))
            _draw_figure(found.planned, _("pengingat berikutnya direncanakan ulang"))
            _draw_figure(found.lost, _("kehilangan satu pengingat, karena waktunya sudah lewat"))
            _draw_figure(found.gained, _("mendapat satu pengingat lagi"))
        if found.every > 1:
            words(
                plainly(_("Dihitung dari satu di antara tiap {count} orang."), count=number(found.every)), "quiet", "p"
            )
        for call in found.calls:
            name = plainly(_("Gelombang {wave}"), wave=call.moved.wave)
            words(f"{name}: {' '.join(_told(call))}", "told", "p")


def _draw_figure(count: int, told: str) -> None:
    with box("figure-box"):
        words(number(count), "count")
        words(told, "what")


def _told(found: CutoffImpact) -> list[str]:
    if found.moved.after is None:
        return [_("Tidak ada lagi batas yang boleh dikatakan: pengingat batas beli gelombang ini berhenti.")]
    if found.is_past:
        return [_("⚠️ Batas barunya sudah lewat: tidak ada yang diingatkan atau dikabari lagi.")]
    assert found.calls_at is not None  # noqa: S101 - there is one for every cutoff ahead
    assert found.finished_at is not None  # noqa: S101 - the same
    lines = [
        plainly(
            _("Pengingat terakhir mulai {begin}, selesai {end}."),
            begin=moment(found.calls_at, Zone.WIB.tz, "WIB"),
            end=f"{found.finished_at.astimezone(Zone.WIB.tz):%H.%M.%S}",
        )
    ]
    if found.is_late:
        lines.append(_("⚠️ Itu sesudah batasnya: tidak semua sempat diingatkan dengan laju sekarang."))
    return lines
