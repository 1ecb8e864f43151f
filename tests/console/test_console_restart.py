"""The console ends under twenty open tabs and begins again: nothing that matters lived in it."""

from __future__ import annotations

from nicegui.testing.user import User

from tests.console.conftest import STAFF, Staffed, open_console


async def tab(staffed: Staffed, cookie: str, ticket: int) -> User:
    """A tab of somebody who is signed in by this cookie already."""
    user = staffed.browser()
    user.http_client.cookies.set("sobat-konsol", cookie)
    await user.open(f"/konsol/aduan?tumpukan=terbuka&aduan={ticket}")
    await user.should_see("Kirim ke peserta")
    return user


async def test_twenty_tabs_go_on_after_a_restart(sqlite_url: str) -> None:
    """Nobody signs in anew, every draft is there, and an answer of the last second goes out once."""
    async with open_console(sqlite_url) as before:
        tickets = [(await before.complains(f"orang {number}", "Saldo saya nol")).id for number in range(5)]
        cookies = {}
        for member in STAFF:
            user = await before.signed_in(member.address)
            cookies[member.address] = user.http_client.cookies["sobat-konsol"]
        places = [(who, ticket) for who in cookies for ticket in tickets]
        for who, ticket in places:
            user = await tab(before, cookies[who], ticket)
            user.find(marker="jawaban").trigger("input", f"Draf {who} {ticket}")
            await user.should_see("Draf tersimpan.")
        budi = await tab(before, cookies["budi"], tickets[0])
        budi.find(marker="kirim").trigger("click", "Sudah kami cek, kak.")
        await budi.should_see("Sudah kami cek, kak.")
        assert "Sudah kami cek" not in before.heard("orang 0"), "it may still be undone"
    async with open_console(sqlite_url) as after:
        for cookie in cookies.values():
            await tab(after, cookie, tickets[1])
        for who, ticket in places:
            answered = (who, ticket) == ("budi", tickets[0])
            assert await after.draft(ticket, who) == ("" if answered else f"Draf {who} {ticket}")
        for _time in range(2):
            await after.goes_out()
        assert after.heard("orang 0").count("Sudah kami cek, kak.") == 1
        assert not await after.trail("console.refused")
