"""What people really send by mistake is cut out, and what they ask about it is not."""

import re
import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.redaction.cutter import redact
from tests.redaction.drawn import Message, leaks, ordinary
from tests.redaction.judging import LONG, left_of
from tests.rows import of_each

SAMPLE = 1000
PLACEHOLDERS = re.compile(r"\[(?:nomor kartu|data kartu|nomor rekening|nomor dokumen|nama ibu|NIK|OTP|kata sandi)\]")


@dataclass
class Tally:
    """How many of how many."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        return self.hits / self.of


def tally(messages: list[Message], good: object) -> Tally:
    assert callable(good)
    return Tally(sum(bool(good(message)) for message in messages), len(messages))


def nothing_left(message: Message) -> bool:
    return not left_of(message, redact(message.text)[0])


@pytest.fixture(scope="module")
def leaked() -> list[Message]:
    return list(leaks(SAMPLE, seed=7))


def test_nothing_of_a_secret_can_be_read_in_199_of_200_leaks(leaked: list[Message]):
    assert tally(leaked, nothing_left).share >= 0.995


def test_the_ways_of_saying_that_nobody_fitted_are_cut_as_well(leaked: list[Message]):
    assert tally([message for message in leaked if message.held_out], nothing_left).share >= 0.995


def test_what_was_cut_is_named_rightly(leaked: list[Message]):
    assert tally(leaked, lambda leak: set(redact(leak.text)[1]) == set(leak.kinds)).share >= 0.98


def test_fewer_than_one_in_200_ordinary_messages_loses_anything():
    assert tally(list(ordinary(SAMPLE, seed=7)), lambda plain: redact(plain.text) == (plain.text, ())).share > 0.995


def test_redacting_twice_changes_nothing(leaked: list[Message]):
    once = [redact(leak.text)[0] for leak in leaked]
    assert [redact(text) for text in once] == [(text, ()) for text in once]


@given(st.integers(0, 10_000))
@settings(max_examples=60)
def test_every_piece_that_stays_was_there_in_the_same_order(seed: int):
    """Apart from the placeholders nothing is added, moved or changed: the pieces are found one after the other."""
    for message in leaks(5, seed):
        at = 0
        for piece in PLACEHOLDERS.split(redact(message.text)[0]):
            found = message.text.find(piece, at)
            assert found >= at
            at = found + len(piece)


@given(st.text(alphabet="otp pwsandinik=:0123456789.-,[]\"'@#\n", max_size=120))
@settings(max_examples=200)
def test_any_jumble_is_taken_and_kinds_are_named_where_something_is_cut(text: str):
    redacted, kinds = redact(text)
    assert bool(kinds) == (redacted != text)


@of_each(
    ("text", "left"),
    [
        ("udah masuk kode: 8-8-1-2", "udah masuk kode: [OTP]"),
        ("otp 12 34 56", "otp [OTP]"),
        ("123456 itu kodenya", "[OTP] itu kodenya"),
        ("482913", "[OTP]"),
        ("ini kak 482 913", "ini kak [OTP]"),
        ("pw saya Budi123!", "pw saya [kata sandi]"),
        ("password: Prakerja2021", "password: [kata sandi]"),
        ("kata sandi aku rahasia banget ya namanya sayangku2", "kata sandi aku rahasia banget ya namanya [kata sandi]"),
        ("nik saya 327301 120590 OOO3", "nik saya [NIK]"),
        ("n1k 3273011205900003", "n1k [NIK]"),
        ("kartu 9374 terus 1205 terus 6678 terus 4432 ditolak", "kartu [nomor kartu] ditolak"),
        ("kartu sembilan tiga tujuh empat 1205 6678 4432", "kartu [nomor kartu]"),
        ("otpnya dua puluh satu tiga belas empat", "otpnya [OTP]"),
        ("otp ８８１２", "otp [OTP]"),
        ("nik 3273\u200b0112\u200b0590\u200b0003", "nik [NIK]"),
    ],
)
def test_odd_ways_of_writing_are_read(text: str, left: str):
    assert redact(text)[0] == left


@of_each(
    "text",
    [
        "48291",  # five digits alone: a ticket or a postcode
        "211021",  # six digits alone that are a day
        "600000",  # ... or a price
        "password saya hilang",  # a plain word that says what happened to it
        "2021 kode otp nya belum masuk",
    ],
)
def test_what_can_be_either_stays_where_the_other_reading_is_likelier(text: str):
    assert redact(text) == (text, ())


@of_each("name", LONG)
def test_ten_times_the_length_takes_about_ten_times_as_long(name: str):
    """No pattern runs away: the cost grows with the length, not with its square."""

    def cost(text: str) -> float:
        costs = []
        for _ in range(3):
            before = time.thread_time()
            redact(text)
            costs.append(time.thread_time() - before)
        return min(costs)

    short, long = cost(LONG[name][:1000]), cost(LONG[name][:10_000])
    assert long < 40 * max(short, 0.0005)
