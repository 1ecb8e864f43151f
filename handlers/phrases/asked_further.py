"""Short questions that go on from an answer, by what it was about, and the conversations that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from programme.model.messages import Open

FollowUps = Mapping[str, Open]

DATE_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "what if it is missed": Open("revoked"),
        "in whose time": Open("deadline", {"clocks": "1"}),
        "a doubt": Open("deadline", {"doubted": "1"}),
        "somebody else's": Open("deadline", {"whose": "other"}),
        "how long": Open("deadline"),
        "what comes next": Open("how_to_buy"),
        "still in time now": Open("deadline"),
        "when it is": Open("deadline"),
    }
)
PLAN_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        **{what: leads_to for what, leads_to in DATE_QUESTIONS.items() if what != "a doubt"},
        "really": Open("deadline", {"doubted": "1"}),
        "still in time": Open("deadline"),
        "whom to ask": Open("call_center"),
        "said again": Open("deadline"),
    }
)
"""A reminder tells the day, so whatever may be asked of the day may be asked of it; a number there is an hour."""
BUYING_QUESTIONS: Final[FollowUps] = MappingProxyType({"whom to ask": Open("platform_contact"), **DATE_QUESTIONS})
MONEY_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "how many times": Open("incentive_rules"),
        "how long": Open("when_paid"),
        "where it is": Open("incentive_history"),
        "is it lost": Open("incentive_problem"),
        "what comes next": Open("status"),
    },
)
CONTACT_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "tried already": Open("platform_contact"),
        "does it cost": Open("call_cost"),
        "phone or chat": Open("platform_contact"),
        "whom to ask": Open("platform_contact"),
    }
)
PHONE_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {"which comes first": Open("account_access", {"trouble": "phone"}), **MONEY_QUESTIONS}
)
PATH_QUESTIONS: Final[FollowUps] = MappingProxyType({"what comes next": Open("status")})
