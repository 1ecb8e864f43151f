"""Words of acts: nobody reads a code in the trail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot
from bot.console.act_words import act_name
from handlers.helpdesk.orders import TicketAct
from locales import languages, speaking
from programme.edits import EditState
from programme.model.broadcasts import BroadcastAct
from programme.model.participants import Pause

_RECORDED = re.compile(
    r'"((?:breach|broadcast|chat|console|duty|import|incident|person|programme|staff|ticket|understanding)'
    r'\.[a-z_]+(?:\.[a-z_]+)*)"'
)
_OTHERS = {"console.js", "staff.css", "staff.id"}  # files and columns


def recorded() -> set[str]:
    """Every act that some code writes into the trail."""
    files = [file for file in Path(bot.__file__).parent.rglob("*.py") if file.name != "act_words.py"]
    found = {code for file in files for code in _RECORDED.findall(file.read_text("utf-8"))} - _OTHERS
    made = {
        *(f"ticket.{act}" for act in TicketAct),
        *(f"broadcast.{act}" for act in BroadcastAct),
        *(f"person.{pause}" for pause in Pause),
        *(f"programme.{state}" for state in EditState if state is not EditState.PROPOSED),
        *BroadcastAct,
    }
    return found | made


@pytest.mark.parametrize("code", languages())
def test_every_act_has_a_name(code: str) -> None:
    """Also what was tried and refused."""
    with speaking(code):
        for act in recorded():
            assert act_name(act) != act
            assert not re.search(r"[a-z]\.[a-z]", act_name(f"{act}.refused")), act
