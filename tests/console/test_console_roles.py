"""Who gets in, by which door, and for how long."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import FastAPI

from bot.app.console import console_parts
from bot.console.pages import PublicBeside, mount_console
from bot.console.trail import as_csv
from bot.store.repositories.staff import AuditEntry
from programme.model.staff import Role
from tests.console.conftest import OURS, STAFF, Staffed
from tests.databases import MONDAY


async def link_for(staffed: Staffed, who: str) -> str:
    member = next(one for one in STAFF if one.address == who)
    code = await staffed.console.access.link(member, member.who)
    assert code is not None
    return f"/konsol/masuk/{code}"


async def test_a_link_is_used_up_by_the_press_alone(staffed: Staffed) -> None:
    """A preview that looks at it uses nothing up; the second press, and one after two minutes, open nothing."""
    browser, link = staffed.browser().http_client, await link_for(staffed, "budi")
    for _look in range(3):
        assert (await browser.get(link)).status_code == 200
    entered = await browser.post(link, headers=OURS)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert (await browser.post(link, headers=OURS)).status_code == 403
    late = await link_for(staffed, "budi")
    await staffed.later(minutes=2)
    assert (await staffed.browser().http_client.post(late, headers=OURS)).status_code == 403
    refused = [who for who, _act, _on in await staffed.trail("console.refused")]
    assert refused == ["demo:budi", "demo:budi"]


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}])
async def test_another_site_can_do_nothing(staffed: Staffed, headers: dict[str, str]) -> None:
    """A form on another page signs nobody in and nobody out."""
    budi = (await staffed.signed_in("budi")).http_client
    assert (await budi.post(await link_for(staffed, "sari"), headers=headers)).status_code == 403
    assert (await budi.post("/konsol/keluar", headers=headers)).status_code == 403
    assert (await budi.get("/konsol")).status_code == 200


async def test_a_session_ends(staffed: Staffed) -> None:
    """By leaving, and after twelve hours; a token that was copied before is of no use then."""
    browser = (await staffed.signed_in("budi")).http_client
    token = browser.cookies["sobat-konsol"]
    assert (await browser.post("/konsol/keluar", headers=OURS)).status_code == 303
    browser.cookies.set("sobat-konsol", token)
    assert (await browser.get("/konsol")).status_code in {303, 307}
    assert ("demo:budi", "console.refused", "/konsol") in await staffed.trail("console.refused")
    other = (await staffed.signed_in("wati")).http_client
    await staffed.later(hours=12)
    assert (await other.get("/konsol")).status_code in {303, 307}


async def test_a_member_who_is_removed_can_do_nothing_more(staffed: Staffed) -> None:
    """Their open tab is refused at the next press, at the next change, and stays so when they come back."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await staffed.signed_in("budi")
    await budi.open(f"/konsol/aduan?aduan={ticket.id}")
    await budi.should_see("Ambil")
    async with staffed.app.store.writing() as tx:
        await tx.staff.remove("demo", "budi")
        await tx.staff.put(STAFF[1])
    budi.find(marker="Ambil").click()
    budi.find(marker="kirim").trigger("click", "Halo")
    for _turn in range(50):
        if ("demo:budi", "console.refused", "/konsol/aduan") in await staffed.trail("console.refused"):
            break
        await asyncio.sleep(0)
    assert ("demo:budi", "console.refused", "/konsol/aduan") in await staffed.trail("console.refused")
    assert (await staffed.ticket(ticket.id)).owner is None
    assert "Halo" not in staffed.heard("siti").splitlines()
    assert (await budi.http_client.get("/konsol")).status_code in {303, 307}


async def test_a_role_that_shrinks_ends_what_was_open(staffed: Staffed) -> None:
    """A supervisor who becomes an agent can't turn a page of the trail any more."""
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/jejak")
    await sari.should_see("masuk ke konsol")
    async with staffed.app.store.writing() as tx:
        lower = STAFF[0].__class__(channel="demo", address="sari", role=Role.AGENT, name="Sari")
        await tx.staff.put(lower)
    sari.find(marker="Siapa").trigger("change", "demo:sari")
    for _turn in range(50):
        if ("demo:sari", "console.refused", "/konsol/jejak") in await staffed.trail("console.refused"):
            return
        await asyncio.sleep(0)
    pytest.fail("the page was turned")


async def test_the_console_is_never_beside_a_public_page(staffed: Staffed) -> None:
    """On one application with Telegram's webhook, or with the chat page, it is refused with a sentence."""
    for public in ("/telegram", "/whatsapp", "/"):
        server = FastAPI()
        server.get(public)(lambda: None)
        with pytest.raises(PublicBeside, match="by itself"):
            mount_console(console_parts(staffed.app), server)


async def test_pages_may_not_be_framed(staffed: Staffed) -> None:
    """No other site shows the console in a frame of its own; nothing is loaded from elsewhere."""
    from bot.channels.web.headers import HEADERS

    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    budi = await staffed.signed_in("budi")
    page = (await budi.http_client.get("/konsol")).text
    assert 'src="http' not in page
    assert 'href="http' not in page


def test_a_spreadsheet_computes_nothing() -> None:
    """What somebody called themselves is no formula in the file of the trail."""
    entry = AuditEntry(MONDAY, "telegram:1", "=HYPERLINK(1)", "+1", {"name": "x"})
    assert ",'=HYPERLINK(1),'+1," in as_csv([entry])
