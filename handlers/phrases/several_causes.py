"""Several causes named in one breath, *NIK beda atau nomornya beda*: each is explained, since each alone is enough."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.failure_words import ASK_PERSON, explained, with_helpers
from handlers.understanding.ruled_out import still_open, without_denied
from locales import Html, _
from programme.failures import Failure, explain_all, explain_exactly
from programme.partners import Partner


def causes_named(text: str, turn: Turn) -> list[Failure]:
    """Return the causes that a text speaks of where there are several of them, and the dashboard is not quoted."""
    if explain_exactly(text, turn.programme) is not None:
        return []
    found = [one for one in explain_all(without_denied(still_open(text)), turn.programme) if one.remedy != ASK_PERSON]
    return found if len(found) > 1 else []


def several_explained(causes: Sequence[Failure], partner: Partner | None, turn: Turn) -> Reply:
    """Say what each of the causes means, and how it is mended."""
    reply = say(_("Masing-masing saja sudah cukup membuat insentif tidak masuk, jadi bereskan satu-satu:"))
    for cause in causes:
        reply = reply.also("{cause}", cause=Html(explained(cause, partner, turn.now).messages[-1].text))
    return with_helpers(reply, causes[0], partner, turn)
