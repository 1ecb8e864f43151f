"""Short questions that go on from an answer, by what it was about, and the conversations that answer them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.phrases.aspects import IN_SHORT, in_passing, in_short
from programme.model.messages import Open

FollowUps = Mapping[str, Open]

DATE_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "and mine": Open("deadline"),
        "yes or no": Open("deadline", {"verdict": "1"}),
        "join another": Open("revoked"),
        "what if it is missed": Open("revoked"),
        "why the hurry": Open("legal_basis"),
        "must it be now": Open("deadline"),
        "is it gone": Open("deadline", {"clocks": "1"}),
        "the sanction": Open("revoked"),
        "where the money goes": Open("revoked"),
        "in whose time": Open("deadline", {"clocks": "1"}),
        "is that the cutoff": Open("deadline"),
        **dict.fromkeys(("how it is counted", "may it move", "a doubt"), Open("deadline", {"doubted": "1"})),
        "somebody else's": Open("deadline", {"whose": "other"}),
        **dict.fromkeys(("what comes next", "how to do it"), Open("how_to_buy")),
        "is it final": Open("revoked"),
        "of the money": Open("incentive_rules"),
        "the funds are missing": Open("balance", {"ask": "missing"}),
        "with whose money": Open("not_now", {"reason": "money"}),
        "must one pay oneself": Open(IN_SHORT, {OF: "how_to_buy"}),
        "then I buy": Open("how_to_buy"),
        **dict.fromkeys(("if it fails", "tried already"), Open("purchase_problem")),
        **in_passing("deadline"),
    }
)
PLAN_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        **{what: leads_to for what, leads_to in DATE_QUESTIONS.items() if what != "a doubt"},
        "really": Open("deadline", {"doubted": "1"}),
        "still in time": Open("deadline"),
        "whom to ask": Open("call_center"),
    }
)
"""A reminder tells the day, so whatever may be asked of the day may be asked of it; a number there is an hour."""
BUYING_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "whom to ask": Open("platform_contact"),
        "if it fails": Open("purchase_problem"),
        "the price is asked": Open(IN_SHORT, {OF: "how_to_buy", ASKED: "how much"}),
        **DATE_QUESTIONS,
        **in_short("how_to_buy"),
        "tried already": Open("purchase_problem"),
    }
)
MONEY_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "paid for the second": Open("second_training"),
        **in_passing("incentive_rules"),
        "how long": Open("when_paid"),
        "when it is": Open("when_paid"),
        "if it fails": Open("incentive_problem", {"shows": "failed"}),
        "if it stays so": Open("incentive_problem", {"shows": "late"}),
        "where it is": Open("incentive_history"),
        "is it lost": Open("incentive_problem"),
        "what comes next": Open("status"),
    },
)
CONTACT_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "videos are watched": Open("balance", {"ask": "missing", "why": "watched"}),
        "tried already": Open("platform_contact"),
        "when they answer": Open("contact_detail"),
        "on a day off": Open("contact_detail", {"asked": "when they answer"}),
        "by another way": Open("contact_detail"),
        "nobody answers": Open("contact_detail"),
        "it does not connect": Open("contact_detail", {ASKED: "nobody answers"}),
        "to try it oneself": Open("acknowledged"),
        "does it cost": Open("call_cost"),
        "phone or chat": Open("platform_contact"),
        "whom to ask": Open("platform_contact"),
    }
)
WHOSE_ACCOUNT: Final[FollowUps] = MappingProxyType(
    {
        **{what: in_short("payment_account")[what] for what in ("the steps", "to disconnect", "of one household")},
        "an account of another": Open("payment_account", {"ask": "another"}),
    }
)
PHONE_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "whom to ask": Open("contact_detail"),
        **MONEY_QUESTIONS,
        "which comes first": Open("account_access", {"trouble": "phone"}),
        **WHOSE_ACCOUNT,
        "where to upgrade": Open("payment_account", {"ask": "upgrade"}),
        "where to look": Open("incentive_history"),
        "change the account": Open("payment_account", {"step": "change"}),
    }
)
REMINDER_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "when the next comes": Open("reminder_settings"),
        **dict.fromkeys(("when it is", "how long"), Open("reminder_settings", {ASKED: "when the next comes"})),
        "fewer reminders": Open("reminder_settings", {"level": "fewer"}),
        "no reminders": Open("reminder_settings", {"level": "none"}),
        "all reminders": Open("reminder_settings", {"level": "all"}),
    }
)
PATH_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        "the money, when": Open("when_paid"),
        "when it is paid": Open("when_paid"),
        "what comes next": Open("status"),
        "is all well": Open("deadline"),
        "of the money": Open("incentive_rules"),
    }
)
BOUGHT_QUESTIONS: Final[FollowUps] = MappingProxyType(
    {
        **PATH_QUESTIONS,
        **in_short("report_bought"),
        **dict.fromkeys(("until which day", "still in time now"), Open("finish_by")),
        **dict.fromkeys(("if it fails", "tried already"), Open("training_access")),
        "if it stays so": Open("purchase_problem", {"what": "not_shown"}),
    }
)
