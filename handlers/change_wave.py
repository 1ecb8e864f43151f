"""The wave that is kept of the person was another: the one that they press or plainly correct is believed."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.own_wave import believed, words_for_which
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_wave import ask_own_wave
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from locales import _, fill
from programme.model.events import WaveTold
from programme.model.messages import Button, Open

_CHANGE: Final = "change_wave"
_KEPT: Final = "wave_is_kept"
_FEW: Final = 10  # words


def expects(spoken: Spoken) -> Open | None:
    """Hear what a text says of the wave that was told: *kan tadi saya bilang 21*, *iya* to which of two it is."""
    return says_so_again(spoken) or confirms_wave(spoken)


def says_so_again(spoken: Spoken) -> Open | None:
    """Hear *kan tadi saya bilang gelombang 21*, and nothing else: it is kept, and that is said."""
    if not says("said before", spoken.text):
        return None
    said = spoken.own_wave
    brief = len(spoken.text.split()) <= _FEW and "?" not in spoken.text
    kept = believed(spoken) or WaveTold(spoken.participant.wave or 0)
    if brief and said is None and _is_the_known_number(spoken):
        return Open(_KEPT, {"wave": str(spoken.participant.wave)})
    if said is None or not brief or said.number != kept.wave:
        return None
    return Open(_KEPT, {"wave": str(said.number)})


def _is_the_known_number(spoken: Spoken) -> bool:
    """Whether a bare number, said before, is the known wave: *kan tadi sdh sy bilang 21*; no hour, then."""
    timed = says("an hour of the clock", spoken.text) or says("a day", spoken.text)
    number = [token.raw for token in spelt(spoken.text) if token.is_number]
    return not timed and number == [str(spoken.participant.wave)]


def confirms_wave(spoken: Spoken) -> Open | None:
    """Hear *iya* where it was asked which of two waves is the person's: the one that was asked for first."""
    keys = [key.action for key in spoken.offered if isinstance(key, Button)]
    offered = [
        one for one in keys if isinstance(one, Open) and "own_wave" in one.answers and one.conversation == _CHANGE
    ]
    if len(offered) != len(("told", "kept")):
        return None
    match yes_or_no(spoken.text):
        case "yes":
            return offered[0]
        case "no":
            return offered[1]
        case _:
            return None


@conversation(_CHANGE, traits=Traits(purpose=Purpose.OWN_WAVE, expects=expects))
async def change_wave(turn: Turn) -> Open:
    """Correct the wave that is kept of the person."""
    number = await ask_own_wave(turn)
    if number is None:
        return Open("deadline", turn.answers)
    turn.record(WaveTold(number))
    return Open("deadline", {**turn.answers, "wave": str(number)})


@conversation("which_of_two")
async def which_of_two(turn: Turn) -> Open:
    """Ask which of two waves is the person's: that of the later cutoff is not believed at a word."""
    number, known = turn.answers["wave"], str(turn.participant.wave)
    options = [
        Option(number, fill(_("✅ Ya, gelombang {wave}"), wave=number)),
        Option(known, fill(_("Tetap {wave}"), wave=known)),
    ]
    asked = say(words_for_which(), known=known, wave=number)
    chosen = await turn.choose("own_wave", asked, options, columns=2, read=lambda text: _which(text, number, known))
    turn.record(WaveTold(int(chosen or known)))
    return Open("deadline")


def _which(text: str, number: str, known: str) -> str | None:
    """Read *iya*, or the number of one of the two."""
    if text in {number, known}:
        return text
    named = {token.raw for token in spelt(text)} & {number, known}
    return named.pop() if len(named) == 1 else {"yes": number, "no": known}.get(yes_or_no(text) or "")


@conversation(_KEPT)
async def wave_is_kept(turn: Turn) -> Reply:
    """Say that a wave is kept that had been told before."""
    number = int(turn.answers["wave"])
    turn.record(WaveTold(number))
    reply = say(_("🙏 Iya, maaf: <b>gelombang {wave}</b> kucatat."), wave=number)
    return with_next_step(with_cutoff(reply, turn), turn)
