"""The language that Sobat speaks with the person."""

from __future__ import annotations

from babel import Locale

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import typed
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import names, says
from locales import N_, Language, _, languages, speaking
from programme.model.events import LanguageChosen
from programme.model.messages import Open


def wants_another(spoken: Spoken) -> Recognised | None:
    """Hear *ganti ke bahasa Inggris dong*, which is no class to be exchanged."""
    wanted = says("another language wanted", spoken.text)
    return Recognised(Open("language"), "language", spoken.understood.confidence) if wanted else None


@conversation(
    "language",
    about=N_("Ganti bahasa / Language"),
    commands=("bahasa", "language"),
    traits=Traits(beside=True, listens={Stage.WISH: wants_another}),
)
async def language(turn: Turn) -> Reply | Open:
    """Switch to the one language that was named, else ask for it."""
    named = [one.code for one in languages().values() if names(typed(turn), *_names(one))]
    if len(named) != 1 or says("a language that is not wanted", typed(turn)):
        return Open("choose_language")
    return _switch(named[0], turn)


@conversation("choose_language", traits=Traits(beside=True))
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
