"""Staff announces from the chat, as everybody on both sides sees it."""

from __future__ import annotations

from programme.messages import Kind
from tests.story.town import Person, Town


async def _writes(rina: Person, text: str = "Tinggal {sisa_hari} hari lagi, {nama}!") -> None:
    """Up to the preview: wave 21, not bought, all zones."""
    await rina.says("/umumkan")
    await rina.presses("Gelombang 21")
    await rina.presses("Belum beli")
    await rina.presses("Semua zona")
    await rina.says(text)
    await rina.presses("Lewati")
    await rina.says("Cara beli | How to buy -> how_to_buy\nDashboard -> https://www.prakerja.go.id")


def _announced(person: Person) -> list[str]:
    return [shown.text for shown in person.history if shown.kind is Kind.BROADCAST]


async def test_everybody_who_has_not_bought_gets_it_once(town: Town, rina: Person) -> None:
    """Who bought, is in another wave or wants no reminders is left out, and counted."""
    ani = await town.person("ani").lives("WIB")
    budi = await town.person("budi").lives("WIB")
    await budi.says("udah beli kemarin di tokped")
    citra = await town.person("citra").lives("WIB", wave=20)
    await _writes(rina)
    assert "Tinggal {sisa_hari} hari lagi" in rina.heard
    await rina.presses("Kirim sekarang")
    await town.house.errands.run()
    assert _announced(ani) == ["Tinggal 3 hari lagi, Sobat!"]
    assert _announced(budi) == _announced(citra) == []
