"""What is refused is not answered again, whatever it was."""

from __future__ import annotations

import pytest

from handlers.dialogue.own_questions import own_questions
from handlers.understanding.refused import refusals, without_refusals
from tests.handlers.talking import Talk


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("bukan saldo kak, insentif", "saldo kak"),
        ("saya ga nanya privasi bro. temenku gimana", "privasi bro"),
        ("kok saldo lagi, saya tanya insentif", "saldo"),
        ("hah siapa yg beli voucher. gw nanya kelas", "beli voucher"),
        ("INSENTIF kak bukan saldo", "saldo"),
        ("dudu saldo mas, insentif", "saldo mas"),
    ],
)
def test_a_refusal_is_heard(said: str, what: str) -> None:
    assert [one.what for one in refusals(said)] == [what]
    assert what not in without_refusals(said, refusals(said)).casefold()


@pytest.mark.parametrize(
    "said",
    [
        "kok insentif belum masuk?",
        "kok dicabut? kan sudah beli",
        "kelas yang bukan online ada?",
        "did it yesterday but not sure",
        "rekeningnya bukan atas nama saya, bisa?",
    ],
)
def test_what_asks_or_doubts_refuses_nothing(said: str) -> None:
    assert not refusals(said)


@pytest.mark.parametrize(
    ("said", "how_many"),
    [
        ("batas beli kapan?", 0),
        ("saldo itu bisa dicairkan ga? terus batasnya tanggal berapa soalnya bu Sri bilang 18", 2),
        ("min saya belum beli apa2 karena bingung, bu Sri sih sudah dapat insentif dua kali", 0),
    ],
)
def test_only_own_questions_count(said: str, how_many: int) -> None:
    assert len(own_questions(said)) == how_many


async def test_a_refused_answer_does_not_come_again(jakarta: Talk) -> None:
    await jakarta.says("apakah data saya aman")
    first = jakarta.plain
    await jakarta.says("gw ga nanya privasi, insentif kapan cair")
    assert jakarta.plain != first
    assert "3–5 hari kerja" in jakarta.plain
