"""One number, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.model.phones import NumberKey, normal_phone

NUMBERS = st.from_regex(r"8[1-9]\d{7,10}", fullmatch=True)


@given(NUMBERS, st.sampled_from(["0", "62", "+62", "+62 ", "0062", "62-", "(+62) ", "+62 0", ""]))
def test_every_way_of_writing_gives_the_same_number(number: str, prefix: str):
    assert normal_phone(prefix + number) == "+62" + number


@given(NUMBERS, st.sampled_from([" ", "-", ".", " - "]))
def test_gaps_do_not_matter(number: str, gap: str):
    written = "0" + number
    assert normal_phone(gap.join((written[:4], written[4:8], written[8:]))) == "+62" + number


@given(NUMBERS)
def test_writing_it_normally_twice_changes_nothing(number: str):
    once = normal_phone("0" + number)
    assert once is not None
    assert normal_phone(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "021-508 13333",
        "0800-150-3001",
        "1500046",
        "0812",
        "1234567890123456",
        "3273011205900003",
        "0812345678901234567",
    ],
)
def test_what_is_no_mobile_number(text: str):
    assert normal_phone(text) is None


def test_a_number_in_a_sentence_is_found_and_two_are_too_many():
    assert normal_phone("nomor saya 0812-3456-7890 ya") == "+6281234567890"
    assert normal_phone("0812-3456-7890 atau 0813-3456-7890") is None


def test_the_hash_depends_on_number_and_key():
    one = NumberKey(0, b"key").hash("+6281234567890")
    assert one == NumberKey(0, b"key").hash("+6281234567890")
    assert len(one) == 64
    assert one not in {NumberKey(0, b"key").hash("+6281234567891"), NumberKey(0, b"other").hash("+6281234567890")}


@given(st.binary(min_size=1, max_size=150), st.integers(0, 3))
def test_many_numbers_are_hashed_as_one_is(key: bytes, place: int):
    """A key longer than a block of the hash is a case of its own."""
    one = NumberKey(place, key)
    assert one.hasher()("+6281234567890") == one.hash("+6281234567890")
