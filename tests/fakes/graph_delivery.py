"""What becomes of a message: refused, accepted, held, failed, sent, waiting for a phone, delivered, read, expired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.fakes.graph_bounds import BSUID, MEDIA, check_message
from tests.fakes.graph_errors import GraphError, failure, known
from tests.fakes.graph_limits import Counts, Limits
from tests.fakes.graph_shown import shown
from tests.fakes.graph_state import Message, Person, State
from tests.fakes.graph_template_text import fill
from tests.fakes.graph_templates import LASTS, Template
from tests.fakes.graph_webhooks import Item, Webhooks

TIER_CODE = 131048  # no code of its own is documented for the limit of people; 131048 is that of restricted sending
_TEMPLATE_STATES = {"PAUSED": 132015, "DISABLED": 132016}


@dataclass(slots=True)
class Failure:
    """An ordered failure: the next `times` messages get `code`.

    `names` are addresses or names of templates that it is for; None among them is for any.
    """

    code: int
    times: int
    names: set[str | None]
    late: bool
    details: str = ""


class Delivery:
    """Takes bodies for POST /messages and sees to the rest."""

    def __init__(self, state: State, hooks: Webhooks, limits: Limits, counts: Counts) -> None:
        self.state = state
        self.hooks = hooks
        self.limits = limits
        self.counts = counts
        self.failures: list[Failure] = []

    def accept(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to the call. Raises GraphError; what happens later is told by webhooks."""
        check_message(body)
        address = str(body.get("to", body.get("recipient")))
        template, filled = self._template(body)
        spoiled = self._spoiled(body, filled)
        self._refuse_on_order(address, template)
        if self.state.account.locked:
            raise GraphError(131031, "Business account has been locked.")
        if address.lstrip("+") == self.state.account.display_number:
            raise GraphError(131021, "Recipient cannot be sender")
        self.limits.count(address)
        self.counts.accepted += 1
        message_id = self.state.next_id()
        if ("to" in body) == bool(BSUID.fullmatch(address)):
            return self._swallow(body, address, message_id)
        person = self._person(address)
        now = self.state.clock.now()
        until = now + (template.lasts if template else LASTS)
        heard = shown(self.state, message_id, body, filled, template)
        data = body.get("biz_opaque_callback_data")
        message = Message(message_id, person, address, "to" in body, heard, now, until, template, data, spoiled)
        self.state.sent[message_id] = message
        held = self._holds(message)
        if not held:
            self._decide(message)
        contact = {"input": address, **({"wa_id": person.number} if "to" in body else {"user_id": address})}
        return _answer(contact, message_id, _MESSAGE_STATUS[held] if template else None)

    def _swallow(self, body: dict[str, Any], address: str, message_id: str) -> dict[str, Any]:
        """A BSUID in `to` or a number in `recipient`: 200 and an id, and nothing ever follows (chatwoot#15150)."""
        self.state.silent.append(body)
        return _answer({"input": address, "wa_id": address.rpartition(".")[2]}, message_id, None)

    def _person(self, address: str) -> Person:
        found = self.state.bsuids.get(address) or self.state.numbers.get(address.lstrip("+"))
        by_number = not BSUID.fullmatch(address)
        return found or Person(address.lstrip("+"), address, "", number_visible=by_number, on_whatsapp=False)

    def _template(self, body: dict[str, Any]) -> tuple[Template | None, dict[str, Any]]:
        if body.get("type") != "template":
            return None, {}
        given = body["template"]
        name, code = given["name"], given["language"]["code"]
        found = self.state.templates.find(name, code)
        if found is None or found.status in {"PENDING", "REJECTED"}:
            raise GraphError(132001, f"template name ({name}) does not exist in {code}")
        if found.status != "APPROVED":
            raise GraphError(_TEMPLATE_STATES[found.status], f"template {name} is {found.status}")
        return found, fill(found, given.get("components", []))

    def _spoiled(self, body: dict[str, Any], filled: dict[str, Any]) -> bool:
        """Look every medium up by its id. Raises 100; tells whether one is not what its type says."""
        kind = body.get("type", "text")
        used = [(kind, body[kind])] if kind in MEDIA else []
        header = body["interactive"].get("header", {}) if kind == "interactive" else filled.get("header")
        if isinstance(header, dict) and header.get("type", "") in MEDIA:
            used.append((header["type"], header[header["type"]]))
        elif isinstance(header, dict) and "kind" in header:
            used.append((header["kind"], header))
        return any(not self.state.media.sendable(each["id"], sort).genuine for sort, each in used if "id" in each)

    def _refuse_on_order(self, address: str, template: Template | None) -> None:
        ordered = self._ordered(address, template, late=False)
        if ordered is not None:
            raise GraphError(ordered.code, ordered.details)

    def _ordered(self, address: str, template: Template | None, *, late: bool) -> Failure | None:
        names = {None, address, template.name if template else None}
        for each in self.failures:
            if each.late == late and each.names & names and each.times > 0:
                each.times -= 1
                return each
        return None

    def _holds(self, message: Message) -> bool:
        template, most = message.template, self.state.account.pacing
        if template is None:
            return False
        template.sent += 1
        if most is None or template.quality == "GREEN" or template.sent <= most:
            return False
        template.held.append(message)
        return True

    def release(self, template: Template) -> None:
        """Pacing ended well: what was held goes out."""
        held, template.held = template.held, []
        for message in held:
            self._decide(message)

    def drop(self, template: Template) -> None:
        """Pacing ended badly: what was held fails with 132015 (Meta, template-pacing)."""
        held, template.held = template.held, []
        for message in held:
            self._fail(message, 132015)

    def _decide(self, message: Message) -> None:
        ordered = self._ordered(message.address, message.template, late=True)
        if ordered is not None:
            self._fail(message, ordered.code, ordered.details)
            return
        code = self._code(message)
        if code is not None:
            self._fail(message, code)
            return
        self._tell(message, "sent")
        if message.person.phone_on:
            self._arrive(message)
        else:
            message.person.waiting.append(message)

    def _code(self, message: Message) -> int | None:
        """Why this message is not sent although the call succeeded."""
        person, template = message.person, message.template
        if not person.on_whatsapp:
            return 131026
        if message.spoiled:
            return 131053
        open_window = self.state.window_open(person)
        if template is None and not open_window:
            return 131047
        if template is not None and template.category == "MARKETING":
            if not person.marketing:
                return 131050
            if person.capped:
                return 131049
        if not open_window and not self.limits.reaches(person.bsuid, self.state.clock.now()):
            return TIER_CODE
        message.pricing = self.state.price(person, template)
        return 131042 if message.pricing["billable"] and not self.state.account.payment else None

    def phone_on(self, person: Person) -> None:
        """The phone is on again: what waited arrives, or is gone where it waited longer than it lasts."""
        person.phone_on = True
        waiting, person.waiting = person.waiting, []
        now = self.state.clock.now()
        for message in waiting:
            if now < message.until:
                self._arrive(message)
            else:
                self.state.expired.append(message)

    def _arrive(self, message: Message) -> None:
        person = message.person
        person.heard.append(message.shown)
        person.unread.append(message)
        person.typing_until = None
        self.counts.delivered += 1
        self._tell(message, "delivered")
        person.news.set()

    def reads(self, person: Person) -> None:
        unread, person.unread = person.unread, []
        for message in unread:
            self.counts.read += 1
            self._tell(message, "read")

    def types(self, person: Person) -> None:
        """The typing indicator is up: for 25 s or until the answer (Meta, typing-indicators)."""
        person.typing_until = self.state.clock.now() + timedelta(seconds=25)
        person.news.set()

    def _fail(self, message: Message, code: int, details: str = "") -> None:
        self.counts.failed[code] += 1
        self._tell(message, "failed", errors=[failure(code, details)])

    def _tell(self, message: Message, status: str, **more: Any) -> None:
        """A status in the shape of 2026: a failed one has no contacts, and no BSUID where it went to a number."""
        person, failed = message.person, status == "failed"
        told: dict[str, Any] = {"id": message.id, "status": status, "timestamp": self.state.stamp(), **more}
        if message.to_number or person.number_visible:
            told["recipient_id"] = person.number
        if not (failed and message.to_number):
            told["recipient_user_id"] = person.bsuid
            if person.parent:
                told["recipient_parent_user_id"] = person.parent
        if message.callback_data is not None:
            told["biz_opaque_callback_data"] = message.callback_data
        if message.pricing and not failed:
            told |= self._paid(message, status)
        contact = None if failed else self.hooks.contact(person, known_by_number=message.to_number, status=status)
        self.hooks.tell(Item.of_status(told, contact))

    def _paid(self, message: Message, status: str) -> dict[str, Any]:
        """`pricing`, and `conversation` where a free entry is open: elsewhere it went with the model before."""
        paid: dict[str, Any] = {"pricing": message.pricing}
        if message.pricing["type"] == "free_entry_point" and message.person.entry_until is not None:
            talk: dict[str, Any] = {"id": f"talk{message.person.bsuid}", "origin": {"type": "referral_conversion"}}
            if status == "sent":
                talk["expiration_timestamp"] = str(int(message.person.entry_until.timestamp()))
            paid["conversation"] = talk
        return paid


_MESSAGE_STATUS = {False: "accepted", True: "held_for_quality_assessment"}


def _answer(contact: dict[str, Any], message_id: str, status: str | None) -> dict[str, Any]:
    sent = {"id": message_id, **({"message_status": status} if status else {})}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]}


def late(code: int) -> bool:
    """Whether this code comes as a status rather than as an answer."""
    return known(code).late
