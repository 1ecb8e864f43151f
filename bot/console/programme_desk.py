"""Programme desk: what the programme's page reads and does; decided by the editing service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from bot.console.access import Acting, Right
from bot.console.open_page import OpenPage
from bot.editing import service
from bot.editing.in_force import edits_in_force
from bot.editing.outlook import Impact, Outlook, impacts_of, outlook_of
from bot.editing.refusals import EditRefused
from bot.editing.service import Wish
from bot.editing.tables import Rows, rows_of
from bot.store import UnitOfWork
from programme.edits import Edit, EditState, Place, ProposedEdit
from programme.loading import DataError
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.policy_sheet import POLICY, PolicyError

MOST_OPEN: Final = 20
ROWS: Final = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A proposal as it stands.

    `outlook` is what it would change; `planned` says whether everybody is planned by what it changed.
    Where an approved one no longer holds, `followed_by` is the edit that took its place, and None where the file or the
    group changed since.
    """

    now: datetime
    found: ProposedEdit
    names: Mapping[str, str]
    overtaken: bool = False
    outlook: Outlook = field(default_factory=Outlook)
    planned: bool = True
    holds: bool = True
    followed_by: int | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeDesk:
    """Reads and acts for one open page; each time, its session is asked again."""

    page: OpenPage

    async def rows(self, file: str) -> Rows:
        """Read a table's rows as they hold."""
        async with self.page.looking() as acting:
            return await rows_of(acting.tx, file)

    async def open(self) -> tuple[Sequence[ProposedEdit], Mapping[str, str]]:
        """Read what waits for a decision, and who proposed it."""
        async with self.page.looking() as acting:
            found = await acting.tx.programme_edits.open(MOST_OPEN)
            return found, await _names(acting.tx, found)

    async def history(
        self, place: tuple[str, str] = ("", ""), before: int | None = None
    ) -> tuple[Sequence[ProposedEdit], Mapping[str, str]]:
        """Read what was decided, the newest first: everything, or one row's."""
        async with self.page.looking() as acting:
            file, row = place
            found = await acting.tx.programme_edits.decided(ROWS + 1, before=before, file=file, row=row)
            return found, await _names(acting.tx, found)

    async def over(self, place: Place) -> int | None:
        """Return the edit that a field's value stands on."""
        async with self.page.looking() as acting:
            return await acting.tx.programme_edits.over(place)

    async def decision(self, number: int) -> Decision | None:
        """Read a proposal with what it would move; None where there is none of this number."""
        async with self.page.looking() as acting:
            tx = acting.tx
            found = await tx.programme_edits.get(number)
            if found is None:
                return None
            read = Decision(now=tx.now, found=found, names=await _names(tx, [found]))
            if found.state is EditState.APPROVED:
                return await self._approved(tx, read)
            if found.state is not EditState.PROPOSED:
                return read
            try:
                overtaken = await service.is_overtaken(tx, found)
                outlook = Outlook() if overtaken else await outlook_of(tx, found.edit)
            except (EditRefused, DataError, PolicyError):
                return replace(read, overtaken=True)
        return replace(read, overtaken=overtaken, outlook=outlook)

    async def preview(self, wish: Wish) -> tuple[Edit, Outlook]:
        """Return what a wish comes to, and what it would change; nothing is kept. Raises EditRefused."""
        async with self.page.console.access.looking(
            self.page.session.id, Right.EDIT_PROGRAMME, self.page.path
        ) as acting:
            edit = await service.check(acting.tx, wish, acting.member)
            return edit, await outlook_of(acting.tx, edit)

    async def impacts(self, outlook: Outlook) -> Sequence[Impact]:
        """Count whom it touches."""
        parts = self.page.console.parts
        return await impacts_of(parts.store, outlook, parts.programme, parts.policy, parts.rates)

    async def propose(self, wish: Wish) -> int:
        """Keep a proposal. Raises EditRefused."""
        return await self._act("propose", str(wish.place), lambda on: service.propose(on.tx, wish, on.member))

    async def approve(self, number: int) -> None:
        """Put a proposal in force, here at once and elsewhere within seconds. Raises EditRefused."""
        await self._do("approve", f"edit/{number}", lambda on: service.approve(on.tx, number, on.member))
        await self.page.console.parts.follow()
        await self.page.console.live.tell()

    async def reject(self, number: int, reason: str) -> None:
        """Say no to a proposal. Raises EditRefused."""
        await self._act("reject", f"edit/{number}", lambda on: service.reject(on.tx, number, on.member, reason))

    async def withdraw(self, number: int) -> None:
        """Take a proposal back. Raises EditRefused."""
        await self._act("withdraw", f"edit/{number}", lambda on: service.withdraw(on.tx, number, on.member))

    async def _act(self, act: str, subject: str, do: Callable[[Acting], Awaitable[T]]) -> T:
        done = await self._do(act, subject, do)
        await self.page.console.live.tell()
        return done

    async def _do(self, act: str, subject: str, do: Callable[[Acting], Awaitable[T]]) -> T:
        """Do something in a transaction of its own; where it is refused, nothing of it stays but that it was."""
        try:
            async with self.page.acting(Right.EDIT_PROGRAMME) as acting:
                return await do(acting)
        except EditRefused as refused:
            async with self.page.acting(Right.EDIT_PROGRAMME) as acting:
                why = refused.why.name.lower()
                await acting.tx.staff.record(acting.member.who, f"programme.{act}.refused", subject, why=why)
            raise

    async def _approved(self, tx: UnitOfWork, read: Decision) -> Decision:
        found = read.found
        latest = await tx.programme_edits.over(found.place)
        try:
            text = (await service.current(tx, found.place, await edits_in_force(tx))).text
        except EditRefused:  # its row has gone
            text = None
        return replace(
            read,
            planned=await _is_planned(tx, found.place),
            holds=latest == found.id and text == found.edit.value,
            followed_by=latest if latest != found.id else None,
        )


async def _is_planned(tx: UnitOfWork, place: Place) -> bool:
    """Whether everybody is planned by the cutoff of this place's wave, or by the policy, as it is in force."""
    if place.file == POLICY:
        in_force = load_policy(edits=await edits_in_force(tx)).fingerprint
        return await tx.planned_policy.known() in {None, (in_force, None)}
    if place.file != "waves.tsv" or not place.row.isdecimal():
        return True
    cutoff = load_programme(edits=await edits_in_force(tx)).cutoff(int(place.row))
    return cutoff is None or (await tx.cutoffs.known()).get(int(place.row)) == cutoff.at


async def edits_version(tx: UnitOfWork) -> tuple[object, ...]:
    """Tell proposals, decisions and what everybody is planned by of one moment from those of another."""
    return await tx.programme_edits.pulse(), await tx.cutoffs.known(), await tx.planned_policy.known()


async def _names(tx: UnitOfWork, edits: Sequence[ProposedEdit]) -> Mapping[str, str]:
    return await tx.agents.names({who for each in edits for who in (each.proposed_by, each.decided_by)})
