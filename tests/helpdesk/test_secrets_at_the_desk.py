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
