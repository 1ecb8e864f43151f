"""Who hears a message: the bot, the person who answers, or both."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.dialogue.universal import Universal, universal_word
from handlers.understanding import Understanding
from handlers.understanding.phrases import says
from programme.model.messages import Incoming, Sort
from programme.model.tickets import HelpdeskView, TicketState

_SAID = frozenset({Sort.TEXT, Sort.PHOTO, Sort.DOCUMENT, Sort.VOICE, Sort.VIDEO, Sort.STICKER, Sort.LOCATION})
_KEPT_BY_THE_BOT = frozenset({"thanks", "greeting", "deadline", "status", "reminder_settings", "language", "privacy"})


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where a message goes. `reopens` says that it takes up a closed ticket again."""

    bot: bool
    desk: bool
    reopens: bool = False


BOT_ONLY = Hearing(bot=True, desk=False)
DESK_ONLY = Hearing(bot=False, desk=True)
BOTH = Hearing(bot=True, desk=True)


def has_open_ticket(view: HelpdeskView | None) -> bool:
    """Whether people of the staff read along."""
    return view is not None and view.ticket is not None and view.ticket.state in {TicketState.WAITING, TicketState.HELD}


def asks_for_ticket(text: str) -> bool:
    """Tell whether somebody wants to know how far their complaint is."""
    return says("how far the complaint is", text)


def hearing(incoming: Incoming, view: HelpdeskView | None, *, in_dialogue: bool, understood: Understanding) -> Hearing:
    """Return who hears `incoming`; `understood` is what its text was understood as.

    While a person answers, the bot hears presses, commands, *menu* and *cek aduan*, and the answers to what
    it asked after one of these.
    """
    ticket = view.ticket if view else None
    if view is None or ticket is None or not _can_be_shown(incoming) or _for_the_bot(incoming.text):
        return BOT_ONLY
    match ticket.state:
        case TicketState.HELD:
            return BOTH if in_dialogue and incoming.sort is Sort.TEXT else DESK_ONLY
        case TicketState.WAITING:
            return BOTH if incoming.sort is Sort.TEXT else DESK_ONLY
        case TicketState.CLOSED if view.can_reopen and not in_dialogue and not _bot_can(incoming, understood):
            return Hearing(bot=False, desk=True, reopens=True)
        case _:
            return BOT_ONLY


def _can_be_shown(incoming: Incoming) -> bool:
    """Whether there is anything of it that people who read along can see."""
    return incoming.sort in _SAID or (incoming.sort is Sort.OTHER and bool(incoming.sight or incoming.text.strip()))


def only_words_shown(incoming: Incoming) -> bool:
    """Tell whether words came with something that nobody can be shown."""
    return incoming.sort is Sort.OTHER and not incoming.sight and bool(incoming.text.strip())


def _for_the_bot(text: str) -> bool:
    return text.strip().startswith("/") or universal_word(text) is Universal.MENU or asks_for_ticket(text)


def _bot_can(incoming: Incoming, understood: Understanding) -> bool:
    """After closing, thanks and plain questions to the bot leave the ticket closed."""
    if incoming.answers is not None:
        return False
    return incoming.sort is Sort.STICKER or (
        incoming.sort is Sort.TEXT and understood.certain and understood.intent in _KEPT_BY_THE_BOT
    )
