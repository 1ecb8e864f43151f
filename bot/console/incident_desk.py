"""Incident desk: what the console reads of incidents and does about them, as the group's commands decide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console.access import Right
from bot.console.open_page import OpenPage
from bot.helpdesk.console_acts import plain_told
from bot.helpdesk.incident_commands import begun, incident_name
from bot.helpdesk.incident_jobs import jumping
from bot.helpdesk.incident_news import News, agree, drop, refused_news, tell_all
from bot.helpdesk.service import Helpdesk
from bot.store.repositories.incidents import Incident
from handlers.helpdesk.refusals import Refusal
from locales import speaking
from programme.redaction.cutter import redact


@dataclass(frozen=True, slots=True)
class Running:
    """An open incident, its name, how many open complaints are tied to it, and who wrote news that wait."""

    incident: Incident
    name: str
    tied: int
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class Jumping:
    """Complaints of one kind that jump right now, and the words that tell of it."""

    about: str
    concerned: str | None
    told: str


@dataclass(frozen=True, slots=True)
class IncidentDesk:
    """Reads and acts for one open page."""

    page: OpenPage
    helpdesk: Helpdesk

    async def running(self) -> tuple[Sequence[Running], Sequence[Jumping]]:
        """Return the open incidents, and what may become one."""
        programme, rules = self.helpdesk.programme, self.helpdesk.room.rules
        async with self.page.looking() as acting:
            tx = acting.tx
            with speaking(self.page.language):
                all_open = await tx.incidents.all_open()
                names = await tx.agents.names({one.proposed_by for one in all_open})
                found = [
                    Running(
                        one,
                        incident_name(one, programme),
                        await tx.incidents.count_tied(one.id),
                        names.get(one.proposed_by or "", ""),
                    )
                    for one in all_open
                ]
                known = {(one.incident.about, one.incident.concerned) for one in found}
                jumps = [
                    Jumping(jump.about, jump.concerned, plain_told(words))
                    for jump, words in await jumping(tx, rules, programme)
                    if (jump.about, jump.concerned) not in known
                ]
        return found, jumps

    async def begin(self, about: str, concerned: str | None) -> tuple[int, int]:
        """Begin an incident, unless there is one of its kind; return its number, and how many are tied to it."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            tx = acting.tx
            if (there := await tx.incidents.current(about, concerned, lock=True)) is not None:
                return there.id, await tx.incidents.count_tied(there.id)
            rules, who = self.helpdesk.room.rules, acting.member.who
            incident, tied = await begun(tx, about, concerned, rules=rules, who=who)
        await self._changed()
        return incident.id, tied

    async def tell(self, seen: Incident, text: str, *, last: bool) -> News | Refusal:
        """Have news brought to everybody it concerns, if nobody told others meanwhile and nothing in it is wrong."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            now = await acting.tx.incidents.get(seen.id, lock=True)
            if now is None or now.closed_at is not None or now.told != seen.told:
                return News.OVERTAKEN
            cut, _secrets = redact(text.strip())
            if (refused := await refused_news(acting.tx, now, cut, self.helpdesk.programme)) is not None:
                return refused
            told = await tell_all(acting.tx, now, cut[:2000], last=last, member=acting.member)
        await self._changed()
        return told

    async def agree(self, seen: Incident) -> News:
        """Let news go out that somebody else wrote, as they were read here."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            now = await acting.tx.incidents.get(seen.id, lock=True)
            told = await agree(acting.tx, now, acting.member, seen.proposed)
        await self._changed()
        return told

    async def drop(self, seen: Incident) -> News:
        """Say no to news that wait, or take back one's own."""
        async with self.page.acting(Right.ACT_ON_TICKET) as acting:
            dropped = await drop(acting.tx, await acting.tx.incidents.get(seen.id, lock=True), acting.member)
        await self._changed()
        return dropped

    async def _changed(self) -> None:
        self.helpdesk.topic_sync.wake()
        await self.page.console.live.tell()
