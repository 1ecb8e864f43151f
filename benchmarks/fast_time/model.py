"""Who passed in the night's wave, what each needs to buy, and when they come. Shares are assumptions, not findings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from programme.model.zones import Zone

T = TypeVar("T")


def wib(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    """Return a moment of October 2021, or of September, on the programme's clock."""
    return datetime(2021, month, day, hour, minute, tzinfo=Zone.WIB.tz)


ANNOUNCED: Final = wib(22, 20, month=9)
FIRST_CUTOFF: Final = wib(20, 23, 59) + timedelta(seconds=59)
"""As it is told at first; on the 14th it moves."""
CUTOFF: Final = wib(21, 23, 59) + timedelta(seconds=59)
MORNING_AFTER: Final = wib(22, 10, 30)


class Need(StrEnum):
    """What has to happen before somebody buys."""

    NOTHING = "buys by themselves"
    REMINDER = "forgets, unless reminded in the 36 hours before"
    ANSWER = "asks, and has to be understood"
    HELP = "complains, and has to be helped by somebody of the staff"
    SLEEP = "puts it off until it is too late"
    OTHERWISE = "decides not to"


class Messenger(StrEnum):
    """Where they have the bot."""

    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Passed:
    """Somebody of the wave. Whoever never `joins` is not reached; moments are on the hour of a scene."""

    number: int
    messenger: Messenger
    zone: str
    need: Need
    joins: datetime | None
    acts: datetime
    """When they mean to buy, ask for help, or put it off."""
    question: int
    tells: bool
    """Whether they report that they bought; else the bot goes on reminding, and must."""
    blocks: bool
    wishes: bool
    """Whether they ask for one more reminder a minute before the cutoff."""


_JOINS: Final = {
    wib(22, 20, 30, month=9): 22,
    wib(23, 12, 30, month=9): 20,
    wib(23, 19, 30, month=9): 14,
    wib(1, 12, 30): 12,
    wib(8, 19, 30): 8,
    wib(15, 12, 30): 7,
    wib(19, 19, 30): 5,
    wib(21, 12, 30): 3,
    wib(21, 20, 15): 2,
    None: 7,
}
_ACTS: Final = {
    wib(24, 19, 30, month=9): 12,
    wib(1, 19, 30): 14,
    wib(8, 12, 30): 12,
    wib(15, 19, 30): 12,
    wib(18, 19, 30): 12,
    wib(20, 12, 30): 10,
    wib(20, 19, 30): 6,
    wib(21, 9, 45): 6,
    wib(21, 12, 45): 4,
    wib(21, 18, 30): 4,
    wib(21, 19, 45): 2,
    wib(21, 21, 20): 3,
    wib(21, 22, 30): 1.5,
    wib(21, 23, 30): 1,
    wib(21, 23, 50): 0.5,
}
_NEEDS: Final = {
    Need.NOTHING: 30,
    Need.REMINDER: 34,
    Need.ANSWER: 24,
    Need.HELP: 5,
    Need.SLEEP: 4,
    Need.OTHERWISE: 3,
}
_MESSENGERS: Final = {Messenger.TELEGRAM: 57, Messenger.WHATSAPP: 38, Messenger.BOTH: 5}
_ZONES: Final = {"wib": 80, "makassar": 14, "jayapura": 6}

QUESTIONS: Final = (
    (("cara beli pelatihan gimana sih kak", "cara beli pelatihan"), "Masuk ke akunmu"),
    (("saldo blm masuk ke daskboard knp ya", "saldo belum ada"), "video induksi"),
    (("lupa kata sandi akun prakerja", "lupa password"), "Atur ulang"),
    (("otp ga masuk2", "otp tidak masuk"), "tunggu 2 jam"),
    (("kelas masak ada ga", "cari pelatihan masak"), "Dijual di"),
    (("boleh ga beli 2 pelatihan", "boleh ambil dua pelatihan?"), "berurutan"),
    (("klo telat beli gmn", "kalau lewat batas beli bagaimana"), "dicabut"),
    (("batas waktu gel 21 jam brp wita", "batas beli jam berapa"), "23.59 WIB"),
    (("bisa ganti pelatihan ga klo udah beli", "pelatihan bisa ditukar?"), "tidak bisa ditukar"),
    (("gagal bayar terus di bukalapak", "gagal bayar di bukalapak"), "021-508 13333"),
    (("tlp prakerja brp", "nomor call center"), "0800-150-3001"),
    (("video induksi ga bs dibuka", "video induksi macet"), "Pindah ke koneksi"),
    (("kartunya buat belanja boleh ga", "saldo pelatihan bisa diuangkan?"), "tidak"),
    (("anu itu loh yg kemaren gmn", "yg mana dulu yg hrs sy lakuin"), "Status"),
)
"""As they are spelled, then said otherwise; and what an answer must have in it to be one."""

REPORTS: Final = (
    ("udah beli kemarin di tokped", ()),
    ("alhamdulillah udah kebeli td pagi di bukalapak", ()),
    ("sudah beli", ("tokopedia", "hari ini")),
)
"""What somebody says who bought, and what they answer where they are asked."""

DECIDED: Final = "aku ga jadi beli, udah dapet kerja"
COMPLAINT: Final = ("mau komplain", "pembelian pelatihan", "tetap mau bicara petugas", "sudah 3x gagal", "tokopedia")


def wave(count: int, chance: random.Random) -> list[Passed]:
    """Return `count` people who passed."""
    return [_passed(number, chance) for number in range(1, count + 1)]


def _passed(number: int, chance: random.Random) -> Passed:
    joins = _drawn(list(_JOINS), list(_JOINS.values()), chance)
    first = joins or ANNOUNCED
    acts = [moment for moment in _ACTS if moment > first + timedelta(minutes=30)]
    need = _drawn(list(_NEEDS), list(_NEEDS.values()), chance)
    late = need is Need.SLEEP or chance.random() < 0.01
    return Passed(
        number=number,
        messenger=_drawn(list(_MESSENGERS), list(_MESSENGERS.values()), chance),
        zone=_drawn(list(_ZONES), list(_ZONES.values()), chance),
        need=need,
        joins=joins,
        acts=max(wib(21, 18, 30), acts[0]) if late else _drawn(acts, [_ACTS[each] for each in acts], chance),
        question=chance.randrange(len(QUESTIONS)),
        tells=chance.random() < 0.9,
        blocks=chance.random() < 0.02,
        wishes=chance.random() < 0.02,
    )


def _drawn(choices: Sequence[T], weights: Sequence[float], chance: random.Random) -> T:
    return chance.choices(choices, weights)[0]
