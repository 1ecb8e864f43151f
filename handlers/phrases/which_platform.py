"""Which platform is meant: as just said, or as answered when asked."""

from __future__ import annotations

from handlers.dialogue.question import Option
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches, typed
from handlers.phrases.several_contacts import said_ids
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding import find_entities
from locales import _, fill
from programme.model.milestones import Milestone
from programme.platforms import Platform


async def which_platform(
    turn: Turn, words: str | Reply, *, skip: str | None = None, likely: Platform | None = None
) -> str | None:
    """Return a platform's id; None where the person skips or bought elsewhere. A `likely` one takes only *ya*."""
    platforms = turn.programme.sellers(turn.today.year)
    options = [Option(one.id, one.name, one.aliases) for one in platforms if one is not likely]
    if likely is not None:
        yes = Option(
            likely.id, fill(_("✅ Ya, {platform}"), platform=likely.name), (likely.name, *likely.aliases, _("ya"))
        )
        options = [yes, *options]
    return await turn.choose(
        "platform",
        words,
        options,
        skip=skip or _("Lainnya / lewati"),
        columns=2,
        read=lambda text: _read(turn, text) or _confirmed(likely, text),
    )


def own_platform(turn: Turn) -> Platform | None:
    """Return the platform that was named just now, else the one where the person bought, else that of the talk."""
    step = turn.participant.progress.get(Milestone.BOUGHT)
    known = turn.told("platform") or (step.platform if step else None) or turn.talk.get("platform")
    return turn.programme.platform(known) if known else None


def platform_in_talk(turn: Turn, kind: str = "platform") -> Platform | None:
    """Return the platform that was spoken of, where trainings are sold now."""
    platform = turn.programme.platform(turn.talk.get(kind, ""))
    return platform if platform is not None and platform.sells_in(turn.today.year) else None


def at_a_checkout(turn: Turn) -> bool:
    """Whether what was typed is of paying, and of no account: buying or a platform is spoken of, and nothing bought."""
    if turn.participant.has(Milestone.BOUGHT) or not typed(turn) or matches(turn, "about the account"):
        return False
    return matches(turn, "about buying") or turn.told("platform") is not None or platform_in_talk(turn) is not None


def named_platforms(turn: Turn) -> list[Platform]:
    """Return the platforms that the opening words name, three at most."""
    return [platform for one in said_ids("platform", turn) if (platform := turn.programme.platform(one)) is not None]


def _confirmed(likely: Platform | None, text: str) -> str | None:
    return likely.id if likely is not None and yes_or_no(text) == "yes" else None


def _read(turn: Turn, text: str) -> str | None:
    if text in turn.programme.platforms:
        return text
    found = [entity.value for entity in find_entities(text, today=turn.today, kinds=("platform",))]
    return found[0] if found and found[0] in turn.programme.platforms else None
