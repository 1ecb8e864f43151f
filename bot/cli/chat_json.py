"""`sobat chat --json`: one JSON object in, one JSON object out, for scripts."""

from __future__ import annotations

import sys
from datetime import datetime

import orjson
from typer import BadParameter

from bot.cli.chat import Chat, NoSuchButton, Shown, lines, open_chat
from bot.cli.explained import explained
from bot.cli.options import as_moment
from programme.model.phones import normal_phone
from programme.model.zones import Zone


async def run_json(
    *, at: datetime, person: str, database: str | None, vouch: bool = False, why: bool = False, whatsapp: bool = False
) -> None:
    """Read commands from standard input until it ends; every line gets its answer."""
    async with open_chat(at=at, person=person, database=database, vouch=vouch, whatsapp=whatsapp) as chat:
        async for line in lines():
            try:
                answer = _answer(chat, await _obey(chat, line))
                reasons = explained(chat.outcome) if why and chat.outcome is not None else None
                _write(answer if reasons is None else {**answer, "why": reasons})
            except BadParameter as bad:
                _write({"error": bad.message})


async def _obey(chat: Chat, line: str) -> list[Shown]:
    """Carry out a line. Raises BadParameter, which says what to write instead."""
    match _parse(line):
        case {"text": str() as text, **rest}:
            return await chat.say(text, forwarded=rest.get("forwarded") is True)
        case {"press": str() as label}:
            try:
                return await chat.press(label)
            except NoSuchButton:
                raise BadParameter(f"no button {label!r} has been shown") from None
        case {"contact": str() as number}:
            if (phone := normal_phone(number)) is None:
                raise BadParameter(f"{number!r} is no Indonesian mobile number, such as +6281234567890")
            if not chat.vouches:
                raise BadParameter("over a database a number is the person's own only where you say so: add --vouch")
            return await chat.share_contact(phone)
        case {"clock": str() as moment}:
            return await chat.set_clock(as_moment(moment))
        case _:
            raise BadParameter('expected one of {"text": …}, {"press": …}, {"contact": …}, {"clock": …}')


def _parse(line: str) -> object:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as bad:
        raise BadParameter(f"not JSON: {bad}") from None


def _answer(chat: Chat, news: list[Shown]) -> dict[str, object]:
    outcome = chat.outcome
    confidence = outcome.confidence if outcome else None
    return {
        "at": _iso(chat.clock.now()),
        "intent": outcome.intent if outcome else None,
        "confidence": None if confidence is None else round(confidence, 2),
        "messages": [_shown(shown) for shown in news],
    }


def _shown(shown: Shown) -> dict[str, object]:
    return {
        "kind": shown.kind.value,
        "text": shown.text,
        "buttons": shown.buttons,
        "links": shown.links,
        "picture": _has_picture(shown),
        **({"document": shown.message.document.data.decode()} if shown.message.document else {}),
        "sent_at": _iso(shown.at),
        **({"posts": shown.whatsapp.bodies, "category": shown.whatsapp.category} if shown.whatsapp else {}),
    }


def _has_picture(shown: Shown) -> bool:
    if shown.whatsapp is not None:
        return any(bubble.picture is not None for bubble in shown.whatsapp.bubbles)
    return shown.message.picture is not None


def _iso(moment: datetime) -> str:
    return moment.astimezone(Zone.WIB.tz).isoformat(timespec="seconds")


def _write(answer: dict[str, object]) -> None:
    sys.stdout.write(orjson.dumps(answer).decode() + "\n")
    sys.stdout.flush()
