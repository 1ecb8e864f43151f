"""Lines of the desk: what it notes on a complaint, in the language of the page.

They are kept in Indonesian, as the staff's group reads them. Elsewhere each is known by its form, and said anew; a
line of an unknown form stays as it was kept.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Final

from babel.dates import get_month_names

from locales import N_, SOURCE, _, current_language, moment
from programme.model.zones import Zone

_LINES: Final = (
    N_("✋ Diambil {name}."),
    N_("🎯 Giliran {name}."),
    N_("➡️ Diserahkan {name} ke tim {team}."),
    N_("➡️ Diserahkan {name} ke {other}."),
    N_("🤖 Dikembalikan ke bot oleh {name}."),
    N_("✅ Ditutup {name}."),
    N_("✅ Ditutup: bot melanjutkan, dan peserta tidak meminta petugas lagi."),
    N_("🔓 Dibuka lagi oleh {name}."),
    N_("🔇 Dibisukan {name}: aduannya ditutup dan pesannya tidak sampai ke sini lagi."),
    N_("🔊 Disuarakan lagi oleh {name}."),
    N_("🔥 Diikat ke insiden {number}, bersama {count} aduan lain. Kabarnya: /kabar di grup."),
    N_("🔥 Diikat ke insiden {number}. Kabarnya: /kabar di grup."),
    N_("🔥 Diikat ke insiden {incident}."),
    N_("📢 Kabar insiden {number} terkirim. Ditutup."),
    N_("📢 Kabar insiden {number} terkirim."),
    N_("💬 Terkirim ({reply}): {text}"),
    N_("❓ Diminta ke peserta: {text}"),
    N_("😴 Ditunda {name} sampai {moment}."),
    N_("⏰ Kembali ke antrean oleh {name}."),
    N_("↩️ Kembali ke antrean: pemegangnya bukan petugas lagi."),
    N_("↩️ Kembali ke antrean: pemegangnya tidak berjaga."),
    N_("↩️ Kembali ke antrean: jam jaga pemegangnya selesai."),
    N_("↩️ Kembali ke antrean: terlalu lama tanpa jawaban."),
    N_("↩️ {name} mengurungkan: {act}. Tidak ada yang terkirim ke peserta."),
    N_("🏷 {label} diberi {name}."),
    N_("🏷 {label} dilepas {name}."),
    N_("🏢 Eskalasi ke {place}: {ways}\nRingkasan, tekan untuk menyalin:\n{summary}"),
    N_("🔒 Bagian rahasia di pesanmu dihapus sebelum disimpan dan dikirim."),
    N_("🚫 Suntingan tidak terkirim: aduan ini tidak kamu pegang."),
    N_("⚠️ Tidak sampai: peserta memblokir bot atau akunnya sudah tidak ada. Coba lewat Call Center."),
    N_("⚠️ Tidak sampai: pesan ditolak."),
    N_("⚠️ Belum tentu sampai: jawaban server hilang."),
    N_("⚠️ Tidak sampai."),
    N_("⏳ Di luar jendela 24 jam WhatsApp: peserta diminta menulis dulu; jawabanmu menyusul begitu mereka menulis."),
    N_(
        "⏳ Di luar jendela 24 jam WhatsApp, dan peserta tidak bisa diminta menulis. "
        "Jawabanmu menyusul kalau mereka menulis sendiri; kalau mendesak, coba lewat Call Center."
    ),
    N_("📬 Jawaban yang tertunda sudah dikirim."),
    N_("⚠️ Berkasnya ditolak dan tidak terlihat oleh peserta; kata-katanya sampai. Kirim ulang cara lain."),
)
"""The more particular of two forms goes first."""

_ACTS: Final = frozenset({
    N_("jawab"), N_("minta"), N_("tutup"), N_("bot"), N_("luar"), N_("serahkan"), N_("ambil"), N_("tunda"), N_("label"),
    N_("buka"),
})  # fmt: skip
"""Acts by the name of their command, as the line of what was undone has them."""

_MOMENT: Final = re.compile(
    r"\w+, (?P<day>\d+) (?P<month>\w+) (?P<year>\d+) pukul (?P<hour>\d\d)\.(?P<minute>\d\d) WIB"
)


def in_language(told: str) -> str:
    """Say a line of the desk in the language being spoken."""
    if current_language().code == SOURCE:
        return told
    for line in _LINES:
        if found := _form(line).fullmatch(told):
            return _(line).format_map({name: _said(name, part) for name, part in found.groupdict().items()})
    return told


def _said(name: str, part: str) -> str:
    """Say a part of a line: a moment and an act are ours, all else is as somebody wrote it."""
    if name == "moment":
        return _moment(part)
    return _(part) if name == "act" and part in _ACTS else part


def _moment(told: str) -> str:
    if (found := _MOMENT.fullmatch(told)) is None or found["month"] not in _months():
        return told
    day, year, hour, minute = (int(found[name]) for name in ("day", "year", "hour", "minute"))
    return moment(datetime(year, _months()[found["month"]], day, hour, minute, tzinfo=Zone.WIB.tz), Zone.WIB.tz, "WIB")


@cache
def _months() -> dict[str, int]:
    return {name: number for number, name in get_month_names("wide", locale=SOURCE).items()}


@cache
def _form(line: str) -> re.Pattern[str]:
    pieces = re.split(r"{(\w+)}", line)
    shaped = (f"(?P<{one}>.+?)" if at % 2 else re.escape(one) for at, one in enumerate(pieces))
    return re.compile("".join(shaped), re.DOTALL)
