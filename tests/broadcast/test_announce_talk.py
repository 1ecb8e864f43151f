"""Staff announces from the chat, as everybody on both sides sees it."""

from __future__ import annotations

from programme.model.events import MilestoneReached
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.staff import Role
from tests.broadcast.conftest import Hire, StaffedTown
from tests.story.town import Person


async def _chooses(rina: Person, standing: str = "Belum beli") -> None:
    await rina.says("/umumkan")
    await rina.presses("Gelombang 21")
    await rina.presses(standing)
    await rina.presses("Semua zona")


async def _writes(rina: Person, text: str = "Tinggal {sisa_hari} hari lagi, {nama}!") -> None:
    """Up to the preview: wave 21, not bought, all zones."""
    await _chooses(rina)
    await rina.says(text)
    await rina.presses("Lewati")
    await rina.says("Cara beli | How to buy -> how_to_buy\nDashboard -> https://www.prakerja.go.id")


def _announced(person: Person) -> list[str]:
    return [shown.text for shown in person.history if shown.kind is Kind.BROADCAST]


def _told(person: Person) -> list[str]:
    return [shown.text for shown in person.history if shown.kind is Kind.STAFF]


async def _bought(town: StaffedTown, name: str) -> None:
    async with town.app.store.writing() as tx:
        person = await tx.people.at("terminal", name, language=None)
        event = MilestoneReached(Milestone.BOUGHT)
        await tx.people.save(person.after(event), [event])


async def test_everybody_who_has_not_bought_gets_it_once(town: StaffedTown, rina: Person) -> None:
    """Who bought or is in another wave is left out, and counted; the author sees how far it is."""
    ani = await town.person("ani").lives("WIB")
    budi = await town.person("budi").lives("WIB")
    await _bought(town, "budi")
    citra = await town.person("citra").lives("WIB", wave=20)
    await _writes(rina)
    assert "Tinggal 3 hari lagi, Sobat!" in rina.heard, "with Ani's days, and no name of hers"
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    await town.app.jobs.run()
    assert _announced(ani) == ["Tinggal 3 hari lagi, Sobat!"]
    assert _announced(budi) == _announced(citra) == []
    assert "selesai" in _told(rina)[-1]
    assert "Terkirim 1 dari 1" in _told(rina)[-1]


async def test_the_count_says_who_is_left_out_and_why(town: StaffedTown, rina: Person) -> None:
    """Before a word is written."""
    for name in ("ani", "budi", "citra"):
        await town.person(name).lives("WIB")
    await _bought(town, "budi")
    await _chooses(rina)
    assert "gelombang 21; belum: beli pelatihan pertama: 2 orang" in rina.heard
    assert "sudah beli): 1" in rina.heard
    assert "di gelombang lain: 1" in rina.heard
    assert "Paling lambat mulai Kamis, 21 Oktober 2021 pukul 23.59 WIB" in rina.heard


async def test_who_reads_english_gets_the_english_version(town: StaffedTown, rina: Person) -> None:
    """With the English button; everybody else gets the Indonesian one."""
    ani = await town.person("ani").lives("WIB")
    ben = await town.person("ben").lives("WIB")
    await ben.says("/bahasa")
    await ben.presses("English")
    await _chooses(rina)
    await rina.says("Halo")
    await rina.says("Hello")
    await rina.says("Cara beli | How to buy -> how_to_buy")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    assert (_announced(ani), _announced(ben)) == (["Halo"], ["Hello"])
    assert ben.history[-1].buttons == ["How to buy"]


async def test_who_already_has_the_words_is_left_out_unless_staff_wants_it_so(town: StaffedTown, rina: Person) -> None:
    """Rina is told how many that are before she orders; on purpose everybody gets it once more."""
    ani = await town.person("ani").lives("WIB")
    await _writes(rina, "Halo semua")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    budi = await town.person("budi").lives("WIB")
    await _writes(rina, "halo, semua!")
    assert "1 dari 2 orang sudah mendapat kata-kata ini" in rina.heard
    await rina.presses("Kirim ke 1 yang lain")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    assert (_announced(ani), _announced(budi)) == (["Halo semua"], ["halo, semua!"])
    await _writes(rina, "Halo semua")
    assert "2 dari 2" in rina.heard
    await rina.presses("Jangan kirim")
    assert "tidak ada yang dikirim" in rina.heard
    await _writes(rina, "Halo semua")
    await rina.presses("Sengaja kirim lagi ke semua")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    assert (len(_announced(ani)), len(_announced(budi))) == (2, 2)


async def test_a_button_of_an_announcement_opens_its_conversation(town: StaffedTown, rina: Person) -> None:
    """As every other button does."""
    ani = await town.person("ani").lives("WIB")
    await _writes(rina)
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    await ani.presses("Cara beli")
    assert "Cara ikut pelatihan" in ani.heard


async def test_an_unknown_place_is_pointed_out_at_once(town: StaffedTown, rina: Person) -> None:
    """Not after half a million people got it."""
    await town.person("ani").lives("WIB")
    await _chooses(rina)
    await rina.says("Halo {namaku}")
    assert "{namaku} tidak kukenal" in rina.heard
    assert "{sisa_hari}" in rina.heard
    await rina.says("Halo <b>semua")
    assert "belum ditutup" in rina.heard


async def test_a_deadline_or_sum_is_not_typed_by_hand(town: StaffedTown, rina: Person) -> None:
    """The right day for one wave is the wrong one for another; each one's own data fill it in."""
    await town.person("ani").lives("WIB")
    await _chooses(rina)
    await rina.says("Beli sebelum 21 Oktober ya")
    assert "“21 Oktober” jangan diketik sendiri: tulis {batas}" in rina.heard
    await rina.says("Beli sebelum {batas} ya")
    assert "bahasa Inggris" in rina.heard
    await rina.says("Only 2 days left")
    assert "{sisa_hari}" in rina.heard


async def test_a_button_to_nowhere_is_pointed_out(town: StaffedTown, rina: Person) -> None:
    """Also one to a conversation of the staff."""
    await town.person("ani").lives("WIB")
    await _chooses(rina)
    await rina.says("Halo")
    await rina.presses("Lewati")
    for wrong in ("Beli", "Beli -> nowhere", "Beli -> http://x", "Umumkan -> announce"):
        await rina.says(wrong)
        assert "belum pas" in rina.heard


async def test_the_moment_can_be_written_in_words(town: StaffedTown, rina: Person) -> None:
    """Tomorrow at ten; not in the past, not too late for the cutoff."""
    ani = await town.person("ani").lives("WIB")
    await _writes(rina, "Halo")
    await rina.says("hari ini jam 07.00")
    assert "sudah lewat" in rina.heard
    await rina.says("22 oktober jam 10 pagi")
    assert "Paling lambat mulai" in rina.heard
    await rina.says("besok jam 10 pagi")
    await town.until("2021-10-19T09:59:00+07:00")
    assert _announced(ani) == []
    await town.until("2021-10-19T10:01:00+07:00")
    assert _announced(ani) == ["Halo"]


async def test_for_strangers_the_command_does_not_exist(town: StaffedTown) -> None:
    """They get what every unknown command gets: the menu."""
    ani = await town.person("ani").lives("WIB")
    await ani.says("/tidakada")
    menu = ani.heard
    await ani.says("/umumkan")
    assert ani.heard == menu
    await ani.says("/pengumuman")
    assert ani.heard == menu


async def test_an_agent_may_not_announce(town: StaffedTown, hire: Hire) -> None:
    """And is told whom to ask."""
    agus = await hire("agus", Role.AGENT)
    await agus.says("/umumkan")
    assert "supervisor" in agus.heard


async def test_who_is_let_go_in_the_middle_announces_nothing(town: StaffedTown, rina: Person) -> None:
    """The last press comes too late."""
    ani = await town.person("ani").lives("WIB")
    await _writes(rina, "Halo")
    async with town.app.store.writing() as tx:
        await tx.staff.remove("terminal", "rina")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    assert _announced(ani) == []


async def test_a_large_one_waits_for_a_second_person(town: StaffedTown, rina: Person, joko: Person) -> None:
    """Who sees the words, the count and the keys; the author can't approve."""
    ani = await town.person("ani").lives("WIB")
    town.lower_approval_to(0)
    await _writes(rina, "Halo semua")
    await rina.presses("Kirim sekarang")
    assert "orang kedua" in rina.heard
    await town.app.jobs.run()
    assert _announced(ani) == []
    assert "Halo semua" in _told(joko)[-1]
    assert "menunggu persetujuan" in _told(rina)[-1]
    await joko.presses("Setujui")
    assert "disetujui" in joko.heard
    await town.app.jobs.run()
    assert _announced(ani) == ["Halo semua"]
    await joko.presses("Tolak")
    assert "keadaannya berubah" in joko.heard


async def test_pause_resume_and_cancel_are_keys(town: StaffedTown, rina: Person) -> None:
    """A cancel asks back once."""
    ani = await town.person("ani").lives("WIB")
    await _writes(rina, "Halo")
    await rina.presses("Besok pukul 09.00")
    await town.app.jobs.run()
    await rina.says("/pengumuman")
    assert "dijadwalkan" in rina.heard
    await rina.presses("1")
    await rina.presses("Batalkan")
    await rina.presses("Jangan dibatalkan")
    await rina.presses("1")
    await rina.presses("🚫 Batalkan")
    await rina.presses("Ya, batalkan")
    assert "dibatalkan" in rina.heard
    await town.until("2021-10-19T10:00:00+07:00")
    assert _announced(ani) == []


async def test_a_restart_in_the_middle_is_not_noticed(town: StaffedTown, rina: Person) -> None:
    """The audience is chosen from one process, the words are written to another."""
    ani = await town.person("ani").lives("WIB")
    await _chooses(rina)
    await town.restart()
    await rina.says("Halo")
    await rina.presses("Lewati")
    await rina.presses("Tanpa tombol")
    await town.restart()
    await rina.presses("Kirim sekarang")
    await town.restart()
    await town.app.jobs.run()
    assert _announced(ani) == ["Halo"]


async def test_past_the_cutoff_nobody_is_urged_to_buy(town: StaffedTown, rina: Person) -> None:
    """The audience itself is too late."""
    await town.person("ani").lives("WIB")
    await town.until("2021-10-22T09:00:00+07:00")
    await _chooses(rina)
    assert "Sudah terlambat" in rina.heard


async def test_everything_done_is_in_the_records(town: StaffedTown, rina: Person) -> None:
    """Who, what, on what."""
    await town.person("ani").lives("WIB")
    await _writes(rina, "Halo")
    await rina.presses("Kirim sekarang")
    async with town.app.store.reading() as tx:
        [entry] = await tx.staff.records("broadcast/1")
    assert (entry.who, entry.act, entry.details) == ("terminal:rina", "order", {"people": 1})


async def test_words_after_a_broadcast_are_about_what_it_told(town: StaffedTown, rina: Person) -> None:
    """A short question that names nothing goes on from the broadcast that was read last."""
    ani = await town.person("ani").lives("WITA")
    await _writes(rina, "Batas beli pelatihan pertama gelombang 21 tinggal {sisa_hari} hari lagi.")
    await rina.presses("Kirim sekarang")
    await town.app.jobs.run()
    await town.app.jobs.run()
    await ani.says("itu jam sini atau jam jakarta?")
    assert "00.59 WITA" in ani.heard
