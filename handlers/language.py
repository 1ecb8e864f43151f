"""The language that Sobat speaks with the person."""

from __future__ import annotations

import re

from babel import Locale

from handlers.dialogue.question import Option
from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import said
from handlers.phrases.next_step import with_next_step
from locales import N_, Language, _, languages, speaking
from programme.model.events import LanguageChosen
from programme.model.messages import Button, Open

_UNWANTED = (
    r"\b(jangan|kok|kenapa|mengapa|ngapain|selain|kurang|bukan|don|not|why)\b"
    r"|\b(tidak|belum) (bisa|mengerti|paham)\b"
)
"""The language named may be the one that the person does not want."""

_WORD = re.compile(r"[a-z]+")
_ENGLISH = frozenset(
    _WORD.findall(
        "a about am an and any are at bought buy can could course deadline did do does find for from get has have hello"
        " help how i in is it me must my need not of on or please should show tell that the there this to training"
        " until was what when where which who why will with would you your"
    )
)
_INDONESIAN = frozenset(
    _WORD.findall(
        "ada aja aku apa bagaimana batas beli belum berapa bisa blm buat cara dan dari di dong ga gak gimana ini itu"
        " kak kalau kapan karena ke kenapa kok mana mau min nggak nya saya sudah tidak tolong udah untuk ya yang"
    )
)
_ENOUGH = 3


def offers_english(text: str) -> bool:
    """Tell whether a message is clearly English: at least three English words, and no Indonesian one."""
    words = _WORD.findall(text.casefold())
    return sum(word in _ENGLISH for word in words) >= _ENOUGH and _INDONESIAN.isdisjoint(words)


def english_key() -> Button:
    """Return the key that switches to English at once."""
    return button("🇬🇧 English?", "choose_language", language="en")


@conversation("language", about=N_("Ganti bahasa / Language"), commands=("bahasa", "language"))
async def language(turn: Turn) -> Reply | Open:
    """Switch to the one language that was named, else ask for it."""
    named = [one.code for one in languages().values() if said(turn, _pattern(one))]
    if len(named) != 1 or said(turn, _UNWANTED):
        return Open("choose_language")
    return _switch(named[0], turn)


@conversation("choose_language")
async def choose_language(turn: Turn) -> Reply:
    """Offer the languages, each by its own name."""
    words = say(
        _(
            "🌐 Mau pakai bahasa apa? / Which language?\n"
            "Aku menjawab dalam {names}; pesanmu boleh campur bahasa daerah."
        ),
        names=[one.name for one in languages().values()],
    )
    options = [Option(one.code, one.name, tuple(_names(one))) for one in languages().values()]
    code = await turn.choose("language", words, options)
    assert code is not None  # noqa: S101 - it can't be skipped
    return _switch(code, turn)


def _switch(code: str, turn: Turn) -> Reply:
    turn.record(LanguageChosen(code))
    with speaking(code):
        reply = say(_("✅ Oke, mulai sekarang aku pakai <b>{name}</b>."), name=languages()[code].name)
        return with_next_step(reply, turn).button(_("🌐 Ganti lagi"), "choose_language")


def _names(meant: Language) -> list[str]:
    """What the language is called in each of the languages spoken: *Inggris*, *English*."""
    tongue = Locale.parse(meant.locale).language
    called = [Locale.parse(one.locale).languages.get(tongue, "") for one in languages().values()]
    return list(dict.fromkeys(name for name in called if name))


def _pattern(meant: Language) -> str:
    return "|".join(rf"\b{name.casefold()}\b" for name in _names(meant))
