"""Card numbers, NIKs, codes and passwords in every way of writing them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Writing = Callable[[random.Random, str], str]
Making = Callable[[random.Random], str]
_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_JAVANESE = ("nol", "siji", "loro", "telu", "papat", "limo", "enem", "pitu", "wolu", "songo")
_SUNDANESE = ("nol", "hiji", "dua", "tilu", "opat", "lima", "genep", "tujuh", "dalapan", "salapan")
_SPOKEN = ("kosong", "satu", "dua", "tiga", "empat", "lima", "enem", "tuju", "lapan", "sembilan")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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

_FOLK = ("budi", "siti", "agus", "dewi", "rina", "joko", "ayu", "putra", "wahyu", "indah", "yanto", "lestari", "bagas")
_LOVED = ("sayang", "cinta", "rahasia", "kucing", "mawar", "melati", "bismillah", "persib", "arema", "naruto", "bunda")
_SIGNS = "!@#$%*_?&+"


def _word(rng: random.Random) -> str:
    return rng.choice((*_FOLK, *_LOVED))


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


def secret(rng: random.Random, slot: str) -> tuple[str, str]:
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
