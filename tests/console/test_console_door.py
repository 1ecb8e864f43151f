"""The ways to the door: `/konsol` in the bot, `sobat staff link`, and the process that serves the console."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app.settings import WrongSetting, read_settings
from bot.app.wiring import build_app
from bot.channels.web.channel import WebChannel
from bot.console.access import SESSION_LASTS
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from programme.model.staff import Role, StaffMember
from tests.command_line import SOBAT
from tests.console.conftest import MONDAY
from tests.fakes.open_page import on_page

BUDI = StaffMember(channel="web", address="budi", role=Role.AGENT, name="Budi")


async def asked(who: str, url: str | None) -> tuple[str, bool]:
    """What somebody hears who writes /konsol, and whether that link lets them in."""
    clock = SetClock(MONDAY)
    web = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": web}, key=b"key", console_url=url) as app:
        web.store = app.store
        async with app.store.writing() as tx:
            await tx.staff.put(BUDI)
        row = await app.inbox_processor.take(
            Incoming(channel="web", address=who, id="1", at=clock.now(), text="/konsol")
        )
        assert row is not None
        await app.inbox_processor.answer(row)
        told = "\n".join(post.message.text for post in on_page(web, who))
        found = re.search(r"/konsol/masuk/([\w-]+)", told)
        async with app.store.writing() as tx:
            entered = await tx.doors.enter(found[1], SESSION_LASTS) if found else None
        return told, entered is not None


async def test_staff_get_a_link_and_nobody_else_does() -> None:
    """Budi is let in by what he is told; a participant who writes the same is shown the menu."""
    told, entered = await asked("budi", "https://konsol.example.org")
    assert "https://konsol.example.org/konsol/masuk/" in told
    assert "2 menit" in told
    assert entered
    told, entered = await asked("siti", "https://konsol.example.org")
    assert "konsol.example.org" not in told
    told, entered = await asked("budi", None)
    assert "CONSOLE_URL" in told
    assert not entered


def test_the_first_member_gets_in_by_the_command_line(tmp_path: Path) -> None:
    """`sobat staff link` makes a link for somebody who is on the staff, and says where it leads."""
    database = f"sqlite:///{tmp_path}/sobat.db"

    def sobat(*words: str) -> Result:
        return CliRunner().invoke(SOBAT, ["staff", *words, "--database", database])

    assert sobat("add", "--terminal", "rina", "--role", "admin", "--name", "Rina").exit_code == 0
    made = sobat("link", "Rina")
    assert re.search(r"http://127\.0\.0\.1:8090/konsol/masuk/[\w-]{30,}", made.output), made.output
    assert sobat("link", "Siapa").exit_code != 0


def test_the_console_has_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same port as that of the public pages, or an address without TLS, is refused with a sentence."""
    monkeypatch.setenv("CONSOLE_PORT", "8080")
    with pytest.raises(WrongSetting, match="never on one port"):
        read_settings()
    monkeypatch.setenv("CONSOLE_PORT", "8090")
    monkeypatch.setenv("CONSOLE_URL", "http://konsol.example.org")
    with pytest.raises(WrongSetting, match="https"):
        read_settings()
