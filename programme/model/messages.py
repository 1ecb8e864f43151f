"""Messages between people and channels: what comes in, what goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from programme.model.phones import OwnNumber

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Open:
    """A button that opens a conversation, some of its answers already given."""

    conversation: str
    answers: Mapping[str, str] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A button that answers one question of one dialogue."""

    dialogue: int
    name: str
    value: str


Action = Open | Answer


@dataclass(frozen=True, slots=True)
class Button:
    """A key that speaks for the person when pressed."""

    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Link:
    """A key that leads to an address outside (https:, tel:, mailto: or a share link)."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class AskContact:
    """A key by which the person shares their own number, where the channel can do that."""

    label: str


Key = Button | Link | AskContact


MATTERS_BACK = 3
"""How many matters may be gone back to."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a message is about: the conversation that it belongs to, and what it had been told by then.

    It gives the next words their meaning: *kalau di Bukalapak?* asks the same of another platform.
    """

    conversation: str
    told: Mapping[str, str] = field(default_factory=lambda: _NONE)
    before: Matter | None = None
    """What was spoken of before, where that was another; `MATTERS_BACK` of them at most."""
    named: Mapping[str, str] = field(default_factory=lambda: _NONE)
    """What was named in the talk so far, by kind, so that nobody is asked for it again."""

    def earlier(self) -> tuple[Matter, ...]:
        """Return what was spoken of before, the latest first."""
        return () if self.before is None else (self.before, *self.before.earlier())

    def all(self) -> tuple[Matter, ...]:
        """Return this matter and what was spoken of before, the latest first."""
        return (self, *self.earlier())

    def after(self, earlier: Sequence[Matter]) -> Matter:
        """Return this matter with those before it, the latest first: each conversation once, and only so many."""
        once = {one.conversation: one for one in reversed(earlier) if one.conversation != self.conversation}
        before: Matter | None = None
        for one in list(once.values())[-MATTERS_BACK:]:
            before = replace(one, before=before)
        return replace(self, before=before)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and what it says, for those who can't see it."""

    data: bytes
    alt: str

    @property
    def digest(self) -> str:
        """Names the content, so that a channel uploads the same picture once."""
        return _digest(self.data)


@lru_cache(maxsize=16)
def _digest(data: bytes) -> str:
    """Name a content; the same picture goes to many, and hashing it takes as long as sending it."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, document or the like that stays with a channel, which knows it as `reference`."""

    sort: Sort
    channel: str
    reference: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is made for one person at the moment of sending; it is kept nowhere."""

    name: str
    data: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """Names the content."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message tells, in figures: said in its place where a channel takes only approved texts.

    `name` is that of the text (`deadline`, `finish`), `values` fill its places, each by the place's name, in the
    person's language and without markup. `picture` stands above the text where that has room for one: it must be as
    true as the text when it arrives late, so it counts nothing. After `until`, in UTC, the values are no longer true.
    Where the person wants no pictures, it is `plain`: a text without one goes before, as far as there is any.
    """

    name: str
    language: str
    values: Mapping[str, str] = field(default_factory=lambda: _NONE)
    picture: Picture | None = None
    until: datetime | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a person.

    `text` is HTML of the smallest kind: `<b>`, `<i>` and line breaks as newlines; `<`, `>` and `&` of
    anything else are escaped. Each channel turns it into its own form. `keys` are rows. `per_person` says
    that the text has {places} which are filled for each person at sending (`programme.placeholders`).
    `attachment` is shown with the text below it; keys hang on the text. `own_data` asks for a file of all that
    is kept of the person, which becomes its `document` on the way out. `about` is what the next words may go on
    from, `lately` are marks of what was said in the last turns. `notice` stands for it on a channel that takes only
    approved texts now; it is found at sending. One that `takes_back` says nothing: the message in whose place it is
    put goes away.
    """

    text: str
    keys: tuple[tuple[Key, ...], ...] = ()
    picture: Picture | None = None
    per_person: bool = False
    attachment: Attachment | None = None
    own_data: bool = False
    document: Document | None = None
    about: Matter | None = None
    lately: tuple[str, ...] = ()
    notice: Notice | None = None
    takes_back: bool = False


class Kind(StrEnum):
    """Why a message goes out; also its class, the first being the most urgent."""

    REPLY = "reply"
    STAFF = "staff"
    REMINDER = "reminder"
    BROADCAST = "broadcast"


UNASKED = (Kind.REMINDER, Kind.BROADCAST)
"""What nobody waits for: it may be held back, and whoever turned reminders off gets none of it."""


class Sort(StrEnum):
    """What came in."""

    TEXT = "text"
    PRESS = "press"
    CONTACT = "contact"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"  # a piece of music or a recording sent as a file; only of attachments
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    LOCATION = "location"
    OTHER = "other"
    STOPPED = "stopped"  # the person blocked the bot
    RESUMED = "resumed"  # and unblocked it
    MOVED = "moved"  # the person's address changed
    MARKETING_OFF = "marketing_off"  # the person wants no advertising on this channel
    MARKETING_ON = "marketing_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message from a person, already free of card numbers, OTPs, NIKs and passwords.

    `id` is the provider's own, unique on its channel. `redacted` names what was cut out. `number` is there only
    where the channel vouches that it is the sender's own; `can_vouch` says that the channel could, so that it is
    of use to ask for the number. `stale` is a press whose signature did not fit. `pressed` is the provider's id
    of the message whose button was pressed. `sight` is in words what is shown by neither text nor file; beside those,
    what they answer. `name` is how the person calls themselves there. `message` is the
    provider's id of this message itself and `answers` of the one it replies to; `edited` says that it changes
    what was sent before. In a room of the staff the address is the room's and `sender` who writes. `album` names
    the pictures that were sent together. `aliases` are other names of the same address: the number beside a
    business-scoped id. Of `MOVED`, the address is the former one and the aliases are the new ones.
    """

    channel: str
    address: str
    id: str
    at: datetime
    sort: Sort = Sort.TEXT
    text: str = ""
    action: Action | None = None
    stale: bool = False
    pressed: str | None = None
    number: OwnNumber | None = None
    can_vouch: bool = False
    language: str | None = None
    name: str | None = None
    forwarded: bool = False
    redacted: tuple[str, ...] = ()
    message: str | None = None
    answers: str | None = None
    edited: bool = False
    sender: str | None = None
    album: str | None = None
    attachment: Attachment | None = None
    sight: str = ""
    aliases: tuple[str, ...] = ()
