"""The whole bot on WhatsApp: real webhooks, real store, the strict server on the other side."""

from __future__ import annotations

from tests.fakes.graph import FakeGraph
from tests.whatsapp.whole_bot import WholeBot


async def test_somebody_in_makassar_goes_through_the_start(graph: FakeGraph, bot: WholeBot) -> None:
    """Wave, town by name; the deadline on both clocks."""
    ani = graph.user("6281234567890", name="Ani")
    await ani.says("halo")
    await ani.hears("gelombang")
    await ani.says("21")
    await ani.hears("zona waktu")
    await ani.says("makassar")
    assert "23.59 WIB" in (await ani.hears("00.59 WITA")).text


async def test_a_press_answers(graph: FakeGraph, bot: WholeBot) -> None:
    """Buttons and rows are signed, and lead where they say."""
    budi = graph.user("6281234567891", name="Budi")
    await budi.says("menu")
    menu = await budi.hears("")
    label = (menu.buttons or menu.rows)[0]
    count = len(budi.heard)
    await (budi.presses(label) if menu.buttons else budi.chooses(label))
    await budi.hears("", more_than=count)


async def test_a_forged_button_gets_a_helpful_answer(graph: FakeGraph, bot: WholeBot) -> None:
    """What nobody signed does nothing but say so."""
    cici = graph.user("6281234567892")
    await cici.says("menu")
    await cici.hears("")
    await cici.forges_press("oundo?milestone=bought")
    await cici.hears("tidak berlaku")
