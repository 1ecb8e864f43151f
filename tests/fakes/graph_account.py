"""What Meta does to an account by itself: reviews, ratings, categories, pacing, restrictions; told by webhooks."""

from __future__ import annotations

from typing import Any

from tests.fakes.graph_delivery import Delivery
from tests.fakes.graph_limits import TIERS
from tests.fakes.graph_state import State
from tests.fakes.graph_templates import Template
from tests.fakes.graph_webhooks import Webhooks


class AccountEvents:
    """The hand of Meta; shapes as in the kept webhooks, else as Meta's webhook reference has them."""

    def __init__(self, state: State, hooks: Webhooks, delivery: Delivery) -> None:
        self._state = state
        self._hooks = hooks
        self._delivery = delivery

    def template(self, name: str, body: str, *, language: str = "id", quality: str = "GREEN", **more: Any) -> Template:
        """An approved template; `more` are `category`, `ttl` (seconds), `header`, `footer`, `buttons`."""
        parts: list[dict[str, Any]] = [{"type": "BODY", "text": body}]
        parts += [{"type": "HEADER", **more["header"]}] if "header" in more else []
        parts += [{"type": "FOOTER", "text": more["footer"]}] if "footer" in more else []
        parts += [{"type": "BUTTONS", "buttons": more["buttons"]}] if "buttons" in more else []
        number = str(len(self._state.templates.all) + 920_070_352_646_140)
        made = Template(number, name, language, more.get("category", "UTILITY"), parts, "APPROVED", quality)
        made.ttl = more.get("ttl")
        self._state.templates.all[number] = made
        return made

    def review(self, template: Template, status: str | None = None, reason: str | None = None) -> None:
        """End a review or change a state: APPROVED unless its wording is against the rules; or any status."""
        broken = template.rejected_reason != "NONE"
        template.status = status or ("REJECTED" if broken else "APPROVED")
        if reason is not None:
            template.rejected_reason = reason
        value: dict[str, Any] = {"event": template.status, **_named(template), "reason": template.rejected_reason}
        self._hooks.event("message_template_status_update", {**value, "message_template_category": template.category})

    def rate(self, template: Template, quality: str) -> None:
        """Give a template another quality: GREEN, YELLOW, RED, UNKNOWN."""
        scores = {"previous_quality_score": template.quality, "new_quality_score": quality}
        template.quality = quality
        self._hooks.event("message_template_quality_update", {**scores, **_named(template)})

    def announce_category(self, template: Template, category: str) -> None:
        """An impending change: `new_category` is what it still is (Meta, template_category_update)."""
        template.correct_category = category
        later = int(self._state.stamp()) + 86_400
        value = {"correct_category": category, "new_category": template.category, "category_update_timestamp": later}
        self._hooks.event("template_category_update", {**_named(template), **value})

    def recategorise(self, template: Template, category: str) -> None:
        """A completed change."""
        template.previous_category, template.category = template.category, category
        template.correct_category = None
        value = {"previous_category": template.previous_category, "new_category": category}
        self._hooks.event("template_category_update", {**_named(template), **value})

    def release(self, template: Template) -> None:
        """Pacing ends well: what was held goes out and the template is GREEN."""
        template.quality = "GREEN"
        self._delivery.release(template)

    def drop(self, template: Template) -> None:
        """Pacing ends badly: the template is paused, what was held fails."""
        self.review(template, "PAUSED")
        self._delivery.drop(template)

    def rate_number(self, event: str, limit: str | None = None) -> None:
        """FLAGGED, UNFLAGGED, ONBOARDING, UPGRADE, DOWNGRADE ...; `limit` such as TIER_2K is set as well."""
        old = self._delivery.limits.tier_name()
        if limit is not None:
            self._delivery.limits.tier = TIERS[limit]
        value = {"display_phone_number": self._state.account.display_number, "event": event}
        limits = {"old_limit": old, "current_limit": self._delivery.limits.tier_name()}
        self._hooks.event("phone_number_quality_update", {**value, **limits})

    def restrict(self, kind: str = "RESTRICTED_BIZ_INITIATED_MESSAGING") -> None:
        """Lock the account: every sending is answered with 131031."""
        self._state.account.locked = True
        info = [{"restriction_type": kind, "expiration": int(self._state.stamp()) + 7 * 86_400}]
        self.account("ACCOUNT_RESTRICTION", restriction_info=info)

    def account(self, event: str, **value: Any) -> None:
        """Any `account_update`."""
        self._hooks.event("account_update", {"event": event, **value})


def _named(template: Template) -> dict[str, Any]:
    return {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
