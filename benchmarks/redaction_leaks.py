"""Messages that give a secret away, and ordinary ones full of numbers: drawn by a seed from the two lists beside this.

A leak is a way of saying it (a line of `redaction_leaks.txt`) with a secret in a way of writing it (`_NUMBERS`,
`_CODES`, `_PASSWORDS`). A held-out leak has a way of saying or of writing that is held out.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

KINDS = {"card": "[nomor kartu]", "nik": "[NIK]", "otp": "[OTP]", "password": "[kata sandi]"}
_HERE = Path(__file__).parent
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_JAVANESE = ("nol", "siji", "loro", "telu", "papat", "limo", "enem", "pitu", "wolu", "songo")
_SUNDANESE = ("nol", "hiji", "dua", "tilu", "opat", "lima", "genep", "tujuh", "dalapan", "salapan")
_SPOKEN = ("kosong", "satu", "dua", "tiga", "empat", "lima", "enem", "tuju", "lapan", "sembilan")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Frame(NamedTuple):
    """A way of saying something."""

    family: str
    text: str
    held_out: bool


class Message(NamedTuple):
    """What somebody writes, what should be left of it, and which kinds of secret it holds."""

    text: str
    kept: str
    secrets: tuple[str, ...]
    kinds: tuple[str, ...]
    families: tuple[str, ...]
    held_out: bool


def frames(file: str) -> Iterator[Frame]:
    """Go through the ways of saying in a list."""
    family = ""
    for line in (_HERE / file).read_text("utf-8").splitlines():
        if line.startswith("## "):
            family = line[3:]
        elif line and not line.startswith("#"):
            yield Frame(family, line.replace("\\n", "\n"), _held_out(family))


def leaks(count: int, seed: int = 1) -> Iterator[Message]:
    """Draw leaks, as many of each kind."""
    rng = random.Random(seed)
    by_kind: dict[str, list[Frame]] = {}
    for frame in frames("redaction_leaks.txt"):
        by_kind.setdefault(frame.family.split()[0], []).append(frame)
    kinds = ("card", "nik", "otp", "password", "several")
    for number in range(count):
        yield _leak(rng, rng.choice(by_kind[kinds[number % 5]]))


def ordinary(count: int, seed: int = 1) -> Iterator[Message]:
    """Draw messages from which nothing must be cut."""
    rng = random.Random(seed)
    by_family: dict[str, list[Frame]] = {}
    for frame in frames("redaction_ordinary.txt"):
        by_family.setdefault(frame.family, []).append(frame)
    families = list(by_family.values())
    for number in range(count):
        frame = rng.choice(families[number % len(families)])
        text = re.sub(r"{(\w+)}", lambda slot: _ORDINARY[slot[1]](rng), frame.text)
        text = _spoken_case(rng, text)
        yield Message(text, text, (), (), (frame.family,), frame.held_out)


def _leak(rng: random.Random, frame: Frame) -> Message:
    secrets: list[str] = []
    kinds: list[str] = []
    families = [frame.family]
    parts = re.split(r"{(\w+)}", frame.text)
    text, kept = [parts[0]], [parts[0]]
    for slot, rest in zip(parts[1::2], parts[2::2], strict=True):
        way, secret = _secret(rng, slot)
        kind = slot.casefold() if slot in KINDS else "otp" if slot == "otp6" else "password"
        families.append(way)
        secrets.append(secret)
        kinds.append(kind)
        text += [secret, rest]
        kept += [KINDS[kind], rest]
    held_out = any(map(_held_out, families))
    return Message("".join(text), "".join(kept), tuple(secrets), tuple(dict.fromkeys(kinds)), tuple(families), held_out)


def _held_out(family: str) -> bool:
    return zlib.crc32(family.encode()) % 8 < 3


def _spoken_case(rng: random.Random, text: str) -> str:
    return text.upper() if rng.random() < 0.06 else text.capitalize() if rng.random() < 0.1 else text


# --- secrets -------------------------------------------------------------------------------------------------------


def _secret(rng: random.Random, slot: str) -> tuple[str, str]:
    """Return the way of writing and what is written."""
    if slot in ("card", "nik"):
        number = _card(rng) if slot == "card" else _nik(rng)
        way = rng.choice(list(_NUMBERS))
        return f"number {way}", _NUMBERS[way](rng, number)
    if slot == "otp6":
        way = rng.choice(("plain", "halves", "halves dashed", "pairs", "single"))
        return f"code {way}", _CODES[way](rng, _bare_code(rng))
    if slot == "otp":
        way = rng.choice([*_CODES, "plain", "plain", "plain"])
        return f"code {way}", _CODES[way](rng, _code(rng))
    weak = slot == "pw"
    way = rng.choice([*_PASSWORDS, *(_WEAK if weak else ())])
    written = (_PASSWORDS | _WEAK)[way](rng)
    return f"password {way}", written.upper() if slot == "STRONG" else written


def _card(rng: random.Random) -> str:
    return rng.choice("123456789") + _random_digits(rng, 15)


def _nik(rng: random.Random) -> str:
    day, month = rng.randint(1, 28) + rng.choice((0, 40)), rng.randint(1, 12)
    region = f"{rng.choice((11, 12, 13, 16, 18, 31, 32, 33, 34, 35, 36, 51, 52, 61, 64, 71, 73, 74, 81, 91))}"
    return (
        f"{region}{rng.randint(1, 79):02}{rng.randint(1, 40):02}{day:02}{month:02}"
        f"{rng.randint(60, 103) % 100:02}{rng.randint(1, 12):04}"
    )


def _code(rng: random.Random) -> str:
    return _random_digits(rng, rng.choice((4, 5, 6, 6, 6, 6, 8)))


def _bare_code(rng: random.Random) -> str:
    """Draw a code that could not be a price, a date or a hotline as well: those stay when they stand alone."""
    while True:
        code = _random_digits(rng, 6)
        date = re.fullmatch(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])2[0-4]", code)
        if not (date or code.endswith("000") or code.startswith("1500") or code == "150911"):
            return code


def _random_digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _groups(number: str, *sizes: int) -> list[str]:
    """Cut into groups of these sizes, the last one again and again."""
    groups = []
    for size in sizes:
        groups.append(number[:size])
        number = number[size:]
    while number:
        groups.append(number[: sizes[-1]])
        number = number[sizes[-1] :]
    return [group for group in groups if group]


def _uneven(rng: random.Random, number: str) -> list[str]:
    return _groups(number, *(rng.randint(2, 5) for _ in range(6)))


def _said(names: Sequence[str], number: str, between: str = " ") -> str:
    return between.join(names[int(digit)] for digit in number)


def _lettered(rng: random.Random, number: str) -> str:
    if not {"0", "1"} & {*number}:
        number = f"{number[:3]}0{number[4:]}"
    return "".join({"0": rng.choice("oO"), "1": rng.choice("lI")}.get(digit, digit) for digit in number)


def _half_said(rng: random.Random, groups: list[str]) -> str:
    at = rng.randrange(len(groups))
    return " ".join(_said(_DIGITS, group) if place == at else group for place, group in enumerate(groups))


def _in_tens(number: str) -> str:
    """Say pairs as one number: "dua puluh satu", "dua belas"; a pair that begins with 0 by its digits."""
    return " ".join(_two(pair) if len(pair) == 2 else _DIGITS[int(pair)] for pair in _groups(number, 2))


def _two(pair: str) -> str:
    tens, ones = int(pair[0]), int(pair[1])
    if tens == 0:
        return f"nol {_DIGITS[ones]}"
    if tens == 1:
        return {0: "sepuluh", 1: "sebelas"}.get(ones, f"{_DIGITS[ones]} belas")
    return f"{_DIGITS[tens]} puluh" + (f" {_DIGITS[ones]}" if ones else "")


Writing = Callable[[random.Random, str], str]
_NUMBERS: dict[str, Writing] = {
    "plain": lambda _, n: n,
    "fours": lambda _, n: " ".join(_groups(n, 4)),
    "fours dashed": lambda _, n: "-".join(_groups(n, 4)),
    "fours dotted": lambda _, n: ".".join(_groups(n, 4)),
    "fours slashed": lambda _, n: "/".join(_groups(n, 4)),
    "fours comma": lambda _, n: ", ".join(_groups(n, 4)),
    "fours on lines": lambda _, n: "\n".join(_groups(n, 4)),
    "fours far": lambda rng, n: rng.choice(("  ", " - ", "   ", " . ", "\u00a0", " / ")).join(_groups(n, 4)),
    "fours underscored": lambda _, n: "_".join(_groups(n, 4)),
    "fours en dash": lambda _, n: "–".join(_groups(n, 4)),
    "fours bracketed": lambda _, n: " ".join(f"({group})" for group in _groups(n, 4)),
    "starred": lambda _, n: f"*{n}*",
    "quoted": lambda _, n: f'"{n}"',
    "six six four": lambda rng, n: rng.choice((" ", "-", ".")).join(_groups(n, 6, 6, 4)),
    "eights": lambda rng, n: rng.choice((" ", "-", ".")).join(_groups(n, 8)),
    "twos": lambda rng, n: rng.choice((" ", "-", ".")).join(_groups(n, 2)),
    "threes": lambda rng, n: rng.choice((" ", "-")).join(_groups(n, 3)),
    "single": lambda rng, n: rng.choice((" ", "-", ".")).join(n),
    "single commas": lambda _, n: ",".join(n),
    "uneven": lambda rng, n: " ".join(_uneven(rng, n)),
    "uneven mixed": lambda rng, n: "".join(g + rng.choice((" ", "-", "", ".")) for g in _uneven(rng, n)).rstrip(" -."),
    "half glued": lambda _, n: f"{n[:4]} {n[4:8]} {n[8:]}",
    "words between": lambda rng, n: f" {rng.choice(('terus', 'trus', 'lalu', 'lanjut', 'kemudian'))} ".join(
        _groups(n, 4)
    ),
    "signs named": lambda rng, n: f" {rng.choice(('strip', 'spasi', 'titik', 'garis'))} ".join(_groups(n, 4)),
    "after that": lambda rng, n: f" {rng.choice(('abis itu', 'habis itu', 'terus lagi', 'sama'))} ".join(_groups(n, 4)),
    "front and back": lambda _, n: f"depannya {n[:4]} terus {n[4:12]} belakangnya {n[12:]}",
    "letters": _lettered,
    "letters in fours": lambda rng, n: " ".join(_groups(_lettered(rng, n), 4)),
    "said": lambda _, n: _said(_DIGITS, n),
    "said with commas": lambda _, n: _said(_DIGITS, n, ", "),
    "said in fours": lambda _, n: ", ".join(_said(_DIGITS, group) for group in _groups(n, 4)),
    "said loosely": lambda _, n: _said(_SPOKEN, n),
    "said in Javanese": lambda _, n: _said(_JAVANESE, n),
    "said in Sundanese": lambda _, n: _said(_SUNDANESE, n),
    "said in English": lambda _, n: _said(_ENGLISH, n),
    "said in tens": lambda _, n: _in_tens(n),
    "half said": lambda rng, n: _half_said(rng, _groups(n, 4)),
    "full width": lambda _, n: n.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "keycaps": lambda _, n: "".join(f"{digit}\ufe0f\u20e3" for digit in n),
    "zero width": lambda _, n: "\u200b".join(_groups(n, 4)),
    "shouted": lambda _, n: _said(_DIGITS, n).upper(),
}
_CODES: dict[str, Writing] = {
    "plain": lambda _, n: n,
    "halves": lambda _, n: " ".join(_groups(n, (len(n) + 1) // 2)),
    "halves dashed": lambda _, n: "-".join(_groups(n, (len(n) + 1) // 2)),
    "halves dotted": lambda _, n: ".".join(_groups(n, (len(n) + 1) // 2)),
    "pairs": lambda _, n: " ".join(_groups(n, 2)),
    "pairs dashed": lambda _, n: "-".join(_groups(n, 2)),
    "single": lambda _, n: " ".join(n),
    "single dashed": lambda _, n: "-".join(n),
    "single dotted": lambda _, n: ".".join(n),
    "single commas": lambda _, n: ", ".join(n),
    "starred": lambda _, n: f"*{n}*",
    "quoted": lambda _, n: f'"{n}"',
    "bracketed": lambda _, n: f"({n})",
    "said": lambda _, n: _said(_DIGITS, n),
    "said with commas": lambda _, n: _said(_DIGITS, n, ", "),
    "said with dashes": lambda _, n: _said(_DIGITS, n, "-"),
    "said loosely": lambda _, n: _said(_SPOKEN, n),
    "said in Javanese": lambda _, n: _said(_JAVANESE, n),
    "said in Sundanese": lambda _, n: _said(_SUNDANESE, n),
    "said in English": lambda _, n: _said(_ENGLISH, n),
    "said in tens": lambda _, n: _in_tens(n),
    "half said": lambda rng, n: _half_said(rng, _groups(n, 2)),
    "words between": lambda rng, n: f" {rng.choice(('terus', 'trus', 'lalu'))} ".join(_groups(n, 2)),
    "prefixed G": lambda _, n: f"G-{n}",
    "full width": lambda _, n: n.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "keycaps": lambda _, n: "".join(f"{digit}\ufe0f\u20e3" for digit in n),
    "on lines": lambda _, n: "\n".join(_groups(n, (len(n) + 1) // 2)),
    "letters": _lettered,
    "shouted": lambda _, n: _said(_DIGITS, n).upper(),
}

# --- passwords -----------------------------------------------------------------------------------------------------

_FOLK = ("budi", "siti", "agus", "dewi", "rina", "joko", "ayu", "putra", "wahyu", "indah", "yanto", "lestari", "bagas")
_LOVED = ("sayang", "cinta", "rahasia", "kucing", "mawar", "melati", "bismillah", "persib", "arema", "naruto", "bunda")
_SIGNS = "!@#$%*_?&+"
Making = Callable[[random.Random], str]


def _word(rng: random.Random) -> str:
    return rng.choice((*_FOLK, *_LOVED))


_PASSWORDS: dict[str, Making] = {
    "word and digits": lambda rng: f"{_word(rng)}{rng.randint(10, 9999)}",
    "capital and digits": lambda rng: f"{_word(rng).capitalize()}{rng.randint(10, 9999)}",
    "word and year": lambda rng: f"{_word(rng)}{rng.randint(1970, 2021)}",
    "with a sign": lambda rng: f"{_word(rng).capitalize()}{rng.randint(10, 999)}{rng.choice(_SIGNS)}",
    "sign between": lambda rng: f"{_word(rng)}{rng.choice(_SIGNS)}{rng.randint(10, 9999)}",
    "leet": _leet,
    "random": _random_password,
    "digits first": lambda rng: f"{rng.randint(1, 9999)}{_word(rng)}",
    "underscored": lambda rng: f"{_word(rng)}_{_word(rng)}{rng.randint(1, 99)}",
    "dashed": lambda rng: f"{_word(rng)}-{rng.randint(100, 9999)}",
    "dotted": lambda rng: f"{_word(rng)}.{rng.randint(100, 9999)}",
    "two words": lambda rng: f"{_word(rng)}{_word(rng)}{rng.randint(1, 999)}",
    "capitals inside": lambda rng: f"{_word(rng).capitalize()}{_word(rng).capitalize()}{rng.randint(1, 99)}",
    "prakerja": lambda rng: f"Prakerja{rng.choice(_SIGNS)}{rng.randint(1, 2021)}",
}
_WEAK: dict[str, Making] = {
    "plain word": lambda rng: rng.choice(_LOVED[3:]) + rng.choice(("ku", "hitam", "putih", "indah", "ceria")),
    "only digits": lambda rng: str(rng.randint(100000, 99999999)),
    "keyboard": lambda rng: rng.choice(("qwerty", "asdfgh", "zxcvbn", "qazwsx", "poiuyt")),
}


def _leet(rng: random.Random) -> str:
    word = rng.choice(_LOVED).translate(str.maketrans("aiesto", "413570"))
    return word + (str(rng.randint(1, 99)) if word.isdigit() or len(word) < 6 or rng.random() < 0.5 else "")


def _random_password(rng: random.Random) -> str:
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
    body = (
        [rng.choice(letters) for _ in range(5)] + [rng.choice("23456789") for _ in range(2)] + [rng.choice("!@#$%&*")]
    )
    rng.shuffle(body)
    return rng.choice(letters) + "".join(body) + rng.choice(letters)


# --- what ordinary messages are full of ----------------------------------------------------------------------------

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
    tail = prefix + _random_digits(rng, rng.choice((7, 8, 9)))
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


_ORDINARY: dict[str, Making] = {
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
