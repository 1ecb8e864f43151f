"""Words of the programme's data: what files, rows and fields are called, how values read, why an edit is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from urllib.parse import urlsplit

from babel.dates import format_date

from bot.editing.policy_words import policy_field_name, policy_row_name, policy_value_name
from bot.editing.refusals import EditRefused, Why
from handlers.helpdesk.outside import name_of
from locales import Rupiah, _, _n, current_language, plainly, spell
from programme.edits import EditState, Place
from programme.programme import Programme
from reminders.policy_sheet import POLICY

CANNED: Final = "canned_replies.toml"
"""The staff's canned replies: what was changed of them stands in a table of its own, which wins over the file."""

SUMS: Final = frozenset({"balance", "incentive", "survey"})
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def sheet_name(file: str) -> str:
    """Name what a file holds."""
    return {
        "waves.tsv": _n("Gelombang", "Gelombang", 2),
        "rules.toml": _("Aturan"),
        "platforms.toml": _n("Platform", "Platform", 2),
        "partners.toml": _n("Mitra pembayaran", "Mitra pembayaran", 2),
        "contacts.toml": _n("Kontak", "Kontak", 2),
        "failures.toml": _("Alasan gagal cair"),
        CANNED: _("Balasan siap"),
        POLICY: _n("Pengingat", "Pengingat", 2),
    }[file]


def row_name(file: str, row: str, programme: Programme) -> str:
    """Name one row of a file."""
    match file:
        case "waves.tsv":
            return plainly(_("Gelombang {wave}"), wave=row)
        case "rules.toml":
            return next((scheme.name for scheme in programme.schemes if scheme.id == row), row)
        case "contacts.toml" if row in programme.contacts:
            return programme.contacts[row].name or row
        case "platforms.toml" | "partners.toml":
            return name_of(programme, row) or row
        case "failures.toml":
            return failure_names().get(row, row)
        case "policy.toml":
            return policy_row_name(row)
        case _:
            return row


def place_name(place: Place, programme: Programme) -> str:
    """Name a field with its row."""
    return f"{row_name(place.file, place.row, programme)} · {field_name(place)}"


def field_name(place: Place) -> str:
    """Name a field."""
    if place.file == POLICY:
        return policy_field_name(place)
    name, _dot, deeper = place.field.partition(".")
    if name == "contacts" and deeper:
        return {"kind": _("Jenis kontak"), "value": _("Kontak")}.get(deeper.rpartition(".")[2], deeper)
    named = _rules() if place.file == "rules.toml" else _fields()
    return named.get(name, name.replace("_", " "))


def value_name(place: Place, text: str | None) -> str:
    """Write a value for people: days, moments in WIB, sums, yes and no."""
    name = place.field.partition(".")[0]
    if not text:
        return "–"
    if place.file == POLICY:
        return policy_value_name(place, text)
    if _DAY.fullmatch(text):
        return day_name(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        at = datetime.fromisoformat(text)
        return f"{day_name(at.date())}, {at:%H.%M} WIB"
    if place.file == "rules.toml" and name in SUMS and text.isdecimal():
        return spell(Rupiah(int(text)))
    if name == "recipients" and text.lstrip("~").isdecimal():
        return ("±\u00a0" if text.startswith("~") else "") + spell(int(text.lstrip("~")))
    return {"yes": _("ya"), "no": _("tidak")}.get(text, text)


def day_name(day: date) -> str:
    """Write a day for a table: *21 Okt 2021*."""
    return str(format_date(day, "d MMM y", locale=current_language().locale))


def source_name(source: str) -> str:
    """Write a source shortly: of an address, whose it is."""
    host = urlsplit(source).hostname if source.startswith("http") and " " not in source else None
    return host.removeprefix("www.") if host else source


def state_of(state: EditState) -> str:
    """Name where an edit stands."""
    return {
        EditState.PROPOSED: _("menunggu"),
        EditState.APPROVED: _("disetujui"),
        EditState.REJECTED: _("ditolak"),
        EditState.WITHDRAWN: _("ditarik"),
    }[state]


def why_not(refused: EditRefused) -> str:
    """Say why an edit is refused, and what to do."""
    said = {
        Why.ROLE: _("Ini butuh peran supervisor."),
        Why.UNKNOWN: _("Usulan ini tidak ada."),
        Why.FIXED: _("Isian ini tidak bisa diubah di sini."),
        Why.SAME: _("Itu sudah nilainya sekarang."),
        Why.NO_VALUE: _("Tulis nilai barunya, paling panjang 1.000 huruf."),
        Why.NO_SOURCE: _("Tulis siapa yang mengatakannya: sumber, paling panjang 300 huruf."),
        Why.WRONG_DAY: _("Isi hari sumbernya, dan jangan hari yang belum datang."),
        Why.UNREADABLE: _("Nilai ini tidak terbaca; tulis seperti bentuk nilai yang sekarang:"),
        Why.ORDER: _("Buka, tutup, pengumuman, dan batas beli harus berurutan."),
        Why.CONTRADICTS: _("Ini bertentangan dengan data lain:"),
        Why.PLACES: _("Isian dalam kurung kurawal ini tidak dikenal:"),
        Why.WORDS_FIRST: _("Setujui dulu teks balasannya."),
        Why.DECIDED: _("Usulan ini sudah diputuskan."),
        Why.OWN: _("Usulanmu sendiri disetujui orang lain."),
        Why.NOT_OWN: _("Hanya pengusulnya yang bisa menarik."),
        Why.OVERTAKEN: _("Nilainya sudah berubah sejak kamu melihatnya. Lihat lagi, lalu usulkan lagi."),
    }[refused.why]
    return f"{said} {refused.detail}".strip() if refused.why is not Why.FIXED else said


def failure_names() -> dict[str, str]:
    """Name the reasons for which an incentive is not paid."""
    return {
        "bni_rejected": _("Ditolak BNI"),
        "account_closed": _("Rekening atau e-wallet ditutup"),
        "monthly_limit": _("Batas bulanan e-wallet"),
        "not_upgraded": _("E-wallet belum di-upgrade"),
        "nik_differs": _("NIK berbeda"),
        "phone_differs": _("Nomor HP berbeda"),
        "review_missing": _("Belum memberi rating"),
        "held": _("Dana tertahan"),
    }


def _fields() -> dict[str, str]:
    return {
        "wave": _("Gelombang"),
        "opens": _("Dibuka"),
        "closes": _("Ditutup"),
        "announced_at": _("Diumumkan"),
        "cutoff": _("Batas beli"),
        "recipients": _("Penerima"),
        "note": _("Catatan"),
        "name": _("Nama"),
        "aliases": _("Sebutan lain"),
        "url": _("Alamat web"),
        "sells": _("Tahun menjual"),
        "ended": _("Berhenti menjual"),
        "steps": _("Cara beli"),
        "steps_en": _("Cara beli, bahasa Inggris"),
        "kind": _("Jenis"),
        "value": _("Kontak"),
        "texts": _("Tulisan di dashboard"),
        "patterns": _("Pola kata"),
        "remedy": _("Jalan keluar"),
        "whom": _("Siapa yang menolong"),
        "partner": _("Mitra"),
        "text": _("Teks"),
        "intent": _("Untuk maksud"),
    }


def _rules() -> dict[str, str]:
    return {
        "name": _("Nama"),
        "first_wave": _("Gelombang pertama"),
        "last_wave": _("Gelombang terakhir"),
        "law": _("Dasar hukum"),
        "days_to_buy": _("Hari untuk membeli"),
        "announcement_is_day_one": _("Hari pengumuman terhitung hari pertama"),
        "rejoin_after_revoked": _("Boleh ikut lagi setelah dicabut"),
        "balance": _("Saldo pelatihan"),
        "balance_is_cash": _("Saldo bisa diuangkan"),
        "incentive": _("Insentif sekali cair"),
        "incentive_times": _("Berapa kali insentif"),
        "survey": _("Insentif survei"),
        "survey_times": _("Berapa kali survei"),
        "exchange_allowed": _("Pelatihan boleh ditukar"),
        "trainings_in_sequence": _("Pelatihan harus berurutan"),
        "next_training_days": _("Hari sampai pelatihan berikut"),
        "review_required": _("Rating wajib"),
        "incentive_for_first_training_only": _("Insentif hanya untuk pelatihan pertama"),
        "schedule_wait_hours": _("Jam menunggu jadwal cair"),
        "payout_days_at_least": _("Hari kerja cair, paling cepat"),
        "payout_days_at_most": _("Hari kerja cair, paling lama"),
        "survey_one_after_days": _("Survei pertama sesudah, hari"),
        "survey_open_days": _("Survei terbuka, hari"),
        "survey_paid_within_days": _("Survei dibayar dalam, hari"),
        "surveys_affect_payment": _("Survei memengaruhi insentif"),
        "certificate_after": _("Sertifikat muncul sesudah"),
    }
