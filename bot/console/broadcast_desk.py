"""Broadcast desk: what the pages of broadcasts read and do; decided where the chat and the command line decide it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.broadcasts.amending import Amending
from bot.broadcasts.over_whatsapp import whatsapp_outlook
from bot.broadcasts.staff_turns import StaffTurns
from bot.channels.plain import plain
from bot.console.access import Acting, Right
from bot.console.composing import Composing
from bot.console.open_page import OpenPage
from handlers.staff.refused import refused
from locales import _
from programme.model.amendments import Amendment, AmendmentProgress, AmendmentState
from programme.model.broadcast_refusals import BroadcastRefused
from programme.model.broadcasts import Broadcast, BroadcastActed, BroadcastState, Progress
from programme.model.broadcasts import BroadcastAct as Act
from programme.model.messages import Message
from programme.model.whatsapp_outlook import WhatsAppOutlook
from programme.placeholders import sample

ROWS: Final = 20
"""Broadcasts on one page of the list."""

_WHY_AGAIN: Final = timedelta(seconds=15)
"""So often the reasons are counted anew while it goes out, for which all rows are looked at."""

V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the list, newest first, with the names of who ordered them."""

    now: datetime
    found: Sequence[tuple[Broadcast, Progress]]
    further: int | None
    names: Mapping[str, str] = field(default_factory=dict)
    corrects: bool = False

    @property
    def goes_out(self) -> bool:
        """Whether there is anything to stop."""
        return self.corrects or any(
            one.state in {BroadcastState.RUNNING, BroadcastState.SCHEDULED} for one, _progress in self.found
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One broadcast, and how far it is."""

    now: datetime
    broadcast: Broadcast
    progress: Progress
    why_at: datetime
    whatsapp: WhatsAppOutlook | None
    names: Mapping[str, str]
    amendments: Sequence[tuple[Amendment, AmendmentProgress]] = ()
    seen: Message = field(default_factory=lambda: Message(""))


def _settled(
    amendment: Amendment, state: AmendmentState | None, progress: AmendmentProgress | None
) -> AmendmentProgress | None:
    """Return what was known of an amendment whose people are all known since then."""
    return progress if state is amendment.state is AmendmentState.COLLECTED else None


class Impossible(Exception):
    """Something can't be done; the sentence says why, in the member's language."""


@dataclass(frozen=True, slots=True)
class BroadcastDesk:
    """Reads and acts for one open page; each time, its session is asked again."""

    page: OpenPage

    @property
    def staff(self) -> StaffTurns:
        """Where broadcasts are ordered and changed."""
        return self.page.console.parts.staff

    async def listed(self, before: int | None = None) -> Listed:
        """Read a page of the list."""
        async with self.page.looking() as acting:
            tx = acting.tx
            found = await tx.broadcasts.recent(ROWS + 1, before)
            shown = found[:ROWS]
            return Listed(
                now=tx.now,
                found=[(each, await tx.broadcasts.progress(each.id)) for each in shown],
                further=shown[-1].id if len(found) > ROWS else None,
                names=await tx.agents.names({each.author for each in shown}),
                corrects=bool(await tx.amendments.correcting()),
            )

    async def look(self, number: int, before: Looked | None = None) -> Looked | None:
        """Read one broadcast; None where there is none of this number.

        What goes through all its rows is taken from `before`, a look of some seconds ago, as long as it goes out.
        """
        async with self.page.looking() as acting:
            tx = acting.tx
            found = await tx.broadcasts.get(number)
            if found is None:
                return None
            amended = await tx.amendments.of(number)
            known = {each.id: (each.state, progress) for each, progress in before.amendments} if before else {}
            fresh = before is None or found.state is not BroadcastState.RUNNING or tx.now - before.why_at > _WHY_AGAIN
            progress = await (tx.broadcasts.told_why if fresh else tx.broadcasts.progress)(number)
            if before is not None and not fresh:
                progress = replace(progress, reasons=before.progress.reasons, receipts=before.progress.receipts)
            looked = Looked(
                now=tx.now,
                broadcast=found,
                progress=progress,
                why_at=tx.now if before is None or fresh else before.why_at,
                whatsapp=await whatsapp_outlook(tx, found.over_whatsapp, self.staff.office.rules),
                names=await tx.agents.names({found.author, found.approver or "", *(each.author for each in amended)}),
                amendments=[
                    (each, await tx.amendments.progress(each, _settled(each, *known.get(each.id, (None, None)))))
                    for each in amended
                ],
            )
        same = before is not None and before.broadcast.messages == found.messages
        return replace(looked, seen=before.seen if before and same else await self._seen(looked))

    async def _seen(self, looked: Looked) -> Message:
        """Return what it says with the data of somebody of its audience, under the name of whoever looks."""
        audience, message = looked.broadcast.audience, looked.broadcast.messages["id"]
        office, name = self.staff.office, self.page.session.member.name
        person = await office.example(replace(audience, new_to=None), name)
        return message if person is None else sample(message, person, office.programme, looked.now)

    async def act(self, number: int, act: Act) -> Broadcast:
        """Do something with a broadcast where its state still allows it. Raises Impossible."""

        async def do(acting: Acting) -> Broadcast:
            return await self.staff.obey(acting.tx, BroadcastActed(number, act), acting.member, "console")

        return await self.done(do, f"broadcast.{act.value}", f"broadcast/{number}")

    async def stop_all(self) -> Sequence[Broadcast]:
        """Pause everything that goes out or is about to. Raises Impossible."""

        async def do(acting: Acting) -> Sequence[Broadcast]:
            return await self.staff.stop_all(acting.tx, acting.member)

        return await self.done(do, "broadcast.stop_all", "broadcast")

    async def withdraw(self, number: int) -> Amendment:
        """Stop a broadcast for good and take it back where it went out; twice is once. Raises Impossible."""

        async def do(acting: Acting) -> Amendment:
            return await self._amending.withdraw(acting.tx, number, acting.member, f"console/{number}/withdraw")

        return await self.done(do, "broadcast.withdraw", f"broadcast/{number}")

    async def edit(self, found: Broadcast, text: str, english: str, seen: int) -> Amendment:
        """Have a broadcast say something else, where it went out and from now on. Raises Impossible.

        `seen` is how many amendments of it were shown: the same press twice is one.
        """
        words = Composing(text=text, english=english, waves=found.audience.waves)
        if not words.is_written:
            raise Impossible(_("Tulis dulu isinya."))
        if wrong := words.wrong(self.page.console.parts.programme):
            raise Impossible(wrong[0])
        before = found.messages["id"].keys
        messages = {language: replace(each, keys=before) for language, each in words.messages().items()}

        async def do(acting: Acting) -> Amendment:
            origin = f"console/{found.id}/edit/{seen}"
            return await self._amending.edit(acting.tx, found.id, messages, acting.member, origin)

        return await self.done(do, "broadcast.edit", f"broadcast/{found.id}")

    async def approve_edit(self, broadcast: int, amendment: int) -> Amendment:
        """Let a correction begin that somebody else wrote. Raises Impossible."""

        async def do(acting: Acting) -> Amendment:
            return await self._amending.approve(acting.tx, amendment, acting.member)

        return await self.done(do, "broadcast.edit.approve", f"broadcast/{broadcast}")

    async def stop_edit(self, broadcast: int, amendment: int) -> Amendment:
        """Call off a correction. Raises Impossible."""

        async def do(acting: Acting) -> Amendment:
            return await self._amending.stop(acting.tx, amendment, acting.member)

        return await self.done(do, "broadcast.edit.stop", f"broadcast/{broadcast}")

    @property
    def _amending(self) -> Amending:
        return Amending(self.staff.office)

    async def done(self, do: Callable[[Acting], Awaitable[V]], act: str, subject: str) -> V:
        """Do something in a transaction, and have open pages look; what is refused is recorded. Raises Impossible."""
        try:
            async with self.page.acting(Right.BROADCAST) as acting:
                came = await do(acting)
        except BroadcastRefused as refusal:
            async with self.page.acting(Right.BROADCAST) as acting:
                await acting.tx.staff.record(acting.member.who, f"{act}.refused", subject, why=type(refusal).__name__)
            raise Impossible(plain(refused(refusal).messages[0].text)) from refusal
        await self.page.console.live.tell()
        return came
