"""What a person said on WhatsApp, as the app understands it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.channels.buttons import ButtonSigner
from bot.channels.whatsapp.addresses import CHANNEL, is_number, is_scoped_id
from bot.channels.whatsapp.contents import (
    SILENT,
    attachment_of,
    is_forwarded,
    own_number_of,
    press_of,
    sight_of,
    sort_of_content,
    words_of,
)
from bot.channels.whatsapp.items import Ignored, NextPage
from bot.channels.whatsapp.json_fields import Fields, fields_of, label_of, moment_of, text_of
from bot.channels.whatsapp.pages import read_page
from bot.channels.whatsapp.senders import Sender, sender_of
from programme.model.clock import Clock
from programme.model.messages import Incoming, Sort
from programme.model.phones import OwnNumber

Redact = Callable[[str], tuple[str, tuple[str, ...]]]

DELETED: Final = "[dihapus]"
"""What people who read along see in place of a message that its sender took back."""

_NUMBER_CHANGES: Final = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})
_CHANGED = re.compile(r" changed from (\S+) to (\S+)\Z")
# Before it stands what the person calls themselves: with somebody else's id as a name one would become them.

_PREFERENCES: Final = {"stop": Sort.MARKETING_OFF, "resume": Sort.MARKETING_ON, "signup": Sort.MARKETING_ON}


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads what people wrote to the number `phone_number_id`; `redact` cuts out what must not be kept."""

    phone_number_id: str
    signer: ButtonSigner
    redact: Redact
    clock: Clock

    def message(self, value: Fields, message: Fields) -> Incoming | NextPage | Ignored:
        """Return what one message of `value` says, or why it is passed over."""
        if text_of(message, "group_id") or text_of(message, "recipient_type") == "group":
            return Ignored(why="group")
        if not text_of(message, "id"):
            return Ignored(why="message without id")
        kind = text_of(message, "type")
        if kind == "system":
            return self._system(value, message)
        sender = sender_of(value, text_of(message, "from"), text_of(message, "from_user_id"))
        if sender is None:
            return Ignored(why="message of nobody")
        if kind in {"edit", "revoke"}:
            return self._change(sender, message, kind)
        press = press_of(message)
        return self._content(sender, message) if press is None else self._press(sender, message, *press)

    def preference(self, value: Fields, preference: Fields) -> Incoming | Ignored:
        """Return that a person wants advertising, or none."""
        sender = sender_of(value, text_of(preference, "wa_id"), text_of(preference, "user_id"))
        wish = text_of(preference, "value")
        sort = _PREFERENCES.get(wish) if text_of(preference, "category") == "marketing_messages" else None
        if sender is None or sort is None:
            return Ignored(why=label_of(f"preference: {wish}"))
        at = moment_of(preference, "timestamp", self.clock.now())
        own = f"preference:{sender.address}:{wish}:{at.timestamp():.0f}"
        return self._incoming(sender, own, at=at, sort=sort)

    def _content(self, sender: Sender, message: Fields) -> Incoming | Ignored:
        kind = text_of(message, "type")
        if text_of(fields_of(message, "interactive"), "type") == "call_permission_reply":
            return Ignored(why="call permission")  # we ask nobody for it, and call nobody
        if kind in SILENT:
            return Ignored(why=kind)
        sort = sort_of_content(message) or Sort.OTHER  # of a type that Meta added since: who sent it hears of it
        number = own_number_of(message, sender.number) if sort is Sort.CONTACT else None
        return self._said(sender, message, message, sort=sort, number=number)

    def _change(self, sender: Sender, message: Fields, kind: str) -> Incoming | Ignored:
        """An edit, or a message that was taken back, of the one with the original id."""
        change = fields_of(message, kind)
        original = text_of(change, "original_message_id")
        if not original:
            return Ignored(why=f"{kind} of nothing")
        if kind == "revoke":
            at = moment_of(message, "timestamp", self.clock.now())
            own = text_of(message, "id")
            return self._incoming(sender, own, at=at, text=DELETED, message=original, edited=True)
        content = fields_of(change, "message")
        sort = sort_of_content(content)
        if sort is None:
            return Ignored(why=label_of(f"edit: {text_of(content, 'type')}"))
        return replace(self._said(sender, message, content, sort=sort), message=original, edited=True)

    def _said(
        self, sender: Sender, message: Fields, content: Fields, *, sort: Sort, number: OwnNumber | None = None
    ) -> Incoming:
        text, redacted = self.redact(words_of(content))
        sight, cut = self.redact(sight_of(content))
        return self._incoming(
            sender,
            text_of(message, "id"),
            at=moment_of(message, "timestamp", self.clock.now()),
            sort=sort,
            text=text,
            number=number,
            forwarded=is_forwarded(message),
            redacted=redacted or cut,
            message=text_of(message, "id"),
            answers=text_of(fields_of(message, "context"), "id") or None,
            attachment=attachment_of(content),
            sight=sight,
        )

    def _press(self, sender: Sender, message: Fields, held: str, title: str) -> Incoming | NextPage:
        action, page = self.signer.read(held), read_page(held)
        text, redacted = self.redact(title)
        press = self._incoming(
            sender,
            text_of(message, "id"),
            at=moment_of(message, "timestamp", self.clock.now()),
            sort=Sort.PRESS,
            text=text,
            action=action,
            stale=action is None and page is None,
            pressed=text_of(fields_of(message, "context"), "id") or None,
            redacted=redacted,
            message=text_of(message, "id"),
        )
        return press if page is None else NextPage(incoming=press, reference=page[0], page=page[1])

    def _system(self, value: Fields, message: Fields) -> Incoming | Ignored:
        """A person moved to another number, and with it to another id; they said nothing themselves."""
        system = fields_of(message, "system")
        kind = text_of(system, "type")
        if kind not in _NUMBER_CHANGES:
            return Ignored(why=label_of(f"system: {kind}"))
        new_id, new_number = text_of(system, "user_id"), text_of(system, "wa_id") or text_of(system, "new_wa_id")
        former = _former(message, system)
        aliases = (*filter(is_scoped_id, (new_id,)), *filter(is_number, (new_number,)))
        if former is None or not (aliases := tuple(alias for alias in aliases if alias != former.address)):
            return Ignored(why=f"{kind} without both names")
        at = moment_of(message, "timestamp", self.clock.now())
        moved = self._incoming(former, text_of(message, "id"), at=at, sort=Sort.MOVED)
        return replace(moved, aliases=aliases)

    def _incoming(self, sender: Sender, own: str, **parts: Any) -> Incoming:
        """`own` is unique within the account that the number is of; the same may come to another of our numbers."""
        return Incoming(
            channel=CHANNEL,
            can_vouch=True,
            address=sender.address,
            aliases=sender.aliases,
            name=sender.name,
            id=f"{self.phone_number_id}:{own}",
            **parts,
        )


def _former(message: Fields, system: Fields) -> Sender | None:
    """By which name the person was known: the former id, else the former number.

    Where the former id stands differs: as the sender's, in a field of its own, or at the end of the words alone.
    """
    number, new = text_of(message, "from"), text_of(system, "user_id")
    told = _CHANGED.search(text_of(system, "body"))
    named = [text_of(system, "previous_user_id"), text_of(message, "from_user_id")]
    named += [told[1]] if told is not None and told[2] == new else []
    former = next((each for each in named if is_scoped_id(each) and each != new), "")
    found = Sender(number if is_number(number) else "", former)
    return found if found.address else None
