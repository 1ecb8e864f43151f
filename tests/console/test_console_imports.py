"""Impor: one of the staff brings a list, another approves it, and all of it goes back."""

from __future__ import annotations

import asyncio
import errno
import os

import httpx
import pytest

from programme.model.imports import ImportState, ListImport
from tests.console.conftest import OURS, Staffed

ROSTER = "Nomor HP,Gelombang,keterangan\n" + "".join(f"0812345678{n},21,Siti\n" for n in range(10, 15)) + "0812,21,x\n"


async def send(staffed: Staffed, who: str, content: str = ROSTER, *, piece: int = 60) -> int:
    """Send a list in pieces, and wait until it was looked at, by us or by the process's own job."""
    browser, data = (await staffed.signed_in(who)).http_client, content.encode()
    asked = {"daftar": "roster", "nama": "lolos.csv", "ukuran": len(data)}
    begun = await browser.post("/konsol/impor/berkas", params=asked, headers=OURS)
    number = begun.json()["number"]
    for at in range(0, len(data), piece):
        there = f"/konsol/impor/berkas/{number}"
        sent = await browser.put(there, params={"dari": at}, content=data[at : at + piece], headers=OURS)
        assert sent.json() == {"size": min(at + piece, len(data))}
    await until(staffed, number, ImportState.COLUMNS)
    return int(number)


async def one(staffed: Staffed, number: int) -> ListImport:
    async with staffed.app.store.reading() as tx:
        found = await tx.imports.get(number)
    assert found is not None
    return found


async def until(staffed: Staffed, number: int, *states: ImportState) -> ListImport:
    """Work, and wait for the event that a press was carried out, or the work of another."""
    for _turn in range(2_000):
        await staffed.console.parts.imports.work()
        if (found := await one(staffed, number)).state in states:
            return found
        await asyncio.sleep(0.002)
    pytest.fail(f"still {found.state}")


async def test_a_list_from_being_dropped_to_being_undone(staffed: Staffed) -> None:
    """Rights of both, in two browsers; nobody approves their own."""
    number = await send(staffed, "sari")
    sari, tari = await staffed.signed_in("sari"), await staffed.signed_in("tari")
    await sari.open(f"/konsol/impor?nomor={number}")
    sari.find(marker="Kolomnya benar, lihat bedanya").click()
    await until(staffed, number, ImportState.COMPARED)
    await sari.open(f"/konsol/impor?nomor={number}")
    await sari.should_see(marker="Minta persetujuan")
    sari.find(marker="Minta persetujuan").click()
    await until(staffed, number, ImportState.ORDERED)
    await sari.open(f"/konsol/impor?nomor={number}")
    await sari.should_not_see(marker="Setujui dan masukkan")
    await tari.open(f"/konsol/impor?nomor={number}")
    tari.find(marker="Setujui dan masukkan").click()
    await tari.should_see(marker="Ya, masukkan")
    tari.find(marker="Ya, masukkan").click()
    kept = await until(staffed, number, ImportState.KEPT)
    assert (kept.kept, kept.author, kept.approver) == (5, "demo:sari", "demo:tari")
    await sari.open(f"/konsol/impor?nomor={number}")
    sari.find(marker="Batalkan seluruh impor").click()
    await sari.should_see(marker="Ya, batalkan semuanya")
    sari.find(marker="Ya, batalkan semuanya").click()
    assert (await until(staffed, number, ImportState.UNDONE)).undone == 5
    acts = [act for _who, act, _on in reversed(await staffed.trail("import."))]
    assert acts == [
        "import.brought", "import.columns", "import.compared", "import.ordered", "import.approved",
        "import.begun", "import.done", "import.undo", "import.undone",
    ]  # fmt: skip


async def test_a_piece_that_does_not_go_on_is_answered_by_how_much_is_here(staffed: Staffed) -> None:
    """So a lost answer costs one piece; somebody else's file, a file without end, and other sites are refused."""
    sari, tari = (await staffed.signed_in("sari")).http_client, (await staffed.signed_in("tari")).http_client
    asked = {"daftar": "roster", "nama": "lolos.csv", "ukuran": 20}
    assert (await sari.post("/konsol/impor/berkas", params=asked)).status_code == 403
    number = (await sari.post("/konsol/impor/berkas", params=asked, headers=OURS)).json()["number"]
    there = f"/konsol/impor/berkas/{number}"

    async def piece(browser: object, at: int, data: bytes) -> tuple[int, object]:
        answer = await browser.put(there, params={"dari": at}, content=data, headers=OURS)  # type: ignore[attr-defined]
        return answer.status_code, answer.json().get("size")

    assert await piece(sari, 0, b"phone,wave\n") == (200, 11)
    assert await piece(sari, 0, b"phone,wave\n") == (409, 11)
    assert await piece(sari, 11, b"0812345678,21\n") == (409, 11)
    assert (await piece(tari, 11, b"08"))[0] == 410
    huge = await sari.post("/konsol/impor/berkas", params={**asked, "ukuran": 1 << 33}, headers=OURS)
    assert huge.status_code == 422
    assert "256 MB" in huge.json()["why"]


async def test_a_piece_for_which_the_disk_has_no_room_is_told_of_in_words(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it counts as here, and once there is room the same piece is taken."""
    sari = (await staffed.signed_in("sari")).http_client
    asked = {"daftar": "roster", "nama": "lolos.csv", "ukuran": 11}
    number = (await sari.post("/konsol/impor/berkas", params=asked, headers=OURS)).json()["number"]

    async def piece() -> httpx.Response:
        there = f"/konsol/impor/berkas/{number}"
        return await sari.put(there, params={"dari": 0}, content=b"phone,wave\n", headers=OURS)

    with monkeypatch.context() as full:
        full.setattr(os, "fdopen", _without_room)
        refused = await piece()
    assert (refused.status_code, "Penyimpanan server penuh" in refused.json()["why"]) == (507, True)
    assert (await piece()).json() == {"size": 11}


def _without_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


async def test_bad_rows_are_fetched_by_who_may_and_stand_in_the_trail(staffed: Staffed) -> None:
    number = await send(staffed, "sari")
    browser = await staffed.signed_in("sari")
    await browser.open(f"/konsol/impor?nomor={number}")
    browser.find(marker="Kolomnya benar, lihat bedanya").click()
    await until(staffed, number, ImportState.COMPARED)
    fetched = await browser.http_client.get(f"/konsol/impor/{number}/ditolak.csv")
    assert fetched.headers["cache-control"] == "no-store"
    assert fetched.text.splitlines()[0].removeprefix("\ufeff") == "baris,alasan ditolak,Nomor HP,Gelombang"
    assert "Siti" not in fetched.text
    assert ("demo:sari", "console.export", f"import/{number}") in await staffed.trail("console.export")
    budi = (await staffed.signed_in("budi")).http_client
    for path in (f"/konsol/impor/{number}/ditolak.csv", "/konsol/impor/contoh/roster.csv"):
        assert (await budi.get(path)).status_code == 403
    assert (await browser.http_client.get("/konsol/impor/contoh/roster.csv")).text.startswith("\ufeffphone,wave")


async def test_an_agent_brings_no_list(staffed: Staffed) -> None:
    budi = (await staffed.signed_in("budi")).http_client
    asked = {"daftar": "roster", "nama": "lolos.csv", "ukuran": 20}
    assert (await budi.post("/konsol/impor/berkas", params=asked, headers=OURS)).status_code == 403
    assert ("demo:budi", "console.refused", "/konsol/impor") in await staffed.trail("console.refused")
