"""Composing: a broadcast as somebody is writing it, kept in the store, and what it would be as an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from bot.channels.plain import plain
from handlers.dialogue.register import open_to_people
from handlers.staff.audience import EVERYBODY, STANDINGS, audience_of
from handlers.staff.broadcast_text import typed_by_hand, wrong_buttons, wrong_text
from locales import _
from programme.announcement import LONGEST, compose_broadcast
from programme.model.broadcasts import Audience, Draft
from programme.model.messages import Message
from programme.model.zones import Zone
from programme.programme import Programme

NOT_BOUGHT: Final = "not_bought"
SHARES: Final = (1, 5, 10, 25, 50)
"""Percent of an audience that may be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """What was chosen and written so far. `key` names the order that it becomes, so that it is ordered once.

    `waves` are numbers, `starts` is a moment on the clock of WIB as a browser writes it, empty for now.
    """

    key: str = field(default_factory=lambda: uuid4().hex)
    waves: tuple[int, ...] = ()
    standing: str = NOT_BOUGHT
    zone: str = ""
    linked: bool | None = None
    got: int | None = None
    left_with_it: bool = False
    listed: int | None = None
    share: int | None = None
    text: str = ""
    english: str = ""
    buttons: str = ""
    starts: str = ""
    again: bool = False

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        chosen = audience_of(",".join(map(str, self.waves)) or EVERYBODY, self.standing, self.zone or None)
        return replace(
            chosen,
            linked=self.linked,
            got=self.got,
            left_with_it=self.left_with_it,
            listed=self.listed,
            share=self.share,
        )

    @property
    def is_written(self) -> bool:
        """Whether there are any words."""
        return bool(self.text.strip())

    def starts_at(self, now: datetime) -> datetime | None:
        """Return when it is to begin, None for at once. What is past begins at once."""
        try:
            at = datetime.fromisoformat(self.starts).replace(tzinfo=Zone.WIB.tz) if self.starts else None
        except ValueError:
            return None
        return at if at is not None and at > now + timedelta(minutes=1) else None

    def wrong(self, programme: Programme) -> list[str]:
        """Say what is wrong with its words and buttons, a sentence each; nothing where it can be sent."""
        found = [wrong_text(text, LONGEST) for text in (self.text, self.english) if text.strip()]
        if lines := self._lines():
            found.append(wrong_buttons(lines))
        typed = typed_by_hand(f"{self.text}\n{self.english}", programme, self.waves)
        return [plain(each) for each in (*found, *typed) if each]

    def messages(self) -> dict[str, Message]:
        """Return the messages by language. Raises WrongBroadcast or UnknownPlaceholder."""
        texts = {"id": self.text} | ({"en": self.english} if self.english.strip() else {})
        return compose_broadcast(texts, self._lines(), conversations=open_to_people())

    def draft(self, now: datetime, not_after: datetime | None = None) -> Draft:
        """Return it as an order. Raises WrongBroadcast or UnknownPlaceholder."""
        return Draft(
            audience=self.audience,
            messages=self.messages(),
            starts_at=self.starts_at(now),
            not_after=not_after,
            again=self.again,
        )

    def _lines(self) -> list[str]:
        return [line.strip() for line in self.buttons.splitlines() if line.strip()]

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)


def composing_from(kept: Mapping[str, Any]) -> Composing:
    """Read what was kept; what a later version wrote beside it is left out."""
    known = {each.name for each in fields(Composing)}
    found = {name: value for name, value in kept.items() if name in known}
    if "waves" in found:
        found["waves"] = tuple(found["waves"])
    return Composing(**found)


def composing_for(asked: Mapping[str, str]) -> Composing | None:
    """Return what an address asks for: `untuk=belum-beli&gelombang=21`; None where it names no audience.

    `untuk=belum-terhubung` are those who have a chat, have not bought, and are not linked to official data;
    `siaran=12` those who got that broadcast, with `sisa=ya` only those who still have its former words.
    """
    whom = {"belum-beli": None, "belum-terhubung": False}
    if _number(asked.get("siaran")) is not None:
        return Composing(standing=EVERYBODY, got=_number(asked.get("siaran")), left_with_it=asked.get("sisa") == "ya")
    if asked.get("untuk") not in whom:
        return None
    wave = _number(asked.get("gelombang"))
    return Composing(waves=() if wave is None else (wave,), standing=NOT_BOUGHT, linked=whom[asked["untuk"]])


def standings() -> list[tuple[str, str]]:
    """Return how far people may be, each with its name."""
    return [(value, _(label)) for value, label in STANDINGS.items()]


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else None
