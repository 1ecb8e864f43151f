"""Peserta: somebody is found, all that happened to them is shown, put right, handed out and deleted."""

from __future__ import annotations

from datetime import date

import pytest
from nicegui.testing.user import User

from bot.console.correcting import Correcting, CorrectionResult, Wish
from bot.store.repositories.people_list import PersonPlace
from bot.store.repositories.timelines import HappeningSort
from bot.store.unit_of_work import UnitOfWork
from programme.model.events import MilestoneReached, ProcessingPaused, WaveTold
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.phones import NumberKey, NumberKeys, OwnNumber
from tests.console.conftest import OURS, Staffed

BOUGHT = Step(Milestone.BOUGHT, on=date(2021, 10, 17), platform="tokopedia")


async def known(staffed: Staffed, who: str, name: str, wave: int = 21) -> int:
    """Somebody whom Sobat knows by name and wave; return their number."""
    await staffed.says(who, "/start")
    async with staffed.app.store.writing() as tx:
        person = (await tx.people.speaker("web", who, language="id", name=name)).participant
        wave_told = WaveTold(wave, date(2021, 10, 13))
        await tx.people.save(person.after(wave_told), [wave_told])
    return person.id


async def person_of(staffed: Staffed, number: int) -> Participant:
    async with staffed.app.store.reading() as tx:
        found = await tx.people.get(number)
    assert found is not None
    return found


async def opened(staffed: Staffed, who: str, number: int) -> User:
    user = await staffed.signed_in(who)
    await user.open(f"/konsol/peserta?orang={number}")
    await user.should_see("Yang terjadi")
    return user


async def test_somebody_is_found_and_their_name_shown_by_a_press(staffed: Staffed) -> None:
    """By how a name begins; shown by the first letter until a supervisor wants it, and that stands in the trail."""
    number = await known(staffed, "siti", "Siti Aminah")
    await known(staffed, "sinta", "Sinta")
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/peserta")
    sari.find(marker="Cari peserta").trigger("change", "siti")
    await sari.should_see("Yang terjadi")
    await sari.should_not_see("Siti Aminah")
    sari.find(marker="Tampilkan nama").click()
    await sari.should_see("Siti Aminah")
    on = f"participant/{number}"
    assert await staffed.trail("person.") == [("demo:sari", "person.name", on), ("demo:sari", "person.open", on)]


async def test_a_complaint_leads_to_its_person(staffed: Staffed) -> None:
    """`#12` opens whoever complained, with the complaint on the timeline; figures in their words are not shown."""
    ticket = await staffed.complains("siti", "Saldo saya nol, hubungi 081234567890")
    budi = await staffed.signed_in("budi")
    await budi.open("/konsol/peserta")
    budi.find(marker="Cari peserta").trigger("change", f"#{ticket.id}")
    await budi.should_see(f"Aduan #{ticket.id} dibuka")
    await budi.should_see("Saldo saya nol, hubungi …")
    await budi.should_not_see("Tampilkan nama")
    await budi.should_not_see("Hapus datanya")


async def test_a_step_is_put_right_and_back_on_the_page(staffed: Staffed) -> None:
    """Without a reason nothing is saved; with one, the purchase stands, its reminders end, and one press undoes it."""
    number = await known(staffed, "siti", "Siti")
    sari = await opened(staffed, "sari", number)
    sari.find(marker="betulkan bought").click()
    await sari.should_see("Pengingat sesudah dibetulkan")
    sari.find(marker="Simpan pembetulan").click()
    assert not (await person_of(staffed, number)).has(Milestone.BOUGHT)
    sari.find(marker="Alasan").trigger("change", "Tangkapan layar di aduan 12")
    sari.find(marker="Simpan pembetulan").click()
    await sari.should_see("dibetulkan petugas Sari")
    assert (await person_of(staffed, number)).has(Milestone.BOUGHT)
    sari.find(marker="urungkan 1").click()
    await sari.should_see("diurungkan")
    assert not (await person_of(staffed, number)).has(Milestone.BOUGHT)
    acts = [act for _who, act, _on in await staffed.trail("person.correct")]
    assert acts == ["person.correct.undo", "person.correct"]


async def test_deleting_asks_once_more_and_leaves_nothing(staffed: Staffed) -> None:
    """An admin deletes somebody on request, by the same as /hapusdata; the page is left, the act stays known."""
    number = await known(staffed, "siti", "Siti")
    tari = await opened(staffed, "tari", number)
    tari.find(marker="Ya, hapus semuanya").click()
    await tari.should_see("Buka satu peserta")
    async with staffed.app.store.reading() as tx:
        assert await tx.people.get(number) is None
        assert await tx.people.export(number) == {}
    assert ("demo:tari", "person.delete", f"participant/{number}") in await staffed.trail("person.")


async def test_the_file_goes_to_an_admin_from_a_page_of_ours(staffed: Staffed) -> None:
    """A form of another site and lesser roles get nothing; what was fetched stands in the trail."""
    number = await known(staffed, "siti", "Siti")
    address = f"/konsol/peserta/{number}/data.json"
    tari = (await staffed.signed_in("tari")).http_client
    assert (await tari.post(address, headers={"sec-fetch-site": "cross-site"})).status_code == 403
    for who in ("budi", "sari"):
        browser = (await staffed.signed_in(who)).http_client
        assert (await browser.post(address, headers=OURS)).status_code == 403
    assert (await staffed.browser().http_client.post(address, headers=OURS)).status_code == 303
    assert await staffed.trail("person.export") == []
    answer = await tari.post(address, headers=OURS)
    assert answer.json()["participant"][0]["name"] == "Siti"
    assert "attachment" in answer.headers["content-disposition"]
    assert await staffed.trail("person.export") == [("demo:tari", "person.export", f"participant/{number}")]


async def test_a_correction_plans_reminders_anew(staffed: Staffed) -> None:
    """What the form foretells is what is planned; taken back, the deadline's reminders are there again."""
    number = await known(staffed, "siti", "Siti")
    correcting = Correcting(staffed.app.programme, staffed.app.policy)
    before = await person_of(staffed, number)
    wish = Wish(milestone=Milestone.BOUGHT, step=BOUGHT, seen=None, reason="Dari tangkapan layar")
    foretold = correcting.outlook(before, wish, staffed.clock.now())
    assert foretold != correcting.outlook(before, None, staffed.clock.now())
    async with staffed.app.store.writing() as tx:
        row = await tx.reminders.row_of(number)
        assert await correcting.correct(tx, number, wish, "demo:sari") is CorrectionResult.DONE
        assert await correcting.correct(tx, number, wish, "demo:sari") is CorrectionResult.OVERTAKEN
        planned = await tx.reminders.row_of(number)
        assert planned == (foretold[0].at if foretold else None)
        assert planned != row
    async with staffed.app.store.writing() as tx:
        assert await correcting.undo(tx, 1, "demo:sari") is CorrectionResult.DONE
        assert await correcting.undo(tx, 1, "demo:sari") is CorrectionResult.OVERTAKEN
        assert await tx.reminders.row_of(number) == correcting.outlook(before, None, tx.now)[0].at


@pytest.mark.parametrize(
    ("event", "came"),
    [
        (MilestoneReached(Milestone.BOUGHT, source=Source.OFFICIAL), CorrectionResult.OFFICIAL),
        (ProcessingPaused("withdrawn"), CorrectionResult.WITHDRAWN),
    ],
)
async def test_what_the_staff_may_not_put_right(staffed: Staffed, event: object, came: CorrectionResult) -> None:
    """What the programme itself says, and whatever belongs to somebody who withdrew their consent."""
    number = await known(staffed, "siti", "Siti")
    correcting = Correcting(staffed.app.programme, staffed.app.policy)
    person = (await person_of(staffed, number)).after(event)  # type: ignore[arg-type]
    seen = person.progress.get(Milestone.BOUGHT)
    wish = Wish(milestone=Milestone.BOUGHT, step=None if seen else BOUGHT, seen=seen, reason="Salah catat")
    assert correcting.judge(person, wish) is came


async def test_one_timeline_tells_who_said_so(staffed: Staffed) -> None:
    """Their own report, and the official list, each by its source; nothing is told twice, nothing torn at a page."""
    number = await known(staffed, "siti", "Siti")
    steps = (MilestoneReached(Milestone.BOUGHT), MilestoneReached(Milestone.COMPLETED, source=Source.OFFICIAL))
    for event in steps:
        await staffed.later(minutes=1)
        async with staffed.app.store.writing() as tx:
            person = await tx.people.get(number)
            assert person is not None
            await tx.people.save(person.after(event), [event])
    async with staffed.app.store.reading() as tx:
        whole, further = await tx.timelines.of(number, 100)
        assert further is None
        pages, before = [], None
        while True:
            page, before = await tx.timelines.of(number, 2, before)
            pages += page
            if before is None:
                break
    reached = [(one.name, one.by) for one in whole if one.sort is HappeningSort.REACHED]
    assert reached == [("completed", "official"), ("bought", "self")]
    assert sorted(map(repr, pages)) == sorted(map(repr, whole))


async def test_people_are_found_by_digits_and_by_names_a_page_at_a_time(tx: UnitOfWork) -> None:
    """In the order of their names, capitals or not; by the last three digits of a number that they shared."""
    numbers = NumberKeys(NumberKey(1, b"key"))
    for place, name in enumerate(("siti", "Sinta", "SITA", "Budi", "SSanti")):
        person = await tx.people.at("web", name, language="id")
        await tx.people.speaker("web", name, language="id", name=name)
        await tx.people.join(OwnNumber(f"+62812000{place % 2}123").hashed(numbers), person.id)
    ids = {}
    for name in ("siti", "Sinta", "SITA", "Budi"):
        ids[name] = await tx.people.who("web", name)
    first, further = await tx.people_list.called("SI", 2)
    assert first == [ids["Sinta"], ids["SITA"]]
    assert further == PersonPlace("sita", first[-1])
    assert await tx.people_list.called("si", 2, further) == ([ids["siti"]], None)
    assert len((await tx.people_list.with_tail("123", 10))[0]) == 5
    assert await tx.people_list.with_tail("321", 10) == ([], None)
