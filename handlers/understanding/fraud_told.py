"""What is told of a fraud: that something was given to it, that it tempts, and what its victim asks next."""

from __future__ import annotations

from typing import Final

from handlers.understanding.durations import days_said
from handlers.understanding.phrases import says, without
from handlers.understanding.sentences import sentences
from handlers.understanding.spelling import spelt

ASKED_BY_A_VICTIM: Final = (
    *("does it come back", "a stranger's purchase", "not my purchase", "is my wallet safe", "checked for days"),
    *("another with the rest", "is the card number safe", "shall I call", "ashamed of it"),
    "may the balance be lost",
)
"""What whoever was taken in asks or tells next, each with an answer of its own."""

_GIVEN: Final = ("given away", "a code given away")


def given_away(text: str) -> bool:
    """Tell whether a sentence says that its writer gave something: what others did, or it wants, is not given.

    *Banyak yang udah berhasil katanya* and *kucoba aja kah* are temptation, *akhirnya kirim foto ktp* is done.
    """
    return any(_is_given(part) for part in sentences(text))


def _is_given(part: str) -> bool:
    if says("just about to", part):
        return False  # *yo wis tak bayar wae yo*
    left = without("nothing given", part)  # *OTP belum kukasih, tapi nomor kartunya telanjur kukirim*
    if any(says(what, left) for what in _GIVEN):
        return not says("others gave it", left)
    return says("given at last", left) and not says("wanted of me", left)


def is_tempted(text: str) -> bool:
    """Tell whether somebody leans towards it, or asks whether they may, before anything is done."""
    return says("tempted by it", text) and not given_away(text)


def asks_leave_to_obey(text: str) -> bool:
    """Tell whether somebody asks if they shall give, pay, answer or follow, or why they not, where others did.

    *Teman sudah kasih, saya kasih juga?*, *boleh kubalas?*; the training that is bought is nothing of a fraud.
    """
    parts = [without("thanks beside it", part) for part in sentences(text)]  # *terima kasih* gives nothing
    of_it = [part for part in parts if says("to give or obey", part) and not says("one's own path", part)]
    return any(says("whether to do it", part) or says("others gave it", part) for part in of_it)


def wants_something(text: str) -> bool:
    """Tell whether whoever was spoken of wants a number, a code, data or money: *cuma minta nomor kartu kok*."""
    ones_own = ("asks for one's own code", "signing in asks for a code", "a code that never comes")
    wanted = says("wanted by it", without("nothing is asked for", text))
    return wanted and not any(says(what, text) for what in ones_own)


def asks_as_a_victim(text: str) -> bool:
    """Tell whether a text asks or tells what only whoever was taken in has to ask."""
    return any(says(what, text) for what in ASKED_BY_A_VICTIM)


def days_of_checking(text: str) -> int | None:
    """Return how many days something is said to be looked at; None where no number is said."""
    return days_said(list(spelt(text))) if says("checked for days", text) else None
