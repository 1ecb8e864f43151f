"""Message templates of an account: created, reviewed, listed by pages, edited, deleted.

Rules: Meta, templates/overview and the reference of `message_templates`; times to live from Meta, time-to-live.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from programme.model.clock import Clock
from tests.fakes.graph_errors import GraphError, missing, nothing_there
from tests.fakes.graph_template_text import check_components, rejection

STATES = frozenset({"PENDING", "APPROVED", "PAUSED", "DISABLED", "REJECTED"})
CATEGORIES = frozenset({"UTILITY", "MARKETING", "AUTHENTICATION"})
LASTS = timedelta(days=30)  # how long anything without a time to live waits for a phone that is off
_TTL = {"UTILITY": (30, 43_200), "MARKETING": (43_200, 2_592_000), "AUTHENTICATION": (30, 900)}  # seconds
_SETTINGS = {"components", "category", "message_send_ttl_seconds", "parameter_format", "allow_category_change"}
_USUAL = ("name", "status", "category", "components", "language", "id")
_ASKABLE = {*_USUAL, "quality_score", "message_send_ttl_seconds", "rejected_reason", "previous_category"} | {
    "parameter_format",
    "correct_category",
}
_NAME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


@dataclass(slots=True)
class Template:
    """One template in one language; `sent` counts what was sent since it was approved, `held` what pacing holds."""

    id: str
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = "PENDING"
    quality: str = "UNKNOWN"
    ttl: int | None = None  # seconds
    parameter_format: str = "POSITIONAL"
    rejected_reason: str = "NONE"
    previous_category: str | None = None
    correct_category: str | None = None
    sent: int = 0
    held: list[Any] = field(default_factory=list)

    @property
    def lasts(self) -> timedelta:
        """How long a message of it waits for a phone that is off."""
        return LASTS if self.ttl is None else timedelta(seconds=self.ttl)

    def component(self, kind: str) -> dict[str, Any]:
        return next((each for each in self.components if each["type"].upper() == kind), {})

    def described(self, asked: tuple[str, ...]) -> dict[str, Any]:
        """As the list shows it; what is not set is left out, as Graph does."""
        every = {
            "name": self.name,
            "status": self.status,
            "category": self.category,
            "components": self.components,
            "language": self.language,
            "id": self.id,
            "quality_score": {"score": self.quality, "date": 1_764_000_000},
            "message_send_ttl_seconds": self.ttl,
            "rejected_reason": self.rejected_reason,
            "previous_category": self.previous_category,
            "correct_category": self.correct_category,
            "parameter_format": self.parameter_format,
        }
        return {name: every[name] for name in (*asked, "id") if every[name] is not None}


class Templates:
    """The templates of one account."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.all: dict[str, Template] = {}
        self._deleted: dict[str, datetime] = {}
        self._last = 1_689_556_908_129_831

    def create(self, given: dict[str, Any]) -> Template:
        """Raises GraphError; a body against the rules of wording is taken and then rejected, as in a review."""
        _known(given, {"name", "language"} | _SETTINGS)
        for needed in ("name", "language", "category", "components"):
            if needed not in given:
                raise missing(needed)
        self._check_name(str(given["name"]), str(given["language"]))
        self._last += 1
        made = Template(str(self._last), given["name"], given["language"], "", [])
        self._settle(made, given)
        self.all[made.id] = made
        return made

    def _check_name(self, name: str, language: str) -> None:
        if not 0 < len(name) <= 512 or not set(name) <= _NAME:
            raise GraphError(100, "name must be lowercase letters, digits and underscores, at most 512")
        if any((each.name, each.language) == (name, language) for each in self.all.values()):
            raise GraphError(100, "Content in this language already exists", subcode=2388024)
        gone = self._deleted.get(name)
        if gone is not None and self.clock.now() - gone < LASTS:
            raise GraphError(100, "Message template language is being deleted: 30 days", subcode=2388023)

    def edit(self, given_id: str, given: dict[str, Any]) -> Template:
        """Re-file it: it is pending again, and its time to live is gone unless it is given again [B]."""
        found = self.by_id(given_id)
        _known(given, {"name", "language"} | _SETTINGS)
        if found.status not in {"APPROVED", "REJECTED", "PAUSED"}:
            raise GraphError(100, f"A template that is {found.status} can't be edited", subcode=2388017)
        if "category" in given and found.status == "APPROVED" and given["category"] != found.category:
            raise GraphError(100, "The category of an approved template can't be edited", subcode=2388017)
        if not given.keys() & _SETTINGS:
            raise missing("components")
        whole = {"category": found.category, "components": found.components, "parameter_format": found.parameter_format}
        self._settle(found, whole | given)
        found.status, found.quality, found.sent = "PENDING", "UNKNOWN", 0
        return found

    def _settle(self, template: Template, given: dict[str, Any]) -> None:
        category = str(given["category"]).upper()
        if category not in CATEGORIES:
            raise GraphError(100, f"category must be one of {sorted(CATEGORIES)}")
        ttl = given.get("message_send_ttl_seconds")
        least, most = _TTL[category]
        if ttl is not None and (not isinstance(ttl, int) or not least <= ttl <= most):
            raise GraphError(100, f"message_send_ttl_seconds of {category} must be {least} to {most}")
        kind = str(given.get("parameter_format", "POSITIONAL")).upper()
        check_components(given["components"], kind)
        template.category, template.components, template.ttl = category, given["components"], ttl
        template.parameter_format, template.rejected_reason = kind, rejection(given["components"])

    def delete(self, name: str | None, given_id: str | None) -> None:
        """Delete every language of a name, or the one with the id. Raises GraphError."""
        if not name:
            raise missing("name")
        gone = [each for each in self.all.values() if each.name == name and given_id in {None, each.id}]
        if not gone:
            raise GraphError(100, "Message template not found", subcode=2593002)
        for each in gone:
            del self.all[each.id]
        if given_id is None:
            self._deleted[name] = self.clock.now()

    def by_id(self, given: str) -> Template:
        if given not in self.all:
            raise nothing_there(given)
        return self.all[given]

    def find(self, name: str, language: str) -> Template | None:
        return next((each for each in self.all.values() if (each.name, each.language) == (name, language)), None)

    def page(self, asked: dict[str, str], base: str) -> dict[str, Any]:
        """One page of the list: `fields`, `limit`, `after`, and filters by name, status, category, language."""
        wanted = asked_fields(asked, _USUAL, _ASKABLE)
        filters = {name: asked[name] for name in ("name", "status", "category", "language") if name in asked}
        fitting = [
            each
            for each in self.all.values()
            if all(str(getattr(each, name)).upper() == value.upper() for name, value in filters.items())
        ]
        first = int(base64.b64decode(asked["after"])) if asked.get("after") else 0
        last = first + int(asked.get("limit") or 25)
        cut = fitting[first:last]
        answer: dict[str, Any] = {"data": [each.described(wanted) for each in cut]}
        if cut:
            answer["paging"] = {"cursors": {"before": _cursor(first), "after": _cursor(last)}}
        if last < len(fitting):
            answer["paging"]["next"] = f"{base}?after={_cursor(last)}&limit={last - first}"
        return answer

    def one(self, given_id: str, asked: dict[str, str]) -> dict[str, Any]:
        return self.by_id(given_id).described(asked_fields(asked, _USUAL, _ASKABLE))


def asked_fields(asked: dict[str, str], usual: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
    """The fields that a GET asks for. Raises 100 for one that is not there, as Graph does."""
    names = tuple(name.strip() for name in asked.get("fields", "").split(",") if name.strip()) or usual
    for name in names:
        if name.partition("{")[0] not in known:
            raise GraphError(100, f"Tried accessing nonexisting field ({name})")
    return names


def _known(given: dict[str, Any], allowed: set[str]) -> None:
    unknown = sorted(given.keys() - allowed)
    if unknown:
        raise GraphError(100, f"Unexpected key {unknown[0]!r} on param 'message_templates'")


def _cursor(place: int) -> str:
    return base64.b64encode(str(place).encode()).decode()
