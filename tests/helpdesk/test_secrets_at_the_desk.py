"""A secret in a complaint, an edit, a caption or a file's name reaches neither the staff nor the file."""

from __future__ import annotations

from pathlib import Path

from complaining import complains
from sqlalchemy import make_url
from staffed import Desk

SECRETS = ("839214", "Kucing99", "8720012345", "3524", "Sulastri")


async def test_nothing_secret_reaches_the_topic_or_the_file(desk: Desk, sqlite_url: str) -> None:
    desk.api.state.files["AgADfromTheUser"] = b"\x89PNG"
    desk.api.state.files["F"] = b"%PDF"
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await ani.says("sms dari prakerja 839214 jangan kasih tau")
    await ani.edits("masuk pake Kucing99! gagal")
    await ani.sends("photo", "8720012345 (BCA)")
    await ani.sends(
        "document", "ini", document={"file_id": "F", "file_unique_id": "f", "file_name": "kartu3524120566784432.pdf"}
    )
    await ani.says("nama ibu kandung saya: Sulastri, sekian")
    shown = await desk.forum.shows("sekian", topic)
    assert "[nama ibu]" in shown.shown.text
    path = Path(make_url(sqlite_url).database or "")
    files = [file.read_bytes() for file in path.parent.glob(f"{path.name}*")]
    assert not [one for one in SECRETS if one in desk.forum.text(topic) or any(one.encode() in file for file in files)]


async def test_of_what_is_quoted_no_half_of_a_secret_is_shown(desk: Desk) -> None:
    """A long quote is shortened, but not in the middle of a number, of which the rest would be shown."""
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    for before in range(90, 118, 3):
        await ani.says("yang ini kak", quote={"text": "a" * before + " nik 3273014507890002 ya", "position": 0})
    await ani.says("sekian")
    await desk.forum.shows("sekian", topic)
    assert "a nik [NI" in desk.forum.text(topic)
    assert "nik 3" not in desk.forum.text(topic)


async def test_a_link_that_fills_in_a_message_gives_nothing_away(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    link = "https://wa.me/6281234567890?text=nama%20ibu%20kandung%20Cicih%20Sukaesih,%20cvv%3A%20318"
    await ani.says("lihat", entities=[{"type": "text_link", "offset": 0, "length": 5, "url": link}])
    await desk.forum.shows("lihat", topic)
    assert "%20kandung%20[nama ibu]," in desk.forum.text(topic)
    assert not [one for one in ("Sukaesih", "318") if one in desk.forum.text(topic)]
