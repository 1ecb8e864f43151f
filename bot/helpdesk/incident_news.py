"""News of an incident: one answer to all whom it concerns; for more than a sample of people it takes two."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from bot.helpdesk.asking_staff import ask_in_chats, others_of
from bot.helpdesk.filling import PLACES_OF_NEWS, refused_words
from bot.store import UnitOfWork
from bot.store.repositories.incidents import Incident
from handlers.helpdesk.refusals import Refusal
from locales import _, fill
from programme.model.second_person import ALONE
from programme.model.staff import Role, StaffMember
from programme.programme import Programme
from programme.typed_facts import typed_in_news

MAY_AGREE: Final = Role.SUPERVISOR


class News(Enum):
    """What became of it."""

    TOLD = auto()
    WAITS = auto()
    DROPPED = auto()
    OVERTAKEN = auto()
    """Nothing waits any more, or other words do than were read."""
    OWN = auto()
    """Somebody else has to agree."""
    NOT_ALLOWED = auto()


async def refused_news(tx: UnitOfWork, incident: Incident, text: str, programme: Programme) -> Refusal | None:
    """Say what of an update can't go out, as it would be wrong for somebody; None where nothing is."""
    typed = typed_in_news(text, programme, await tx.incidents.waves(incident.id))
    return refused_words(text, typed, PLACES_OF_NEWS)


async def tell_all(tx: UnitOfWork, incident: Incident, text: str, *, last: bool, member: StaffMember) -> News:
    """Have an update brought to all whom a locked incident concerns; the last one ends it, and closes their tickets.

    Where they are more than a sample, it waits for a second person.
    """
    people = await tx.incidents.count_tied(incident.id)
    if people > ALONE:
        await tx.incidents.propose(incident.id, text, last=last, who=member.who)
        await tx.staff.record(member.who, "incident.propose", f"incident/{incident.id}", people=people)
        await _ask(tx, incident, text, people, member)
        return News.WAITS
    await _tell(tx, incident, text, last=last, who=member.who)
    return News.TOLD


async def agree(tx: UnitOfWork, incident: Incident | None, member: StaffMember, read: str | None = None) -> News:
    """Let what waits on a locked incident go out, if it still says what was `read`; None where that was not told."""
    if not member.role.covers(MAY_AGREE):
        return News.NOT_ALLOWED
    if incident is None or incident.closed_at is not None or incident.proposed is None:
        return News.OVERTAKEN
    if read is not None and read != incident.proposed:
        return News.OVERTAKEN
    if incident.proposed_by == member.who:
        return News.OWN
    await tx.staff.record(member.who, "incident.agree", f"incident/{incident.id}")
    await _tell(tx, incident, incident.proposed, last=bool(incident.proposed_last), who=member.who)
    return News.TOLD


async def drop(tx: UnitOfWork, incident: Incident | None, member: StaffMember) -> News:
    """Say no to what waits on a locked incident; who proposed it may always take it back."""
    if incident is None or incident.proposed is None:
        return News.OVERTAKEN
    if incident.proposed_by != member.who and not member.role.covers(MAY_AGREE):
        return News.NOT_ALLOWED
    await tx.incidents.drop_proposed(incident.id)
    await tx.staff.record(member.who, "incident.drop", f"incident/{incident.id}")
    return News.DROPPED


async def _tell(tx: UnitOfWork, incident: Incident, text: str, *, last: bool, who: str) -> None:
    await tx.incidents.tell(incident.id, text, tx.now if last else None)
    await tx.staff.record(who, "incident.close" if last else "incident.news", f"incident/{incident.id}")


async def _ask(tx: UnitOfWork, incident: Incident, text: str, people: int, member: StaffMember) -> None:
    def words() -> str:
        asked = _(
            "📢 {name} menulis kabar insiden {number} untuk {count} peserta, dan butuh persetujuanmu:\n\n{text}\n\n"
            "Setujui di konsol, halaman <b>Aduan</b>, atau di grup: /setujui {number}"
        )
        return fill(asked, name=member.name, number=incident.id, count=people, text=text)

    source = f"incident/{incident.id}/approval/{tx.now:%Y%m%d%H%M%S%f}"
    await ask_in_chats(tx, source, await others_of(tx, member, MAY_AGREE), words)
