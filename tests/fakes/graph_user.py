"""People with WhatsApp on the other side of the fake: they say, press, choose, share, read, and see what arrives."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.fakes.graph_delivery import Delivery
from tests.fakes.graph_media import address as media_address
from tests.fakes.graph_state import ENTRY, WINDOW, Heard, Person, State
from tests.fakes.graph_webhooks import Item, Webhooks

_MIMES = {
    "image": "image/jpeg",
    "document": "application/pdf",
    "audio": "audio/ogg; codecs=opus",
    "video": "video/mp4",
    "sticker": "image/webp",
}


class WhatsAppUser:
    """A person in the chat with the business. `urls` puts the address of a medium into its webhook, as Meta may."""

    def __init__(self, state: State, delivery: Delivery, hooks: Webhooks, person: Person, base_url: str) -> None:
        self._state = state
        self._delivery = delivery
        self._hooks = hooks
        self._base_url = base_url
        self.person = person
        self.urls = False

    @property
    def number(self) -> str:
        return self.person.number

    @property
    def bsuid(self) -> str:
        return self.person.bsuid

    @property
    def heard(self) -> list[Heard]:
        """What the phone shows of the business, oldest first."""
        return self.person.heard

    @property
    def last(self) -> Heard:
        return self.person.heard[-1]

    @property
    def sees_typing(self) -> bool:
        """Whether "typing" is up: until the answer, for 25 s at most."""
        until = self.person.typing_until
        return until is not None and self._state.clock.now() < until

    async def hears(self, part: str = "", within: float = 30.0, *, more_than: int = 0) -> Heard:
        """Wait until some message past the first `more_than` has `part` in its text; return the newest such."""
        async with asyncio.timeout(within):
            while True:
                self.person.news.clear()
                found = next((each for each in reversed(self.heard[more_than:]) if part in each.text), None)
                if found is not None:
                    return found
                await self.person.news.wait()

    async def says(self, text: str, *, reply_to: str | None = None, forwarded: bool = False, **extra: Any) -> str:
        """Write a text; returns the message's id. `extra` goes beside the text, such as a `referral`."""
        context: dict[str, Any] = {"forwarded": True} if forwarded else {}
        if reply_to:
            context = {"from": self._state.account.display_number, "id": reply_to}
        if "referral" in extra:
            self.person.entry_until = self._state.clock.now() + ENTRY
        return self._write("text", {"body": text}, context, **extra)

    async def comes_from_ad(self, text: str) -> str:
        """Write by way of an advertisement: 72 hours in which nothing costs."""
        referral = {
            "source_url": "https://fb.me/xyz",
            "source_id": "120210",
            "source_type": "ad",
            "ctwa_clid": "Aff-n8",
        }
        return await self.says(text, referral={**referral, "headline": "Prakerja", "media_type": "image"})

    async def presses(self, label: str) -> str:
        """Press the newest button that says `label`: of a message, or of a template."""
        for heard in reversed(self.heard):
            if label in heard.buttons:
                context = {"from": self._state.account.display_number, "id": heard.id}
                if heard.template:
                    return self._write("button", {"payload": heard.payloads[label], "text": label}, context)
                reply = {"id": heard.payloads[label], "title": label}
                return self._write("interactive", {"type": "button_reply", "button_reply": reply}, context)
        raise AssertionError(f"no button {label!r} here, only {[each.buttons for each in self.heard]}")

    async def chooses(self, title: str) -> str:
        """Choose the row `title` of the newest list that has it."""
        for heard in reversed(self.heard):
            if title in heard.rows:
                reply = {"id": heard.payloads[title], "title": title}
                words = heard.descriptions[heard.rows.index(title)]
                reply |= {"description": words} if words else {}
                context = {"from": self._state.account.display_number, "id": heard.id}
                return self._write("interactive", {"type": "list_reply", "list_reply": reply}, context)
        raise AssertionError(f"no row {title!r} here, only {[each.rows for each in self.heard]}")

    async def forges_press(self, payload: str, title: str = "?") -> str:
        """A press of a button that the business never sent."""
        reply = {"id": payload, "title": title}
        return self._write("interactive", {"type": "button_reply", "button_reply": reply})

    async def shares_number(self) -> str:
        """Tap the answer to the request for the number (Meta, business-scoped-user-ids: `origin` beside `contacts`)."""
        assert any(heard.asks_number for heard in self.heard), "nobody asked for the number"
        return self._card(self.number, self.person.name, "contact_request")

    async def forwards_card(self, number: str, name: str = "Orang lain") -> str:
        """Pass on somebody's card: it proves nothing about the sender."""
        return self._card(number, name, "other")

    async def sends(self, kind: str, data: bytes, caption: str = "", *, mime: str = "", filename: str = "") -> str:
        """Send an `image`, `document`, `audio`, `video` or `sticker` that can be downloaded."""
        kept = self._state.media.keep(mime or _MIMES[kind], data)
        content: dict[str, Any] = {"mime_type": kept.mime, "sha256": kept.sha256, "id": kept.id}
        content |= {"caption": caption} if caption else {}
        content |= {"filename": filename or "surat.pdf"} if kind == "document" else {}
        content |= {"voice": True} if kind == "audio" else {}
        content |= {"animated": False} if kind == "sticker" else {}
        if self.urls:
            kept.asked = self._state.clock.now()
            content["url"] = media_address(self._base_url, kept)
        return self._write(kind, content)

    async def sends_location(self, latitude: float = -5.14, longitude: float = 119.43) -> str:
        return self._write("location", {"latitude": latitude, "longitude": longitude})

    async def reacts(self, message_id: str, emoji: str = "👍") -> str:
        """React to a message; an empty `emoji` takes the reaction back."""
        return self._write("reaction", {"message_id": message_id, "emoji": emoji})

    async def edits(self, message_id: str, text: str) -> str:
        """Change what one has written, within 15 minutes in life."""
        changed = {"context": {"id": "M0"}, "type": "text", "text": {"body": text}}
        return self._write("edit", {"original_message_id": message_id, "message": changed})

    async def deletes(self, message_id: str) -> str:
        """Take back what one has written."""
        return self._write("revoke", {"original_message_id": message_id})

    async def sends_unsupported(self, sort: str = "poll") -> str:
        """Something that the API doesn't pass on."""
        title = "Message type unknown"
        details = {"details": "Message type is currently not supported."}
        errors = [{"code": 131051, "title": title, "message": title, "error_data": details}]
        return self._write("unsupported", {"type": sort}, errors=errors)

    def phone_off(self) -> None:
        self.person.phone_on = False

    def phone_on(self) -> None:
        """Switch the phone on; what waited arrives unless it was to last less long."""
        self._delivery.phone_on(self.person)

    def reads(self) -> None:
        """Open the chat: everything unread gets its `read` status."""
        self._delivery.reads(self.person)

    def stops_marketing(self) -> None:
        self._prefers("stop", wanted=False)

    def resumes_marketing(self) -> None:
        self._prefers("resume", wanted=True)

    def leaves_whatsapp(self) -> None:
        """From now on messages to this person fail with 131026."""
        self.person.on_whatsapp = False

    def takes_username(self, username: str) -> None:
        """From now on webhooks come without the number, as for whoever isn't in the contact book."""
        self.person.username, self.person.number_visible = username, False

    async def changes_number(self, number: str, bsuid: str, *, tells_old_id: bool = True) -> str:
        """Move to another number, and so to another BSUID.

        With a visible number `user_changed_number`, else `user_changed_user_id` without any number. Sources differ on
        whether the old BSUID comes as `from_user_id` or in the body alone: `tells_old_id` False is the latter.
        """
        person, old = self.person, self._sender()
        seen = person.number_visible
        body = (
            f"User {person.name} changed from {person.number if seen else person.bsuid} to {number if seen else bsuid}"
        )
        self._state.moves(person, number, bsuid)
        kind = "user_changed_number" if seen else "user_changed_user_id"
        system = {"body": body, "user_id": bsuid, "type": kind, **({"wa_id": number} if seen else {})}
        sender = old if tells_old_id else {name: old[name] for name in old if name == "from"}
        message = {**sender, "id": self._state.next_id(), "timestamp": self._state.stamp(), "type": "system"}
        self._hooks.tell(Item("messages", "messages", {**message, "system": system}))  # these have no `contacts`
        return str(message["id"])

    def _prefers(self, value: str, *, wanted: bool) -> None:
        self.person.marketing = wanted
        told: dict[str, Any] = {
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": int(self._state.stamp()),
            "user_id": self.bsuid,
        }
        if self.person.number_visible:
            told["wa_id"] = self.number
        self._hooks.tell(Item("user_preferences", "user_preferences", told, self._contact()))

    def _card(self, number: str, name: str, origin: str) -> str:
        vcard = f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;waid={number}:+{number}\nEND:VCARD"
        phones = [{"phone": f"+{number}", "wa_id": number, "type": "CELL"}]
        card = {"name": {"first_name": name, "formatted_name": name}, "vcard": vcard, "phones": phones}
        return self._write("contacts", [card], origin=origin)

    def _sender(self) -> dict[str, str]:
        told = {"from_user_id": self.bsuid}
        if self.person.parent:
            told["from_parent_user_id"] = self.person.parent
        return {"from": self.number, **told} if self.person.number_visible else told

    def _contact(self) -> dict[str, Any]:
        return self._hooks.contact(self.person, known_by_number=False)

    def _write(self, kind: str, content: Any, context: dict[str, Any] | None = None, **beside: Any) -> str:
        """Send one message in: it opens the window for 24 hours."""
        self.person.window_until = self._state.clock.now() + WINDOW
        self._delivery.limits.note()
        message_id = self._state.next_id()
        self._state.incoming[message_id] = self.person
        message = {**self._sender(), "id": message_id, "timestamp": self._state.stamp(), "type": kind, kind: content}
        message |= {"context": context} if context else {}
        self._hooks.tell(Item("messages", "messages", {**message, **beside}, self._contact()))
        return message_id
