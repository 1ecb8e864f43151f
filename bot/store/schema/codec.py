"""How messages and events are written down as JSON, and read back."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, datetime
from typing import Any, assert_never

import orjson

from programme.model.events import Event
from programme.model.messages import (
    Action,
    Answer,
    AskContact,
    Attachment,
    Button,
    Incoming,
    Key,
    Link,
    Matter,
    Message,
    Notice,
    Open,
    Picture,
    Sort,
)
from programme.model.milestones import Milestone, Source, Step


def message_to_json(message: Message) -> str:
    """Write a message, its picture included; a document is made anew each time it is sent, and never written."""
    document: dict[str, Any] = {"text": message.text}
    if message.keys:
        document["keys"] = [[_key_to(key) for key in row] for row in message.keys]
    if message.per_person:
        document["per_person"] = True
    if message.own_data:
        document["own_data"] = True
    if message.picture:
        document["picture"] = {
            "data": b64encode(message.picture.data).decode(),
            "alt": message.picture.alt,
        }
    if message.attachment:
        document["attachment"] = attachment_to(message.attachment)
    if message.about:
        document["about"] = _matter_to(message.about)
    if message.lately:
        document["lately"] = list(message.lately)
    if message.notice:
        document["notice"] = _notice_to(message.notice)
    if message.takes_back:
        document["takes_back"] = True
    return orjson.dumps(document).decode()


def message_from_json(content: str) -> Message:
    """Read a message."""
    document = orjson.loads(content)
    picture, about = document.get("picture"), document.get("about")
    return Message(
        document["text"],
        tuple(tuple(_key_from(key) for key in row) for row in document.get("keys", ())),
        Picture(b64decode(picture["data"]), picture["alt"]) if picture else None,
        document.get("per_person", False),
        attachment_from(document.get("attachment")),
        document.get("own_data", False),
        about=_matter_from(about),
        lately=tuple(document.get("lately", ())),
        notice=_notice_from(document.get("notice")),
        takes_back=document.get("takes_back", False),
    )


def _notice_to(notice: Notice) -> dict[str, Any]:
    """Write what a message tells in values; its picture is found anew at sending."""
    return {"name": notice.name, "language": notice.language, "values": dict(notice.values)}


def _notice_from(document: dict[str, Any] | None) -> Notice | None:
    return Notice(document["name"], document["language"], document["values"]) if document else None


def _matter_to(matter: Matter) -> dict[str, Any]:
    before = {"before": _matter_to(matter.before)} if matter.before is not None else {}
    named = {"named": dict(matter.named)} if matter.named else {}
    return {"open": matter.conversation, "told": dict(matter.told), **before, **named}


def _matter_from(document: dict[str, Any] | None) -> Matter | None:
    if not document:
        return None
    before, named = _matter_from(document.get("before")), document.get("named", {})
    return Matter(document["open"], document["told"], before, named)


def attachment_to(attachment: Attachment) -> dict[str, str]:
    """Write where a picture or document is kept."""
    return {
        "sort": attachment.sort.value,
        "channel": attachment.channel,
        "reference": attachment.reference,
        "name": attachment.name,
    }


def attachment_from(document: dict[str, str] | None) -> Attachment | None:
    """Read where a picture or document is kept."""
    return Attachment(**{**document, "sort": Sort(document["sort"])}) if document else None  # type: ignore[arg-type]


def _key_to(key: Key) -> dict[str, Any]:
    match key:
        case Button(label=label, action=action):
            return {"label": label, "action": action_to(action)}
        case Link(label=label, url=url):
            return {"label": label, "url": url}
        case AskContact(label=label):
            return {"label": label}
        case _:
            assert_never(key)


def _key_from(key: dict[str, Any]) -> Key:
    if "action" in key:
        return Button(key["label"], action_from(key["action"]))
    if "url" in key:
        return Link(key["label"], key["url"])
    return AskContact(key["label"])


def action_to(action: Action) -> dict[str, Any]:
    """Write what a button does."""
    match action:
        case Open(conversation=conversation, answers=answers):
            return {"open": conversation, "answers": dict(answers)}
        case Answer(dialogue=dialogue, name=name, value=value):
            return {"dialogue": dialogue, "name": name, "value": value}
        case _:
            assert_never(action)


def action_from(document: dict[str, Any]) -> Action:
    """Read what a button does."""
    if "open" in document:
        return Open(document["open"], document["answers"])
    return Answer(document["dialogue"], document["name"], document["value"])


def incoming_to(incoming: Incoming) -> dict[str, Any]:
    """Write what came in, without the phone number, which is never kept in clear."""
    return {
        "channel": incoming.channel,
        "address": incoming.address,
        "id": incoming.id,
        "at": incoming.at.isoformat(),
        "sort": incoming.sort.value,
        "text": incoming.text,
        "action": action_to(incoming.action) if incoming.action else None,
        "stale": incoming.stale,
        "can_vouch": incoming.can_vouch,
        "pressed": incoming.pressed,
        "language": incoming.language,
        "forwarded": incoming.forwarded,
        "redacted": list(incoming.redacted),
        "message": incoming.message,
        "answers": incoming.answers,
        "edited": incoming.edited,
        "sender": incoming.sender,
        "album": incoming.album,
        "attachment": attachment_to(incoming.attachment) if incoming.attachment else None,
        "sight": incoming.sight,
    }


def incoming_from(document: dict[str, Any]) -> Incoming:
    """Read what came in."""
    action = document["action"]
    return Incoming(
        **{
            **document,
            "at": datetime.fromisoformat(document["at"]),
            "sort": Sort(document["sort"]),
            "action": action_from(action) if action else None,
            "redacted": tuple(document["redacted"]),
            "attachment": attachment_from(document.get("attachment")),
        }
    )


def event_to(event: Event) -> tuple[str, dict[str, Any]]:
    """Write an event: its name and its fields."""
    fields: dict[str, Any] = orjson.loads(orjson.dumps(event))
    return type(event).__name__, fields


def step_to(step: Step) -> dict[str, Any]:
    """Write a milestone that was reached."""
    return {
        "milestone": step.milestone.value,
        "on": step.on.isoformat() if step.on else None,
        "platform": step.platform,
        "source": step.source.value,
    }


def step_from(document: dict[str, Any]) -> Step:
    """Read a milestone that was reached."""
    on = document["on"]
    return Step(
        Milestone(document["milestone"]),
        on=date.fromisoformat(on) if on else None,
        platform=document["platform"],
        source=Source(document["source"]),
    )
