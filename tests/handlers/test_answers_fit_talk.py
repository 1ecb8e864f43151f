"""Every answer fits a phone: its length, its keys, its markup, and a next step."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product

import pytest
from talking import Talk

from bot.channels.buttons import ButtonSigner
from handlers.dialogue.register import conversations
from programme.model.events import MilestoneReached
from programme.model.messages import Button
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone

NAMES = [
    "call_center",
    "platform_contact",
    "certificate",
    "rating_review",
    "survey",
    "change_training",
    "second_training",
    "revoked",
    "incentive_rules",
    "account_access",
    "payment_account",
    "balance",
    "fraud",
    "share",
    "privacy",
    "language",
    "register_wave",
]
PEOPLE = {
    "new": Participant(id=1),
    "unknown wave": Participant(id=1, welcomed=True),
    "in Makassar": Participant(id=1, welcomed=True, wave=21, zone=Zone.WITA),
    "zone unknown": Participant(id=1, welcomed=True, wave=21),
    "has bought": Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.BOUGHT)),
    "of 2023": Participant(id=1, welcomed=True, wave=51),
}
MOMENTS = ("2021-09-17T09:00+07:00", "2021-10-18T09:00+07:00", "2021-12-20T09:00+07:00", "2023-05-01T09:00+07:00")
MORE = (
    ("account_access", "trouble", "otp"),
    ("account_access", "trouble", "password"),
    ("account_access", "trouble", "phone"),
    ("account_access", "trouble", "email"),
    ("account_access", "trouble", "blocked"),
    ("balance", "ask", "missing"),
    ("fraud", "happened", "1"),
    ("payment_account", "partner", "gopay"),
    ("payment_account", "connected", "1"),
    ("platform_contact", "platform", "mau_belajar_apa"),
    ("platform_contact", "platform", "skill_academy"),
    ("privacy", "show", "1"),
    ("revoked", "bought", "yes"),
    ("revoked", "bought", "no"),
    ("forget_me", "", ""),
)


@pytest.mark.parametrize("who", PEOPLE)
async def test_every_answer_fits(who: str) -> None:
    asked = [(name, {}) for name in NAMES] + [(name, {key: value} if key else {}) for name, key, value in MORE]
    for (name, answers), moment in product(asked, MOMENTS):
        talk = Talk(PEOPLE[who], at=datetime.fromisoformat(moment))
        await talk.opens(name, **answers)
        where = f"{name} {answers} {moment}"
        for message in talk.messages:
            assert len(message.text) <= 640, f"{where}: {len(message.text)} characters"
            assert len(message.keys) <= 6, where
            assert not re.search(r"<(?!/?[bi]>)|\{\w*\}", message.text), where
        assert all(len(key.label) <= 32 for key in talk.keys), where
        assert talk.messages[-1].keys, where


async def test_every_button_leads_somewhere_and_can_be_signed() -> None:
    signer = ButtonSigner(b"k" * 32)
    for name, who in product(NAMES, PEOPLE.values()):
        talk = Talk(who)
        await talk.opens(name)
        assert talk.leads_to <= set(conversations()), f"{name}: {talk.leads_to - set(conversations())}"
        for key in talk.keys:
            if isinstance(key, Button):
                signer.write(key.action)
