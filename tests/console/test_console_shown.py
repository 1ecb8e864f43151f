"""Nothing of a page is drawn anew because something else changed: a press on its way meets what it was meant for."""

from __future__ import annotations

from dataclasses import replace

from nicegui import ui
from nicegui.testing.user import User

from bot.console.shown import Shown
from bot.console.still import Still
from programme.model.tickets import TicketState
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


async def test_a_row_that_leaves_the_list_leaves_the_others_alone(staffed: Staffed) -> None:
    """A colleague takes one complaint of the queue, and its row stays; its person's data are deleted, and it goes: the
    other one is the same as before."""
    taken, other = await staffed.complains("siti", "Saldo saya nol"), await staffed.complains("andi", "Voucher gagal")
    user = await staffed.signed_in("budi")
    await user.open("/konsol/aduan")

    def rows() -> dict[str, int]:
        drawn = [(each.id, each.props["drawn"]) for each in user.find(Still).elements]
        return {str(one.id): at for one in (taken, other) for at, told in drawn if f'"data-ticket":"{one.id}"' in told}

    before = rows()
    async with staffed.app.store.writing() as tx:
        await tx.tickets.save(replace(taken, state=TicketState.HELD, owner="demo:wati"))
    await staffed.console.live.look()
    assert rows() == before
    async with staffed.app.store.writing() as tx:
        await tx.people.forget(taken.participant)
    await staffed.console.live.look()
    assert rows() == {str(other.id): before[str(other.id)]}


async def test_what_is_stuck_is_drawn_anew_only_where_it_changed(staffed: Staffed) -> None:
    """A complaint comes: neither table of Yang macet shows it, and both stay as they are."""
    user = await staffed.signed_in("sari")
    await user.open("/konsol/macet")
    await user.should_see("Tidak ada yang menunggu")
    before = {each.id for each in user.find(ui.element).elements}
    await staffed.complains("rudi", "Voucher gagal")
    await staffed.console.live.tell()
    assert {each.id for each in user.find(ui.element).elements} == before
