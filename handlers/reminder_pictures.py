"""*Jangan kirim gambar, boros kuota*: reminders as text only, until pictures are wanted again. The reminders stay."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.listening import Beside, Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import REMINDER_QUESTIONS
from handlers.phrases.reminders_set import next_reminder
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.moments import read_moment
from handlers.understanding.phrases import says
from locales import _, fill
from programme.model.events import PicturesWished
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel

NAME: Final = "reminder_pictures"
_CLAUSE: Final = re.compile(r"(?<=[.,;!\n])\s+|\s+(?=(?:tapi|tp|tpi|trus|terus|but|cuma|cuman)\b)", re.IGNORECASE)


def wishes_of_pictures(spoken: Spoken) -> Beside | None:
    """Hear whoever wants no pictures, or wants them again, and what else the message says."""
    if spoken.incoming.forwarded:
        return None
    parts = _CLAUSE.split(spoken.text)
    of_pictures = [part for part in parts if _wanted(part, spoken) is not None]
    if not of_pictures:
        return None
    wanted = _wanted(of_pictures[-1], spoken)
    rest = [part for part in parts if part not in of_pictures and not _goes_without_saying(part)]
    said = "" if all(_only_keeps(part, spoken) for part in rest) else " ".join(rest).strip(" ,.;")
    return Beside(Open(NAME, {"wanted": "1" if wanted else "0"}), said)


def _goes_without_saying(part: str) -> bool:
    """Whether words only say why, *kuota tinggal 200mb*, or no to something else: *jangan, ingatkan beta*."""
    return says("why no pictures", part) or yes_or_no(part.strip(" ,.;!")) == "no"


def _only_keeps(part: str, spoken: Spoken) -> bool:
    """Whether words only say that the reminders are wanted, which is so."""
    return says("to be reminded", part) and read_moment(part, spoken.local_time) is None


def _wanted(part: str, spoken: Spoken) -> bool | None:
    """Tell whether words want pictures; None where they say nothing of them."""
    if says("another picture", part):
        return None
    if says("no pictures", part):
        return None if "?" in part else False
    return True if not spoken.participant.reminders.pictures and says("pictures again", part) else None


@conversation(NAME, commands=("gambar",), traits=Traits(beside_all=wishes_of_pictures, follow_ups=REMINDER_QUESTIONS))
async def reminder_pictures(turn: Turn) -> Reply:
    """Keep whether reminders come with pictures, and say that they come all the same."""
    wanted = turn.told("wanted") != "0"
    turn.record(PicturesWished(wanted))
    words = (
        _("🖼 Siap, pengingatmu memakai gambar lagi.")
        if wanted
        else _("👌 Siap, mulai sekarang pengingatmu <b>tulisan saja</b>, tanpa gambar.")
    )
    reply = say(words).also("{stays}", stays=_stays(turn))
    if wanted:
        return reply.button(_("📋 Menu"), "help")
    return reply.button(_("🖼 Gambar lagi"), NAME, wanted="1")


def _stays(turn: Turn) -> str:
    if turn.participant.reminders.level is ReminderLevel.NONE:
        return _("Pengingatmu sendiri sedang mati.")
    if turn.participant.wave is None and not turn.participant.has(Milestone.BOUGHT):
        return _("Pengingat tetap jalan.")
    return fill(_("Pengingat tetap jalan. {next}"), next=next_reminder(turn))
