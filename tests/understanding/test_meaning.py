"""What participants write, in their own spelling, and what the bot takes it for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import understand
from handlers.understanding.evaluate import read

MONDAY = date(2021, 10, 18)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("gel dua satu trakhir beli tgl brp", "deadline"),
        ("insentif sy blm cair knp ya min", "incentive_problem"),
        ("nsntf gw ggl krn ewlt blm prmium", "incentive_problem"),
        ("wis tuku mas", "report_bought"),
        ("sertif blm nongol di daskboard", "certificate"),
        ("lupa pasword akun prakerja", "account_access"),
        ("kelas masak di bawah 500rb di tokped", "recommend"),
        ("makasih ya kak", "thanks"),
        ("assalamualaikum", "greeting"),
        ("mau ngomong sama orang beneran", "handoff"),
        ("wa nya pijar mahir berapa", "platform_contact"),
        ("cara sambungin ovo ke prakerja", "payment_account"),
        ("jangan ingetin aku lagi", "reminder_settings"),
    ],
)
def test_everyday_spelling_is_understood(text: str, intent: str):
    """Short, slangy, regional or misspelt: the meaning gets through."""
    assert understand(text, today=MONDAY).intent == intent


@pytest.mark.parametrize(
    "text", ["bansos cair kapan", "skor persib tadi malam", "pinjol cepat cair dong", "asdf qwer zxcv"]
)
def test_what_is_not_prakerjas_business_is_not_answered(text: str):
    """Near-domain questions and noise get no answer of the programme."""
    meaning = understand(text, today=MONDAY)
    assert meaning.intent == "out_of_scope" or not meaning.certain


def test_several_things_in_one_message_are_all_heard():
    """A report and a question in one breath: both are known, with what they name."""
    meaning = understand("udah beli di tokped kemarin, batas beli gel 21 kapan sih", today=MONDAY)
    assert {"report_bought", "deadline"} <= {meaning.intent, *meaning.also}
    assert (meaning.entity("platform"), meaning.entity("wave"), meaning.entity("date")) == (
        "tokopedia", "21", "2021-10-17",
    )  # fmt: skip


def test_of_many_messages_that_say_several_things_next_to_all_is_heard():
    """Every matter is answered or asked about; nothing is answered that was not said."""
    lines = list(read(Path(__file__).with_name("mixed.tsv")))
    whole = 0
    for line in lines:
        meaning = understand(line.text, today=MONDAY)
        heard = {*meaning.also} | ({meaning.intent} if meaning.certain else set())
        assert heard <= line.expected, line
        whole += heard == line.expected
    assert whole >= 0.9 * len(lines)


@pytest.mark.parametrize("text", ["gel 21", "tokped", "", "😂", "gelombang 21?"])
def test_a_bare_name_is_asked_about(text: str):
    """Whoever only names a wave or a platform has not said what about it."""
    assert not understand(text, today=MONDAY).certain


def test_a_secret_that_was_blacked_out_does_not_confuse():
    """Redacted numbers leave a placeholder, and the question around it is still understood."""
    meaning = understand("udah masukin [nomor kartu] sama [OTP] kok gagal bayar", today=MONDAY)
    assert meaning.intent == "purchase_problem"


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_gets_at_least_three_ordered_guesses(text: str):
    """Whatever is sent, the guesses are probabilities, best first, and never fewer than three."""
    confidences = [guess.confidence for guess in understand(text, today=MONDAY).guesses]
    assert len(confidences) >= 3
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)


def test_ten_thousand_characters_are_no_burden():
    """A pasted article is read at its beginning only."""
    assert understand("kapan batas beli gel 21? " * 400, today=MONDAY).entity("wave") == "21"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("insentif abdi can cair", "belum cair"),
        ("abdi can meser", "saya belum beli"),
        ("saldo can asup", "belum masuk"),
        ("can I buy two courses", "bisa saya beli"),
        ("can you help", "bisa kamu"),
    ],
)
def test_can_is_belum_in_sundanese_and_bisa_in_english(text: str, words: str):
    """One spelling, two opposite meanings: the words beside it tell which."""
    assert words in understand(text, today=MONDAY).normalised


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("insentif abdi can cair wae", "incentive_problem"),
        ("batas e kapan mas", "deadline"),
        ("iraha batas na", "deadline"),
        ("udah beli belum ya aku lupa", "status"),
        ("kalau udah beli kemarin di tokopedia terus ngapain", "status"),
        ("aku udah beli pulsa kemarin di tokopedia", "out_of_scope"),
        ("besok aku beli di tokopedia", "reminder_settings"),
        ("sudah checkout di tokped kemarin tapi statusnya masih diproses", "purchase_problem"),
        ("temen saya udah beli kemarin di tokopedia, saya belum", "how_to_buy"),
        ("LU ROBOT GOBLOK GA GUNA", "out_of_scope"),
        ("bot bego gak guna, mana orangnya", "handoff"),
        ("rekomendasi buat ibu rumah tangga", "recommend"),
        ("what is the call center number", "call_center"),
        ("tapi temen saya bisa kok", "revoked"),
    ],
)
def test_what_only_sounds_like_something_else_is_told_apart(text: str, intent: str):
    """A friend's purchase, a plan, a question or other goods report no purchase."""
    assert understand(text, today=MONDAY).intent == intent


def test_a_purchase_that_cannot_be_seen_is_reported_by_no_clause():
    """The half sentence *sudah beli* is not taken out of what denies it."""
    assert "report_bought" not in understand("udah beli tapi di dashboard ga muncul", today=MONDAY).also
