"""Program: what Sobat may say, proposed by one of the staff and approved by another, in force without a restart."""

from __future__ import annotations

from datetime import date

import pytest
from nicegui.testing.user import User

from bot.console.access import Right
from bot.console.open_page import OpenPage
from bot.console.programme_desk import ProgrammeDesk
from bot.console.programme_page import _tabs
from bot.demo.town import found_town, plan_town
from bot.editing.impact import MovedCutoff, impact_of
from bot.editing.refusals import EditRefused, Why
from bot.editing.service import Wish, approve, propose
from programme.cutoffs import cutoff_on
from programme.edits import EditState, Place
from programme.facts import Certainty
from programme.model.staff import Role, StaffMember
from tests.console.conftest import STAFF, Staffed

PATH = "/konsol/program"
CUTOFF = f"{PATH}?berkas=waves.tsv&baris=21&isian=cutoff"
WRITTEN = {"value": "2021-10-25", "source": "@prakerja.go.id", "as_of": "2021-10-18"}
ASKS = "batas beli gelombang 21 kapan?"


async def looks(staffed: Staffed, who: str, written: dict[str, str]) -> User:
    """A browser of this member that shows what a new cutoff of wave 21 would come to."""
    user = await staffed.signed_in(who)
    await user.open(CUTOFF)
    await user.should_see("Ubah Batas beli")
    user.find("Lihat dampaknya").trigger("click", written)
    return user


async def desk_of(staffed: Staffed, who: str) -> ProgrammeDesk:
    """What a page of this member's does by, whatever it shows by now."""
    token = (await staffed.signed_in(who)).http_client.cookies["sobat-konsol"]
    session = await staffed.console.access.admit(token, Right.SEE_PROGRAMME, PATH)
    return ProgrammeDesk(OpenPage(staffed.console, session, Right.SEE_PROGRAMME, PATH))


async def proposed(staffed: Staffed, who: str) -> User:
    """A browser of this member, who has proposed the new cutoff."""
    user = await looks(staffed, who, WRITTEN)
    await user.should_see("Usulkan ke orang kedua")
    user.find("Usulkan ke orang kedua").click()
    await user.should_see("Ini usulanmu: orang lain yang menyetujui.")
    return user


async def test_a_cutoff_is_moved_by_two(staffed: Staffed) -> None:
    """Whom it touches is shown to both; the bot says the new date at once; the history has both names."""
    await staffed.says("siti", "/start g21", "wib", ASKS)
    assert "25 Oktober" not in staffed.heard("siti")
    sari = await looks(staffed, "sari", WRITTEN)
    await sari.should_see("Gelombang 21: siapa yang kena")
    await sari.should_see("Pengingat terakhir mulai Senin, 25 Oktober 2021 pukul 21.00 WIB")
    author = await proposed(staffed, "sari")
    tari = await staffed.signed_in("tari")
    await tari.open(PATH)
    await tari.should_see("Menunggu orang kedua")
    await tari.open(f"{PATH}?usulan=1")
    await tari.should_see("Gelombang 21: siapa yang kena")
    tari.find("Setujui dan berlakukan").click()
    await tari.should_see("Berlaku. Pengingatnya sudah direncanakan ulang.")
    await author.should_see("Berlaku. Pengingatnya sudah direncanakan ulang.")
    await staffed.says("siti", ASKS)
    assert "25 Oktober" in staffed.heard("siti")
    await tari.open(f"{PATH}?lihat=riwayat")
    await tari.should_see("disetujui: Tari")
    assert [(who, act) for who, act, _on in await staffed.trail("programme.")] == [
        ("demo:tari", "programme.approved"),
        ("demo:sari", "programme.propose"),
    ]


async def test_in_the_demonstration_a_moved_cutoff_touches_the_town(staffed: Staffed) -> None:
    """Who has not bought is planned; those with a chat were told the old date, and will hear the new one."""
    await found_town(staffed.app.store)
    await plan_town(staffed.app.store, staffed.app.programme, staffed.app.policy)
    moved = MovedCutoff(21, staffed.app.programme.cutoff(21), cutoff_on(date(2021, 10, 25), Certainty.PUBLISHED, "x"))
    found = await impact_of(staffed.app.store, moved, staffed.app.policy, {})
    assert found.touched.people == found.touched.planned > 100
    assert found.corrected == found.touched.people - found.touched.silent > 100


async def test_what_is_wrong_is_said_before_it_is_proposed(staffed: Staffed) -> None:
    """There is no way to propose it."""
    sari = await looks(staffed, "sari", WRITTEN | {"value": "2021-10-21"})
    await sari.should_see("Itu sudah nilainya sekarang.")
    for wrong, told in (
        ({"value": "2021-09-01"}, "harus berurutan."),
        ({"source": ""}, "Tulis siapa yang mengatakannya"),
        ({"as_of": "2021-10-19"}, "jangan hari yang belum datang"),
    ):
        sari.find("Lihat dampaknya").trigger("click", WRITTEN | wrong)
        await sari.should_see(told)
    await sari.should_not_see("Usulkan ke orang kedua")


async def test_nobody_approves_their_own(staffed: Staffed) -> None:
    """The page offers only to withdraw it; after that it can't be approved, and the trail has that somebody tried."""
    sari = await proposed(staffed, "sari")
    await sari.should_not_see("Setujui dan berlakukan")
    sari.find("Tarik usulan").click()
    await sari.should_see("Ditarik")
    with pytest.raises(EditRefused, match=Why.DECIDED):
        await (await desk_of(staffed, "tari")).approve(1)
    async with staffed.app.store.reading() as tx:
        [kept] = await tx.programme_edits.decided(9)
    assert kept.state is EditState.WITHDRAWN
    assert ("demo:tari", "programme.approve.refused", "edit/1") in await staffed.trail("programme.")
    assert f"{staffed.app.programme.waves[21].cutoff}" == "2021-10-21"


async def test_an_edit_that_another_followed_says_so(staffed: Staffed) -> None:
    """What was approved stays to be seen, and is not said to hold."""
    over = None
    async with staffed.app.store.writing() as tx:
        for value in ("2021-10-25", "2021-10-28"):
            place = Place("waves.tsv", "21", "cutoff")
            wish = Wish(place=place, value=value, source="@prakerja.go.id", as_of="2021-10-18", over=over)
            over = await propose(tx, wish, STAFF[0])
            await approve(tx, over, STAFF[3])
    await staffed.app.following.follow()
    budi = await staffed.signed_in("budi")
    await budi.open(f"{PATH}?usulan=1")
    await budi.should_see("Tidak berlaku lagi: diganti usulan 2.")
    await budi.open(f"{PATH}?usulan=2")
    await budi.should_see("Berlaku. Pengingatnya sudah direncanakan ulang.")


async def test_an_agent_looks_and_changes_nothing(staffed: Staffed) -> None:
    """No way to edit is offered; who was a supervisor when the page was opened is refused when it is done."""
    budi = await staffed.signed_in("budi")
    await budi.open(CUTOFF)
    await budi.should_see("21 Okt 2021")
    await budi.should_not_see("Lihat dampaknya")
    await budi.should_not_see("Ubah")
    await proposed(staffed, "sari")
    tari = await staffed.signed_in("tari")
    await tari.open(f"{PATH}?usulan=1")
    await tari.should_see("Setujui dan berlakukan")
    async with staffed.app.store.writing() as tx:
        await tx.staff.put(StaffMember(channel="demo", address="tari", role=Role.AGENT, name="Tari"))
    tari.find("Setujui dan berlakukan").click()
    await budi.open(f"{PATH}?usulan=1")
    await budi.should_see("Disetujui atau ditolak oleh supervisor.")
    assert ("demo:tari", "console.refused", PATH) in await staffed.trail("console.refused")
    assert f"{staffed.app.programme.waves[21].cutoff}" == "2021-10-21"


async def test_a_reminder_is_moved_by_two(staffed: Staffed) -> None:
    """Whose reminders change is told before it is proposed; once it is approved, the page says who said so."""
    await staffed.says("siti", "/start g21", "wib")
    sari = await staffed.signed_in("sari")
    await sari.open(f"{PATH}?lihat=policy.toml")
    await sari.should_see("21.00 WIB")
    await sari.open(f"{PATH}?berkas=policy.toml&baris=H-0-21&isian=time")
    await sari.should_see("Ubah Jam")
    sari.find("Lihat dampaknya").trigger("click", WRITTEN | {"value": "12:00"})
    await sari.should_see("kata-katanya untuk jam 20.00 sampai 23.00")
    sari.find("Lihat dampaknya").trigger("click", WRITTEN | {"value": "22:00"})
    await sari.should_see("punya pengingat di depan yang berubah")
    await sari.should_see("Gelombang 21: Pengingat terakhir mulai Kamis, 21 Oktober 2021 pukul 22.00 WIB")
    sari.find("Usulkan ke orang kedua").click()
    await sari.should_see("Ini usulanmu: orang lain yang menyetujui.")
    tari = await staffed.signed_in("tari")
    await tari.open(f"{PATH}?usulan=1")
    await tari.should_see("punya pengingat di depan yang berubah")
    tari.find("Setujui dan berlakukan").click()
    await tari.should_see("Berlaku. Pengingatnya sudah direncanakan ulang.")
    await tari.open(f"{PATH}?lihat=policy.toml")
    await tari.should_see("22.00 WIB")
    await tari.should_see("@prakerja.go.id")
    await staffed.later(days=3, hours=13)  # Thursday, 22.10
    await staffed.app.jobs.run()
    assert "🚨 Pengingat terakhir." in staffed.heard("siti")


async def test_every_part_shows_what_it_holds(staffed: Staffed) -> None:
    """Each with its source; what isn't there says so."""
    budi = await staffed.signed_in("budi")
    seen = ("poskota.co.id", "Rp1.000.000", "021-508 13333", "1500046", "0800-150-3001", "Ditolak BNI")
    for part, told in zip(_tabs(), (*seen, "Halo {nama}", "Hari terakhir, 21.00", "Belum ada perubahan"), strict=True):
        await budi.open(f"{PATH}?lihat={part}")
        await budi.should_see(told)
    for nothing, told in (
        ("usulan=99", "Usulan ini tidak ada"),
        ("berkas=contacts.toml&baris=x", "Baris ini tidak ada"),
    ):
        await budi.open(f"{PATH}?{nothing}")
        await budi.should_see(told)
