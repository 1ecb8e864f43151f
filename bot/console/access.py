"""Access: who may see and do what at the console, decided here and nowhere else; refusals stand in the records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from bot.editing.service import MAY_EDIT
from bot.store import Store, UnitOfWork
from bot.store.repositories.console_doors import ConsoleSession
from programme.model.broadcasts import MAY_BROADCAST
from programme.model.imports import MAY_IMPORT
from programme.model.staff import LINK_LASTS, Role, StaffMember

SESSION_LASTS: Final = timedelta(hours=12)
MOST_REFUSALS: Final = 60
"""How many refusals of an hour are written down one by one: whoever knocks for nothing must not fill the records."""

_STRANGER = "console:stranger"


class Right(Enum):
    """One thing that somebody may be let do."""

    SEE_WAVE = auto()
    SEE_TICKETS = auto()
    ACT_ON_TICKET = auto()
    SEE_FILES = auto()
    SAVE_TRANSCRIPT = auto()
    SAVE_TICKETS = auto()
    SEE_TRAIL = auto()
    SAVE_TRAIL = auto()
    SEE_STUCK = auto()
    IMPORT = auto()
    SEE_BROADCASTS = auto()
    BROADCAST = auto()
    SAVE_RESULTS = auto()
    SEE_PROGRAMME = auto()
    EDIT_PROGRAMME = auto()
    SEE_PEOPLE = auto()
    SHOW_NAME = auto()
    CORRECT_PERSON = auto()
    EXPORT_PERSON = auto()
    DELETE_PERSON = auto()
    SEE_STAFF = auto()
    INVITE_STAFF = auto()
    SET_SHIFT = auto()
    CHANGE_STAFF = auto()
    SEE_MISSES = auto()
    LABEL = auto()
    TRAIN = auto()
    USE_MODEL = auto()


NEEDS: Final[Mapping[Right, Role]] = MappingProxyType({
    Right.SEE_WAVE: Role.AGENT,
    Right.SEE_TICKETS: Role.AGENT,
    Right.ACT_ON_TICKET: Role.AGENT,
    Right.SEE_FILES: Role.AGENT,
    Right.SAVE_TRANSCRIPT: Role.SUPERVISOR,
    Right.SAVE_TICKETS: Role.SUPERVISOR,
    Right.SEE_TRAIL: Role.SUPERVISOR,
    Right.SAVE_TRAIL: Role.ADMIN,
    Right.SEE_STUCK: Role.SUPERVISOR,
    Right.IMPORT: MAY_IMPORT,
    Right.SEE_BROADCASTS: MAY_BROADCAST,
    Right.BROADCAST: MAY_BROADCAST,
    Right.SAVE_RESULTS: MAY_BROADCAST,
    Right.SEE_PROGRAMME: Role.AGENT,
    Right.EDIT_PROGRAMME: MAY_EDIT,
    Right.SEE_PEOPLE: Role.AGENT,
    Right.SHOW_NAME: Role.SUPERVISOR,
    Right.CORRECT_PERSON: Role.SUPERVISOR,
    Right.EXPORT_PERSON: Role.ADMIN,
    Right.DELETE_PERSON: Role.ADMIN,
    Right.SEE_STAFF: Role.SUPERVISOR,
    Right.INVITE_STAFF: Role.SUPERVISOR,
    Right.SET_SHIFT: Role.SUPERVISOR,
    Right.CHANGE_STAFF: Role.ADMIN,
    Right.SEE_MISSES: Role.SUPERVISOR,
    Right.LABEL: Role.SUPERVISOR,
    Right.TRAIN: Role.SUPERVISOR,
    Right.USE_MODEL: Role.SUPERVISOR,
})  # fmt: skip
"""The least role for each; what somebody may do with one ticket, the helpdesk decides by the ticket."""


class Refused(Exception):
    """Somebody may not do this."""


class NotSignedIn(Refused):
    """There is no session, or it is over: it ran out, was ended, or the member has left."""


class NotAllowed(Refused):
    """The role doesn't reach so far. Holds the least that would."""

    def __init__(self, needed: Role) -> None:
        super().__init__(needed.value)
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Acting:
    """A transaction in which a member of the staff was let in, as they are at this moment."""

    tx: UnitOfWork
    member: StaffMember


@dataclass(slots=True, eq=False)
class Access:
    """Lets the staff in, and asks again at each look and each act."""

    store: Store
    _refusals: dict[str, int] = field(default_factory=dict)

    async def enter(self, code: str) -> str | None:
        """Use a link up; return the token of the session, None where it opens nothing (used, run out, made up)."""
        async with self.store.writing() as tx:
            entered = await tx.doors.enter(code, SESSION_LASTS)
            if entered is not None:
                token, member = entered
                await tx.staff.record(member.who, "console.enter", member.who)
                return token
            whose = await tx.doors.linked(code)
        await self._refuse(whose, "masuk", "link")
        return None

    async def link(self, member: StaffMember, made_by: str) -> str | None:
        """Make a link for a member; None where they are not on the staff."""
        async with self.store.writing() as tx:
            code = await tx.doors.link(member, made_by, LINK_LASTS)
            if code is not None:
                await tx.staff.record(made_by, "console.link", member.who)
        return code

    async def leave(self, token: str) -> None:
        """End the session with this token."""
        async with self.store.writing() as tx:
            session = await tx.doors.session(token)
            if session is not None:
                await tx.doors.end(session.id)
                await tx.staff.record(session.member.who, "console.leave", session.member.who)

    async def forged(self, token: str, what: str, *, code: str = "") -> None:
        """Note that something was asked for in somebody's name from another site: by their session, or their link."""
        async with self.store.reading() as tx:
            whose = await tx.doors.whose(token) if token else None
            whose = whose or (await tx.doors.linked(code) if code else None)
        await self._refuse(whose, what, "forged")

    async def admit(self, token: str, right: Right, what: str) -> ConsoleSession:
        """Return the session with this token, whose member may do this. Raises Refused."""
        if not token:
            raise NotSignedIn
        async with self.store.reading() as tx:
            session = await tx.doors.session(token)
            refused = _refusal(session, right)
            whose = await tx.doors.whose(token) if refused is not None else None
        if session is None or refused is not None:
            await self._refuse(whose, what, _WHY[type(refused)])
            raise refused or NotSignedIn
        return session

    def looking(self, session: int, right: Right, what: str) -> AbstractAsyncContextManager[Acting]:
        """Open a transaction that only reads, for a session that is asked again in it. Raises Refused."""
        return self._asked_again(self.store.reading(), session, right, what)

    def acting(self, session: int, right: Right, what: str) -> AbstractAsyncContextManager[Acting]:
        """Open a transaction that changes something, for a session that is asked again in it. Raises Refused."""
        return self._asked_again(self.store.writing(), session, right, what)

    def still_may(self, found: ConsoleSession | None, right: Right) -> bool:
        """Tell whether a session, as it was read a moment ago, still reaches so far; None is one that is over."""
        return _refusal(found, right) is None

    @asynccontextmanager
    async def _asked_again(
        self, transaction: AbstractAsyncContextManager[UnitOfWork], session: int, right: Right, what: str
    ) -> AsyncIterator[Acting]:
        async with transaction as tx:
            found = await tx.doors.still(session)
            refused = _refusal(found, right)
            if found is not None and refused is None:
                yield Acting(tx, found.member)
                return
            whose = await tx.doors.whose_is(session)
        await self._refuse(whose, what, _WHY[type(refused)])
        raise refused or NotSignedIn

    async def _refuse(self, whose: str | None, what: str, why: str) -> None:
        hour = f"{self.store.clock.now():%Y%m%d%H}"
        counted = self._refusals.get(hour, 0) + 1
        self._refusals = {hour: counted}
        if counted <= MOST_REFUSALS:
            async with self.store.writing() as tx:
                last = {"last_of_the_hour": True} if counted == MOST_REFUSALS else {}
                await tx.staff.record(whose or _STRANGER, "console.refused", what, why=why, **last)


_WHY: Final[Mapping[type, str]] = MappingProxyType({NotSignedIn: "session", NotAllowed: "role"})


def _refusal(session: ConsoleSession | None, right: Right) -> Refused | None:
    if session is None:
        return NotSignedIn()
    return None if session.member.role.covers(NEEDS[right]) else NotAllowed(NEEDS[right])
