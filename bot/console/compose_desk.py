"""Compose desk: what the composer keeps, counts, tries and orders; decided where every order is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.listing import Listed, make_list
from bot.broadcasts.service import BroadcastService
from bot.broadcasts.trying import author_of, example_for, for_sample, sample_of, send_to_author
from bot.channels.plain import plain
from bot.console.access import Acting, Right
from bot.console.broadcast_desk import BroadcastDesk, Impossible
from bot.console.composing import Composing, composing_from
from bot.console.estimate import estimate
from handlers.staff.refused import refused
from locales import _
from programme.model.broadcast_refusals import BroadcastRefused, check_in_time
from programme.model.broadcasts import Audience, Broadcast, BroadcastOrdered, Draft, Forecast
from programme.model.messages import Message
from programme.placeholders import sample

_COUNTS_FOR: Final = timedelta(seconds=20)
"""For so long a count is shown while somebody writes; counting a million people takes a second."""

_MORE, _PERCENT = 10, 2  # so many more people, or so much, may fit by the time of the press


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What it would come to if it were ordered now. `trouble` says why it can't be; empty where it can."""

    now: datetime
    outlook: Forecast
    starts_at: datetime
    trouble: str
    seen: Message | None

    @property
    def ends_at(self) -> datetime:
        """When the last would have it."""
        return self.starts_at + self.outlook.lasts


@dataclass(frozen=True, slots=True)
class ComposeDesk:
    """Reads and acts for one open composer."""

    desk: BroadcastDesk
    _counted: dict[Audience, tuple[datetime, Forecast]] = field(default_factory=dict)

    @property
    def office(self) -> BroadcastService:
        """Where broadcasts are ordered."""
        return self.desk.staff.office

    async def kept(self) -> Composing | None:
        """Return what the member was composing; None where there is nothing."""
        async with self.desk.page.looking() as acting:
            kept = await acting.tx.broadcast_drafts.of(acting.member.who)
        return composing_from(kept) if kept else None

    async def keep(self, composing: Composing) -> None:
        """Keep what the member is composing."""
        async with self.desk.page.acting(Right.BROADCAST) as acting:
            await acting.tx.broadcast_drafts.keep(acting.member.who, composing.kept())

    async def estimate(self, composing: Composing) -> int | None:
        """Tell about how many it would reach, at once; None where nothing is known that comes near."""
        async with self.desk.page.looking() as acting:
            return await estimate(acting.tx, composing)

    async def prospect(self, composing: Composing) -> Prospect:
        """Count whom it would reach now, and tell what that comes to. Words that can't be sent are left out."""
        async with self.desk.page.looking() as acting:
            now, name = acting.tx.now, acting.member.name
        sound = composing.is_written and not composing.wrong(self.office.programme)
        draft = composing.draft(now) if sound else None
        outlook = await self._outlook(draft.meant(now) if draft else composing.audience, now)
        starts_at = composing.starts_at(now) or now
        seen = None if draft is None else await self._seen(draft, name, now)
        trouble = _trouble(outlook, starts_at, now)
        return Prospect(now=now, outlook=outlook, starts_at=starts_at, trouble=trouble, seen=seen)

    async def _outlook(self, audience: Audience, now: datetime) -> Forecast:
        """Count an audience, at most so often: with each word that is typed it would be another one.

        Whether somebody has the words already matters only where they were ever said. What is ordered is counted anew.
        """
        if audience.new_to is not None:
            async with self.desk.page.looking() as acting:
                said = await acting.tx.broadcasts.was_said(audience.new_to)
            audience = audience if said else replace(audience, new_to=None)
        at, known = self._counted.get(audience, (None, None))
        if known is None or at is None or not timedelta() <= now - at < _COUNTS_FOR:
            known = await self.office.outlook(audience)
            self._counted.clear()
            self._counted[audience] = now, known
        return known

    async def _seen(self, draft: Draft, name: str, now: datetime) -> Message:
        person = await example_for(self.office, draft, name)
        message = draft.messages["id"]
        return message if person is None else sample(message, person, self.office.programme, now)

    async def order(self, composing: Composing, shown: int) -> Broadcast:
        """Order it for as many as were shown; the same one twice is ordered once. Raises Impossible."""
        draft = await self._draft(composing)
        outlook = await self.office.outlook(draft.meant(self.office.store.clock.now()))
        if outlook.count > shown + max(_MORE, shown * _PERCENT // 100):
            raise Impossible(_("Penerimanya bertambah sejak kamu lihat. Periksa lagi jumlahnya."))
        return await self._ordered(draft, outlook, f"console/{composing.key}")

    async def order_sample(self, composing: Composing, most: int) -> Broadcast:
        """Order it for a few of those meant, at once. Raises Impossible."""
        draft = await self._draft(composing)
        try:
            people = await sample_of(self.office, draft, most)
        except BroadcastRefused as refusal:
            raise _in_words(refusal) from refusal

        async def keep(acting: Acting) -> Draft:
            return await for_sample(acting.tx, draft, people, acting.member.who)

        small = await self.desk.done(keep, "broadcast.sample", "broadcast")
        outlook = await self.office.outlook(small.meant(self.office.store.clock.now()))
        return await self._ordered(small, outlook, f"console/{composing.key}/sample/{len(people)}/{people[0]}")

    async def _ordered(self, draft: Draft, outlook: Forecast, origin: str) -> Broadcast:
        async def do(acting: Acting) -> Broadcast:
            wanted = BroadcastOrdered(draft, outlook)
            found = await self.desk.staff.obey(acting.tx, wanted, acting.member, origin)
            if "/sample/" not in origin:
                await acting.tx.broadcast_drafts.drop(acting.member.who)
            return found

        return await self.desk.done(do, "order", "broadcast")

    async def send_to_me(self, composing: Composing) -> None:
        """Send it to the member alone. Raises Impossible."""
        draft = await self._draft(composing)
        example = await example_for(self.office, draft, self.desk.page.session.member.name)

        async def do(acting: Acting) -> None:
            author = await author_of(acting.tx, acting.member)
            await send_to_author(acting.tx, self.office, draft, author, example)

        await self.desk.done(do, "broadcast.preview", "broadcast")

    async def make_list(self, lines: Sequence[str]) -> Listed:
        """Keep whom these lines name. Raises Impossible."""

        async def do(acting: Acting) -> Listed:
            return await make_list(acting.tx, lines, self.desk.page.console.parts.numbers, acting.member.who)

        try:
            return await self.desk.done(do, "broadcast.list", "broadcast")
        except ValueError as error:
            raise Impossible(_("Daftarnya terlalu panjang: paling banyak 100.000 baris.")) from error

    async def _draft(self, composing: Composing) -> Draft:
        if not composing.is_written:
            raise Impossible(_("Tulis dulu isinya."))
        if wrong := composing.wrong(self.office.programme):
            raise Impossible(wrong[0])
        return composing.draft(self.office.store.clock.now())


def _trouble(outlook: Forecast, starts_at: datetime, now: datetime) -> str:
    try:
        check_in_time(outlook, starts_at, outlook.not_after, now)
    except BroadcastRefused as refusal:
        return str(_in_words(refusal))
    return ""


def _in_words(refusal: BroadcastRefused) -> Impossible:
    return Impossible(plain(refused(refusal).messages[0].text))
