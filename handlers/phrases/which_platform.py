"""Which platform is meant: as just said, or as answered when asked."""

from __future__ import annotations

from handlers.dialogue.question import Option
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.several_contacts import said_ids
from handlers.understanding import find_entities
from locales import _
from programme.model.milestones import Milestone
from programme.platforms import Platform


async def which_platform(turn: Turn, words: str | Reply, *, skip: str | None = None) -> str | None:
    """Return a platform's id; None where the person skips or bought elsewhere."""
    platforms = [one for one in turn.programme.platforms.values() if one.sells_in(turn.today.year)]
    options = [Option(one.id, one.name, one.aliases) for one in platforms]
    return await turn.choose(
        "platform",
        words,
        options,
        skip=skip or _("Lainnya / lewati"),
        columns=2,
        read=lambda text: _read(turn, text),
    )


def own_platform(turn: Turn) -> Platform | None:
    """Return the platform that was named just now, by whatever name, else the one where the person bought."""
    step = turn.participant.progress.get(Milestone.BOUGHT)
    known = turn.told("platform") or (step.platform if step else None)
    return turn.programme.platform(known) if known else None


def named_platforms(turn: Turn) -> list[Platform]:
    """Return the platforms that the opening words name, three at most."""
    return [platform for one in said_ids("platform", turn) if (platform := turn.programme.platform(one)) is not None]


def _read(turn: Turn, text: str) -> str | None:
    if text in turn.programme.platforms:
        return text
    found = [entity.value for entity in find_entities(text, today=turn.today, kinds=("platform",))]
    return found[0] if found and found[0] in turn.programme.platforms else None
