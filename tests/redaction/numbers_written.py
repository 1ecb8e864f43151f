"""What ordinary messages are full of: prices, dates, hours, phone numbers, tickets and orders, as they are written."""

from __future__ import annotations

import random
from collections.abc import Callable

Making = Callable[[random.Random], str]
_MONTHS = ("januari", "feb", "maret", "april", "mei", "juni", "juli", "agustus", "sept", "oktober", "okt", "november")


def _price(rng: random.Random) -> str:
    thousands = rng.choice((50, 99, 149, 150, 250, 349, 350, 500, 600, 750, 1000, 1250, 2400, 3550))
    dotted = f"{thousands:,}.000".replace(",", ".")
    return rng.choice((
        f"Rp{dotted}", f"Rp {dotted}", f"rp {thousands}000", f"rp. {dotted}", dotted, f"{dotted},-", f"Rp{dotted},00",
        f"{thousands}rb", f"{thousands} ribu", f"{thousands}k", f"{thousands}000", "1jt", "1 juta", "3,55 juta",
        "1.5jt", "sejuta", "enam ratus ribu", "IDR 600000", "600,000",
    ))  # fmt: skip


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.choice((2020, 2021, 2021, 2022))
    return rng.choice((
        f"{day}/{month}/{year}", f"{day}-{month:02}-{year % 100}", f"{day:02}.{month:02}.{year}", f"{day}/{month}",
        f"{day} {_MONTHS[month - 1]} {year}", f"tgl {day} {_MONTHS[month - 1]}", f"{year}-{month:02}-{day:02}",
        f"{_MONTHS[month - 1]} {year}", f"tanggal {day}", f"{day:02} {month:02} {year}", f"{day}{_MONTHS[month - 1]}",
    ))  # fmt: skip


def _time(rng: random.Random) -> str:
    hour, minute = rng.randint(0, 23), rng.choice((0, 15, 30, 59, rng.randint(0, 59)))
    return rng.choice((f"{hour:02}.{minute:02}", f"{hour:02}:{minute:02}", f"{hour}", f"{hour:02}.{minute:02} WIB",
                       f"{hour:02}:{minute:02}:00", f"{hour:02}{minute:02}"))  # fmt: skip


def _phone(rng: random.Random) -> str:
    prefix = rng.choice(("812", "813", "821", "852", "857", "878", "895", "877", "896"))
    tail = prefix + _digits(rng, rng.choice((7, 8, 9)))
    a, b, c = tail[:3], tail[3:7], tail[7:]
    return rng.choice((f"0{tail}", f"0{a}-{b}-{c}", f"0{a} {b} {c}", f"+62{tail}", f"+62 {a} {b} {c}",
                       f"+62 {a}-{b}-{c}", f"62{tail}", f"0{a}.{b}.{c}", f"(+62) {a}{b}{c}"))  # fmt: skip


def _hotline(rng: random.Random) -> str:
    return rng.choice((
        "021-508 13333", "021-50813333", "(021) 508 13333", "021-508 16000", "+62 811 8807 172", "+62 821 1111 3630",
        "+62 813 1579 2171", "0800-150-3001", "08001503001", "0800 150 3001", "1500046", "1500696", "150911", "1500445",
        "1500-046", "628118807172", "0811-8807-172",
    ))  # fmt: skip


def _ticket(rng: random.Random) -> str:
    five, six = rng.randint(10000, 99999), rng.randint(100000, 999999)
    return rng.choice((f"A-{five}", f"#{six}", f"#{five}", f"T-{rng.randint(1000, 9999)}", f"SP-{six}", f"TKT{six}",
                       f"SOB-{five}", f"P-{rng.randint(10, 999)}"))  # fmt: skip


def _invoice(rng: random.Random) -> str:
    day = f"2021{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return rng.choice((
        f"INV/{day}/MPL/{rng.randint(10**8, 10**10)}", f"INV/{day}/XX/X/{rng.randint(10**8, 10**9)}",
        f"BL{rng.randint(10**9, 10**10)}", f"TRX-{day}-{rng.randint(1000, 9999)}", f"INV-{rng.randint(10**5, 10**7)}",
        f"PJR{day}{rng.randint(100, 999)}", f"ORDER-{rng.randint(10**5, 10**7)}",
    ))  # fmt: skip


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


NUMBERS: dict[str, Making] = {
    "price": _price,
    "date": _date,
    "time": _time,
    "phone": _phone,
    "hotline": _hotline,
    "ticket": _ticket,
    "invoice": _invoice,
    "wave": lambda rng: rng.choice(
        ("gelombang {}", "gel {}", "gel.{}", "g{}", "gelombang ke-{}", "angkatan {}")
    ).format(rng.randint(1, 48)),
    "count": lambda rng: rng.choice(("754.929", "754929", "373.745", "44 ribu", "46.000", "123456", "800 ribu")),
    "small": lambda rng: str(rng.randint(2, 9)),
    "house": lambda rng: rng.choice((f"{rng.randint(1, 250)}", f"{rng.randint(1, 99)}A", f"{rng.randint(1, 20)}/{3}")),
    "postcode": lambda rng: f"{rng.randint(10110, 99976)}",
}
