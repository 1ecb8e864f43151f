"""Nothing of a page is drawn anew because something else changed: a press on its way meets what it was meant for."""

from __future__ import annotations

from nicegui import ui
from nicegui.testing.user import User

from bot.console.shown import Shown
from tests.console.conftest import Staffed


def test_a_part_is_drawn_once_from_the_same() -> None:
    """Each part for itself, and anew as soon as its source differs from the last one."""
    shown = Shown()
    assert shown.differs("rows", (1, 2))
    assert not shown.differs("rows", (1, 2))
    assert shown.differs("head", (1, 2))
    assert shown.differs("rows", (1, 3))
    assert shown.differs("rows", (1, 2))


def keys(user: User) -> set[int]:
    """What can be pressed on the page: the elements, which a browser names to the server when one is."""
    return {each.id for each in user.find(ui.element).elements if each.tag == "button"}


async def test_keys_stay_themselves_while_others_are_busy(staffed: Staffed) -> None:
    """A participant chats, a colleague's page opens; the keys of the list and the thread are those of before."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    user = await staffed.signed_in("budi")
    await user.open(f"/konsol/aduan?aduan={ticket.id}")
    await user.should_see("Kirim ke peserta")
    before = keys(user)
    await staffed.says("andi", "/start", "batas beli kapan?")
    await staffed.console.live.tell()
    assert keys(user) == before
    await staffed.complains("rudi", "Voucher gagal")
    await staffed.console.live.tell()
    assert keys(user) != before
