"""What somebody sends arrives at the other side, or they hear that it did not."""

from __future__ import annotations

import pytest
from complaining import complains
from staffed import Desk

LINK = {"type": "text_link", "offset": 3, "length": 6, "url": "https://www.tokopedia.com/help"}


@pytest.mark.parametrize(
    ("sort", "shown"),
    [
        ("location", "📍 https://www.openstreetmap.org/?mlat=-5.14000&mlon=119.43000"),
        ("venue", "📍 Balai, Makassar: https://www.openstreetmap.org/"),
        ("dice", "🎲 3"),
    ],
)
async def test_what_has_neither_text_nor_file_reaches_the_staff_in_words(desk: Desk, sort: str, shown: str) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.sends(sort)
    await ani.hears("Sudah kutambahkan ke aduan #1")
    await desk.forum.shows(shown, topic)


async def test_a_sticker_arrives_as_itself_both_ways_with_the_feeling_in_words(desk: Desk) -> None:
    """Words of their own go after it, for a sticker takes none; who reads along elsewhere has at least those."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.sends_file("sticker", b"WEBP")
    await desk.forum.shows("👤 [stiker]", topic)
    assert any(sent.kind == "sticker" and sent.photo for sent in desk.forum.seen(topic))
    await ani.hears("Sudah kutambahkan ke aduan #1")
    held = {"file_unique_id": "x", "width": 9, "height": 9, "is_animated": False, "is_video": False, "type": "regular"}
    sticker = held | {"file_id": desk.api.state.keep(b"WEBP", "sticker"), "emoji": "👍"}
    await desk.budi.shows(topic, sticker=sticker)
    await ani.gets("sticker")
    await ani.hears("💬 Budi, petugas\n👍")


async def test_a_sticker_without_a_feeling_arrives_all_the_same(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.sends("sticker", b"WEBP", topic)
    await ani.gets("sticker")
    assert "tidak bisa diteruskan" not in desk.forum.text(topic)


async def test_an_address_behind_words_reaches_the_staff_and_the_person(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.says("😀 lihat ya", entities=[LINK | {"length": 5}])
    await desk.forum.shows("lihat (https://www.tokopedia.com/help) ya", topic)
    await desk.budi.shows(topic, text="di sini ya kak", entities=[LINK | {"length": 4}])
    await ani.hears("di sini (https://www.tokopedia.com/help) ya kak")


async def test_a_place_from_the_staff_reaches_the_person(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.shows(topic, location={"latitude": -6.2, "longitude": 106.8})
    await ani.hears("📍 https://www.openstreetmap.org/?mlat=-6.20000&mlon=106.80000")


async def test_what_can_not_be_shown_is_told_not_to_have_arrived(desk: Desk) -> None:
    ani = await complains(desk)
    await ani.shares_contact("+6281211112222", user_id=99)
    await ani.hears("Petugas juga tidak menerimanya")
    await ani.sends("story")
    await ani.hears("tidak bisa kuteruskan ke petugas")


async def test_what_the_bot_can_not_answer_went_to_the_staff_and_is_told_so(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    before = len(ani.messages)
    await ani.says("tambahan: nomor pesanan 999")
    await ani.hears("Sudah kutambahkan ke aduan #1")
    await desk.forum.shows("tambahan: nomor pesanan 999", topic)
    assert not any("luar kemampuanku" in one.text or "belum yakin" in one.text for one in ani.messages[before:])
    await ani.says("kapan batas beli?")
    await ani.hears("23.59 WIB")


async def test_words_beside_what_can_not_be_shown_arrive_without_it_and_both_know(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    sold = {"star_count": 5, "paid_media": [{"type": "preview"}]}
    await ani.sends("paid_media", "bukti bayar saya", held=sold)
    await ani.hears("Hanya kata-katanya yang sampai ke petugas")
    await desk.forum.shows("👤 bukti bayar saya", topic)
    await desk.budi.shows(topic, paid_media=sold, caption="ini buktinya")
    await desk.forum.shows("tidak bisa diteruskan", topic)
    assert not any("ini buktinya" in one.text for one in ani.messages)


async def test_what_a_message_answers_stands_above_it_for_the_staff(desk: Desk) -> None:
    """*Itu maksudnya apa* says nothing by itself; from another chat only the quoted words come along."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.says("itu maksudnya apa kak", quote={"text": "Batas beli 23.59 WIB", "position": 0})
    await desk.forum.shows("👤 » Batas beli 23.59 WIB\nitu maksudnya apa kak", topic)


async def test_a_list_of_things_to_do_arrives_in_words(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    tasks = [{"id": 1, "text": "beli", "completion_date": 1634522400}, {"id": 2, "text": "ulas"}]
    await ani.sends("checklist", held={"title": "Pelatihanku", "tasks": tasks})
    await desk.forum.shows("👤 📋 Pelatihanku\n☑ beli\n☐ ulas", topic)
