"""Siaran: composed, looked at, tried, ordered, approved by another, followed and stopped."""

from __future__ import annotations

from dataclasses import replace

from nicegui.testing.user import User

from bot.console.composing import Composing, composing_for
from bot.console.estimate import estimate
from programme.model.broadcasts import Broadcast
from tests.console.conftest import Staffed

COMPOSE = "/konsol/siaran/baru?untuk=belum-beli&gelombang=21"
WORDS = "Halo {nama}, tinggal {sisa_hari} hari lagi."


async def people_of_wave_21(staffed: Staffed, *names: str) -> None:
    """Participants who said that they passed in wave 21 and have not bought."""
    for name in names:
        await staffed.says(name, "/start")
    async with staffed.app.store.writing() as tx:
        for name in names:
            number = await tx.people.who("web", name)
            assert number is not None
            person = await tx.people.get(number)
            assert person is not None
            await tx.people.save(replace(person, wave=21), ())


async def composing(staffed: Staffed, who: str, text: str = WORDS) -> User:
    """The composer of a member, with words in it."""
    user = await staffed.signed_in(who)
    await user.open(COMPOSE)
    await user.should_see("Untuk siapa")
    user.find(marker="Isi dalam bahasa Indonesia").trigger("input", text)
    return user


async def ordered(staffed: Staffed, who: str = "sari") -> tuple[User, Broadcast]:
    user = await composing(staffed, who)
    await user.should_see("Ya, ke 2 orang")
    user.find(marker="Ya, ke 2 orang").trigger("click")
    for _turn in range(200):
        if found := await staffed.app.staff.office.recent(1):
            return user, found[0][0]
        await user.should_see("Siaran")
    raise AssertionError("nothing was ordered")


async def test_the_composer_counts_shows_and_orders_once(staffed: Staffed) -> None:
    """The phone shows it filled; the count stands beside; two presses order one; the draft is gone."""
    await people_of_wave_21(staffed, "ani", "budi2")
    user = await composing(staffed, "sari")
    await user.should_see("Halo Sari, tinggal 3 hari lagi.")
    user, found = await ordered(staffed)
    assert (found.expected, found.author, found.audience.waves) == (2, "demo:sari", (21,))
    async with staffed.app.store.reading() as tx:
        assert not await tx.broadcast_drafts.of("demo:sari")
    again = await composing(staffed, "sari")
    await again.should_see("Ya, ke 2 orang")
    again.find(marker="Ya, ke 2 orang").trigger("click")
    for _turn in range(200):
        if ("demo:sari", "order.refused", "broadcast") in await staffed.trail("order"):
            break
        await again.should_see("Untuk siapa")
    assert ("demo:sari", "order.refused", "broadcast") in await staffed.trail("order")
    assert len(await staffed.app.staff.office.recent(9)) == 1


async def test_a_draft_outlives_the_page(staffed: Staffed) -> None:
    """What is typed is kept, with whom it is for; another member has a draft of their own."""
    user = await composing(staffed, "sari", "Halo semua")
    await user.should_see("Halo semua")
    again = await staffed.signed_in("sari")
    await again.open("/konsol/siaran/baru")
    await again.should_see("Halo semua")
    tari = await staffed.signed_in("tari")
    await tari.open("/konsol/siaran/baru")
    await tari.should_not_see("Halo semua", retries=1)


async def test_a_typed_deadline_is_refused(staffed: Staffed) -> None:
    """The place that would fill it is named, and there is no button to send."""
    await people_of_wave_21(staffed, "ani", "budi2")
    user = await composing(staffed, "sari", "Batasnya 21 Oktober 2021!")
    await user.should_see("jangan diketik sendiri")
    await user.should_see("{batas}")
    await user.should_not_see(marker="Kirim ke contoh", retries=1)


async def test_a_second_person_approves(staffed: Staffed) -> None:
    """The author has no such button, and is refused where they press it all the same; the other one's press counts."""
    staffed.app.staff.office.rules = replace(staffed.app.staff.office.rules, approval_above=1)
    await people_of_wave_21(staffed, "ani", "budi2")
    _sari, found = await ordered(staffed)
    sari = await staffed.signed_in("sari")
    await sari.open(f"/konsol/siaran/lihat?nomor={found.id}")
    await sari.should_see("kamu sendiri yang menulisnya")
    await sari.should_not_see(marker="Ya, setujui", retries=1)
    tari = await staffed.signed_in("tari")
    await tari.open(f"/konsol/siaran/lihat?nomor={found.id}")
    await tari.should_see("Setujui siaran ini ke 2 orang?")
    await tari.should_see("Halo Tari, tinggal 3 hari lagi.")
    tari.find(marker="Ya, setujui").trigger("click")
    await tari.should_see("Disetujui oleh")
    assert ("demo:tari", "approve", f"broadcast/{found.id}") in await staffed.trail("approve")
    await tari.open("/konsol/jejak")
    await tari.should_see("masuk ke konsol")
    tari.find(marker="Tindakan").trigger("change", "on:broadcast")
    await tari.should_not_see("masuk ke konsol", retries=60)
    await tari.should_see("menyetujui siaran")
    await staffed.app.jobs.run()
    await sari.open(f"/konsol/siaran/lihat?nomor={found.id}")
    await sari.should_see("2 / 2")
    assert "tinggal 3 hari lagi" in staffed.heard("ani")
    assert "dibaca" not in staffed.heard("ani")


async def test_all_are_stopped_from_the_list(staffed: Staffed) -> None:
    """The red button is there as long as anything goes out, and asks first."""
    await people_of_wave_21(staffed, "ani", "budi2")
    await ordered(staffed)
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/siaran")
    sari.find(marker="Ya, hentikan semua").trigger("click")
    await sari.should_see("dijeda")
    await staffed.app.jobs.run()
    assert "tinggal 3 hari lagi" not in staffed.heard("ani")
    await sari.should_not_see("Hentikan semua", retries=1)


def test_what_an_address_asks_for() -> None:
    """The first page leads here with exactly the people it tells of; what names nobody leaves the draft as it is."""
    assert composing_for({"untuk": "belum-beli", "gelombang": "21"}) is not None
    unlinked = composing_for({"untuk": "belum-terhubung", "gelombang": "21"})
    assert unlinked is not None
    assert (unlinked.waves, unlinked.linked, unlinked.standing) == ((21,), False, "not_bought")
    got = composing_for({"siaran": "12"})
    assert got is not None
    assert (got.audience.got, got.audience.not_reached) == (12, ())
    assert composing_for({"untuk": "semua"}) is None
    assert Composing().audience.waves == ()


async def test_it_is_taken_back_from_the_page(staffed: Staffed) -> None:
    """Whom it reached have it no more; the page tells how many, the file who, and the trail who did it."""
    await people_of_wave_21(staffed, "ani", "budi2")
    _user, found = await ordered(staffed)
    await staffed.app.jobs.run()
    assert "tinggal 3 hari lagi" in staffed.heard("ani")
    sari = await staffed.signed_in("sari")
    await sari.open(f"/konsol/siaran/lihat?nomor={found.id}")
    sari.find(marker="Ya, tarik kembali").trigger("click")
    await sari.should_see("Siaran ini sudah ditarik")
    await staffed.app.jobs.run()
    await sari.open(f"/konsol/siaran/lihat?nomor={found.id}")
    await sari.should_see("2 sudah ditarik")
    assert "tinggal 3 hari lagi" not in staffed.heard("ani")
    assert "Pesan ini ditarik" in staffed.heard("budi2")
    file = await sari.http_client.get(f"/konsol/siaran/hasil.csv?nomor={found.id}")
    assert file.text.lstrip("\ufeff").splitlines()[0] == "participant,channel,state,at,reason"
    assert file.text.count(",web,sent,") == 2
    subject = f"broadcast/{found.id}"
    assert {("demo:sari", "broadcast.withdraw", subject), ("demo:sari", "console.export", subject)} <= {
        *await staffed.trail()
    }


async def test_about_how_many_is_told_before_they_are_counted(staffed: Staffed) -> None:
    """The figures of the first page tell at once about how many there are; of what they don't tell nothing is said."""
    await people_of_wave_21(staffed, "siti", "andi", "rudi")
    store, plain = staffed.app.store, Composing(waves=(21,))
    async with store.reading() as tx:
        assert await estimate(tx, plain) is None, "nobody was ever counted"
    await staffed.console.counting.run()
    async with store.reading() as tx:
        abouts = [await estimate(tx, one) for one in (plain, replace(plain, waves=(12,)), replace(plain, zone="WIT"))]
    assert abouts == [3, 0, None]
