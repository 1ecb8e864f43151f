"""The templates of our account at Meta: what there is, what differs from ours, taking in and changing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.template_bodies import definition_of, edit_of
from bot.channels.whatsapp.templates import Template
from programme.model.templates import MARKETING, TemplateNews, TemplateState

_FIELDS: Final = "id,name,language,status,category,quality_score,rejected_reason,message_send_ttl_seconds,components"
_PAGE: Final = "100"

PREFIX: Final = "sobat_"
"""How the names of our templates begin; others of the account are nobody's business here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplate:
    """A template as Meta keeps it; `ttl` in seconds, None where the message waits for 30 days."""

    id: str
    name: str
    language: str
    state: TemplateState
    category: str | None
    quality: str | None
    reason: str
    ttl: int | None
    body: str
    footer: str
    labels: tuple[str, ...]

    def is_sent_as(self, ours: Template) -> bool:
        """Tell whether Meta sends it, and waits no longer for a phone than ours may."""
        in_time = self.ttl is not None and self.ttl <= ours.ttl
        return self.state is TemplateState.APPROVED and self.category != MARKETING and in_time

    def news(self, at: datetime, ours: Template) -> TemplateNews:
        """Return what there is to note of it. One that may wait for longer than ours is not to be sent."""
        state, reason = self.state, self.reason
        if state is TemplateState.APPROVED and (self.ttl is None or self.ttl > ours.ttl):
            state, reason = TemplateState.UNKNOWN, WRONG_TTL
        return TemplateNews(
            name=self.name,
            language=self.language,
            at=at,
            state=state,
            reason=reason,
            quality=self.quality,
            category=self.category,
        )


WRONG_TTL: Final = "WRONG_TTL"
"""Our own reason: it would wait for a phone longer than its name says."""


async def kept_templates(graph: Graph, account: str) -> dict[tuple[str, str], KeptTemplate]:
    """Return all of our templates at Meta, by name and language."""
    return {(one.name, one.language): one async for one in _listed(graph, account) if one.name.startswith(PREFIX)}


def differences(ours: Template, kept: KeptTemplate) -> list[str]:
    """Name what is different at Meta and can be edited."""
    pairs = {
        "body": (ours.numbered, kept.body),
        "footer": (ours.footer, kept.footer),
        "buttons": (tuple(button.label for button in ours.buttons), kept.labels),
        "time to live": (ours.ttl, kept.ttl),
    }
    return [name for name, (here, there) in pairs.items() if here != there]


def what_to_do(ours: Template, kept: KeptTemplate | None) -> str | None:
    """Say in one sentence what an operator should do about a template; None where it is in order."""
    if kept is None:
        return "not at Meta yet: sobat whatsapp templates push"
    if kept.state is not TemplateState.APPROVED:
        return _ADVICE.get(kept.state, "Meta does not send it: look at WhatsApp Manager").format(why=kept.reason or "?")
    if kept.category == MARKETING:
        return "filed as MARKETING and not sent: ask for a review in WhatsApp Manager, then go-on"
    if found := differences(ours, kept):
        held = "not sent, as it would arrive too late" if "time to live" in found else "sent with the old words"
        return f"differs in {', '.join(found)}, {held}: push --edit"
    if kept.quality not in {None, "GREEN", "UNKNOWN"}:
        return f"quality {kept.quality}: people block or report it; if that goes on, Meta pauses it"
    if kept.quality != "GREEN":
        return "new to Meta, which holds part of a wave back: send it to a few on the days before"
    return None


_ADVICE: Final[Mapping[TemplateState, str]] = {
    TemplateState.PENDING: "Meta looks at it, mostly within a day: wait",
    TemplateState.IN_APPEAL: "Meta looks at it again: wait",
    TemplateState.REJECTED: "rejected ({why}): change its words in templates.toml, then push --edit",
    TemplateState.PAUSED: "paused by Meta, as people blocked or reported it: a shorter step goes out; see who gets it",
    TemplateState.DISABLED: "disabled by Meta for good: word it anew under another family",
    TemplateState.LIMIT_EXCEEDED: "the account has too many templates: delete some in WhatsApp Manager",
    TemplateState.PENDING_DELETION: "being deleted: its name is free again in 30 days",
    TemplateState.DELETED: "deleted: its name is free again in 30 days",
    TemplateState.ARCHIVED: "archived by Meta, as nobody used it: take it back in WhatsApp Manager",
}


async def take_in(graph: Graph, account: str, ours: Template, sample: str | None) -> TemplateState:
    """Have Meta take a template in; return its first state. `sample` is the handle of a picture, where it has one."""
    answer = await graph.post(f"{account}/message_templates", definition_of(ours, sample if ours.picture else None))
    return _state(answer.get("status"))


async def change(graph: Graph, kept: KeptTemplate, ours: Template, sample: str | None) -> None:
    """Give a template our words: it is looked at again. Meta permits one a day and ten in 30 days for each."""
    await graph.post(kept.id, edit_of(ours, sample if ours.picture else None))


async def _listed(graph: Graph, account: str) -> AsyncIterator[KeptTemplate]:
    after: dict[str, str] = {}
    while True:
        page = await graph.get(f"{account}/message_templates", fields=_FIELDS, limit=_PAGE, **after)
        for one in page.get("data", ()):
            yield _kept(one)
        paging = page.get("paging") or {}
        cursor = (paging.get("cursors") or {}).get("after")
        if not paging.get("next") or not cursor or after == {"after": cursor}:
            return
        after = {"after": cursor}


def _kept(told: Mapping[str, Any]) -> KeptTemplate:
    parts = {str(part.get("type", "")).upper(): part for part in told.get("components", ())}
    ttl, quality = told.get("message_send_ttl_seconds"), told.get("quality_score")
    reason = told.get("rejected_reason") or ""
    return KeptTemplate(
        id=str(told.get("id", "")),
        name=str(told.get("name", "")),
        language=str(told.get("language", "")),
        state=_state(told.get("status")),
        category=told.get("category"),
        quality=quality.get("score") if isinstance(quality, Mapping) else None,
        reason="" if reason == "NONE" else str(reason),
        ttl=int(ttl) if ttl else None,
        body=str(parts.get("BODY", {}).get("text", "")),
        footer=str(parts.get("FOOTER", {}).get("text", "")),
        labels=tuple(str(one.get("text", "")) for one in parts.get("BUTTONS", {}).get("buttons", ())),
    )


def _state(told: object) -> TemplateState:
    return TemplateState(str(told)) if told in set(TemplateState) else TemplateState.UNKNOWN
