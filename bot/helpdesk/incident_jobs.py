"""Jobs about incidents: noticing that complaints jump, and bringing one update to everybody it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from operator import attrgetter

from bot.helpdesk.filling import Filling
from bot.helpdesk.keys import keys_to
from bot.helpdesk.ticket_lock import TicketLock, owe
from bot.store import Store, UnitOfWork
from bot.store.isolation import Apart
from bot.store.repositories.incidents import Incident, Jump
from bot.store.repositories.ticket_entries import FACE
from handlers.helpdesk.alarms import jumped
from handlers.helpdesk.orders import act_button
from handlers.helpdesk.words import news
from locales import speaking
from programme.helpdesk import HelpdeskRules
from programme.model.deliveries import Claimed
from programme.model.spheres import Sphere
from programme.model.tickets import Ticket, TicketState
from programme.programme import Programme


async def jumping(tx: UnitOfWork, rules: HelpdeskRules, programme: Programme) -> list[tuple[Jump, str]]:
    """Return what jumps right now, with the words that tell of it, HTML."""
    rule = rules.incidents
    found = []
    for jump in await tx.incidents.counted(tx.now - rule.window, tx.now - timedelta(days=rule.usual_days)):
        counts = {"lately": jump.lately, "before": jump.before}
        words = jumped(jump.about, jump.concerned, rules=rules, programme=programme, **counts)
        if words is not None:
            found.append((jump, words))
    return found


@dataclass(frozen=True, slots=True)
class IncidentJobs:
    """Each round can be repeated without harm."""

    store: Store
    programme: Programme
    rules: HelpdeskRules
    rooms: tuple[str, ...]
    changing: TicketLock

    async def watch(self) -> int:
        """Tell the staff's group, where there is one, where complaints of one kind about one platform jump."""
        rule, count = self.rules.incidents, 0
        if not self.rooms:
            return count  # the console shows them as long as they last
        async with self.store.reading() as tx:
            jumps = await jumping(tx, self.rules, self.programme)
        for jump, words in jumps:
            async with self.store.writing() as tx:
                if await tx.incidents.current(jump.about, jump.concerned) is not None:
                    continue
                target = f"{jump.about}:{jump.concerned or ''}"
                button = ((act_button("🔥 Jadikan insiden", "insiden", target=target),),)
                stretch = int(tx.now.timestamp() // rule.window.total_seconds())
                told = await tx.views.notify(f"jump/{target}/{stretch}", self.rooms[0], words, keys_to(button))
                count += told
        return count

    async def spread_news(self) -> int:
        """Bring an incident's latest update to everybody it concerns; the last one closes their tickets."""
        async with self.store.reading() as tx:
            open_news = await tx.incidents.unspread()
        apart = Apart(self.store, Sphere.INCIDENT)
        return await apart.each(open_news, self._spread, attrgetter("id"))

    async def _spread(self, incident: Incident) -> int:
        async with self.store.reading() as tx:
            tied = await tx.incidents.tied(incident.id)
        pass_on = partial(self.changing.change, change=partial(self._pass_on, incident))
        count = await Apart(self.store, Sphere.TICKET).each([ticket.id for ticket in tied], pass_on)
        async with self.store.writing() as tx:
            await tx.incidents.spread(incident)
        return count

    async def _pass_on(self, incident: Incident, tx: UnitOfWork, ticket: Ticket) -> Sequence[Claimed] | None:
        """What the person wrote meanwhile keeps the ticket open: nothing unread is closed."""
        person = await tx.people.get(ticket.participant)
        if person is None or not ticket.is_open or ticket.incident != incident.id:
            return None
        last = incident.closed_at is not None and not await tx.ticket_entries.unseen(ticket.id)
        after = replace(ticket, answered_at=ticket.answered_at or tx.now, touched_at=tx.now)
        if last:
            after = replace(after, state=TicketState.CLOSED, closed_at=tx.now, waits_since=None)
        elif incident.closed_at is not None:
            after = replace(after, incident=None)
        told = f"📢 Kabar insiden {incident.id} terkirim." + (" Ditutup." if last else "")
        await tx.tickets.save(after, rank=FACE)  # to thousands at once: what people say goes before
        await tx.ticket_entries.say_to_staff(ticket.id, told, rank=FACE)
        with speaking(person.language):
            text = Filling(self.programme, ticket, None, person, tx.now).filled(incident.news or "")
            words = news(ticket, text, last=last).messages
        return await owe(tx, ticket, f"incident/{incident.id}/{incident.told}", words)
