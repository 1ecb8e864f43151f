"""What the channel refuses for good holds up nothing behind it: it is named in its place, and both sides are told."""

from __future__ import annotations

from io import BytesIO

import pytest
from complaining import complains
from PIL import Image
from staffed import Desk

from bot.demo.visitor import Visitor
from bot.outbound.worker import deliver_due
from bot.store.repositories.dead_letters import DeadLetter
from programme.model.messages import Attachment, Sort
from programme.model.spheres import Sphere
from programme.model.tickets import Author, Entry

PLACEHOLDER = "[berkas tidak bisa ditampilkan]"


def drawn(width: int = 20, height: int = 20) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "JPEG")
    return out.getvalue()


async def says_file(desk: Desk, sort: Sort, reference: str, text: str = "") -> None:
    """Put a file onto ticket 1, as kept by Telegram under `reference`."""
    assert desk.app.helpdesk is not None
    async with desk.app.store.writing() as tx:
        kept = Attachment(sort, "telegram", reference)
        entry = Entry(ticket=1, at=desk.clock.now(), author=Author.PERSON, text=text, attachment=kept)
        await tx.ticket_entries.say(entry)
    desk.app.helpdesk.topic_sync.wake()


async def test_a_refused_file_is_named_in_its_place_and_everything_behind_it_goes_on(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await says_file(desk, Sort.PHOTO, "gone from the servers", "ini layarnya")
    shown = await desk.forum.shows(PLACEHOLDER, topic)
    assert "ini layarnya" in shown.shown.text
    await ani.says("bayarnya pakai VA")
    await desk.forum.shows("bayarnya pakai VA", topic)
    await ani.edits("bayarnya pakai QRIS")
    await desk.forum.shows("diubah: bayarnya pakai QRIS", topic)
    await deliver_due(desk.app.sender)
    told = await ani.hears("tidak bisa dibuka petugas")
    assert "Kirim lagi sebagai foto, atau tulis isinya" in told.text
    await desk.budi.writes("/tutup", topic)
    await desk.forum.is_closed(topic)
    assert "✅ ditutup" in desk.forum.seen(topic)[0].shown.text, "the card is edited too"
    assert sum("tidak bisa dibuka petugas" in message.text for message in ani.messages) == 1
    desk.forum.loses(topic)
    await ani.says("masih gagal juga")
    again = await desk.forum.opens("#1")
    await desk.forum.shows("masih gagal juga", again)
    assert PLACEHOLDER in desk.forum.text(again)
    await deliver_due(desk.app.sender)
    assert sum("tidak bisa dibuka petugas" in message.text for message in ani.messages) == 1, "told once"


@pytest.mark.parametrize("sort", ["photo", "document", "voice", "audio", "video", "animation", "video_note"])
async def test_every_sort_of_file_arrives_as_what_it_is_both_ways(desk: Desk, sort: str) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await ani.sends_file(sort, drawn(), "dari aku")
    await desk.forum.shows("dari aku", topic)
    while not any(sent.photo and sent.kind == sort for sent in desk.forum.seen(topic)):
        desk.forum.chat.heard.clear()
        await desk.forum.chat.heard.wait()
    await desk.budi.sends(sort, drawn(), topic, "dari petugas")
    await ani.hears("dari petugas")
    await ani.gets(sort)
    assert PLACEHOLDER not in desk.forum.text(topic)


async def test_what_was_kept_under_a_wrong_sort_goes_as_what_telegram_calls_it(desk: Desk) -> None:
    """An audio that was noted as a document, before each sort had a method of its own."""
    await complains(desk)
    topic = await desk.forum.opens("#1")
    await says_file(desk, Sort.DOCUMENT, desk.api.state.keep(b"ID3", "audio"), "rekaman")
    shown = await desk.forum.shows("rekaman", topic)
    assert (shown.kind, PLACEHOLDER in shown.shown.text) == ("audio", False)


@pytest.mark.parametrize("size", [(100, 3000), (9000, 2000)])
async def test_a_picture_with_impossible_sides_goes_as_a_file(desk: Desk, size: tuple[int, int]) -> None:
    visitor = Visitor(desk.app, desk.web, None, "browser")
    for words in ("/start g21", "lewati", "wib", "mau bicara dengan petugas", "hal lain", "halaman tidak terbuka"):
        await visitor.say(words)
    topic = await desk.forum.opens("#1")
    assert desk.app.helpdesk is not None
    async with desk.app.store.writing() as tx:
        ticket = await tx.tickets.get(1)
        assert ticket is not None
        number = await tx.uploads.keep(ticket.participant, "panjang.jpg", drawn(*size))
        kept = Attachment(Sort.PHOTO, "web", number, "panjang.jpg")
        entry = Entry(ticket=1, at=desk.clock.now(), author=Author.PERSON, text="panjang", attachment=kept)
        await tx.ticket_entries.say(entry)
    desk.app.helpdesk.topic_sync.wake()
    shown = await desk.forum.shows("panjang", topic)
    assert (shown.kind, PLACEHOLDER in shown.shown.text) == ("document", False)


async def test_a_file_of_the_staff_that_is_refused_leaves_the_words_and_the_staff_hear_of_it(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    desk.api.next("sendDocument", status=400, description="Bad Request: wrong file identifier/HTTP URL specified")
    await desk.budi.sends("document", b"%PDF", topic, "isi formulir ini")
    heard = await ani.hears("isi formulir ini")
    assert PLACEHOLDER in heard.text
    while "Berkasnya ditolak dan tidak terlihat oleh peserta" not in desk.forum.text(topic):
        await desk.tick()
    await desk.budi.writes("kucoba lagi", topic)
    await ani.hears("kucoba lagi")


@pytest.mark.parametrize(
    "refusal",
    [
        "Bad Request: can't parse entities: Unsupported start tag",
        "Bad Request: message is too long",
        "Bad Request: BUTTON_DATA_INVALID",
        "Bad Request: something that nobody ever saw",
    ],
)
async def test_words_that_are_refused_are_shown_plainly_and_others_follow(desk: Desk, refusal: str) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    desk.api.next("sendMessage", times=1, status=400, description=refusal)
    async with desk.app.store.writing() as tx:
        await tx.ticket_entries.say_to_staff(1, "<b>kabar</b> pertama")
    assert desk.app.helpdesk is not None
    desk.app.helpdesk.topic_sync.wake()
    await desk.forum.shows("kabar pertama", topic)
    desk.api.next("sendMessage", times=3, status=400, description=refusal)
    async with desk.app.store.writing() as tx:
        await tx.ticket_entries.say_to_staff(1, "kabar kedua")
    while desk.api.faults:
        await desk.app.helpdesk.topic_sync.refresh()
    await ani.says("masih di sini")
    await desk.forum.shows("masih di sini", topic)


async def test_a_card_that_can_not_be_changed_holds_up_nobody(desk: Desk) -> None:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    desk.api.next("editMessageText", times=2, status=400, description="Bad Request: MESSAGE_AUTHOR_REQUIRED")
    await desk.budi.writes("/ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await ani.says("halo?")
    await desk.forum.shows("halo?", topic)
    await desk.budi.writes("/tutup", topic)
    await desk.forum.is_closed(topic)


async def test_a_refused_notice_to_everybody_lets_the_others_through(desk: Desk) -> None:
    assert desk.app.helpdesk is not None
    desk.api.next("sendMessage", times=3, status=400, description="Bad Request: message is too long")
    await desk.budi.writes("/antrean")
    await desk.budi.writes("/bantuan")
    await desk.forum.shows("Perintah di grup petugas")


async def test_a_topic_that_is_lost_again_and_again_is_set_aside(desk: Desk) -> None:
    """Three times it is built anew; then it waits for news, and an operator is told."""
    ani = await complains(desk)
    assert desk.app.helpdesk is not None
    await desk.forum.opens("#1")
    desk.api.next("sendMessage", times=3, status=400, description="Bad Request: message thread not found")
    async with desk.app.store.writing() as tx:
        await tx.ticket_entries.say_to_staff(1, "kabar")
    letters: list[DeadLetter] = []
    while not letters:
        await desk.app.helpdesk.topic_sync.refresh()
        async with desk.app.store.reading() as tx:
            letters = await tx.dead_letters.all()
    [letter] = letters
    assert (letter.sphere, letter.key, letter.tries, letter.reason) == (
        Sphere.VIEW,
        "1",
        3,
        "TopicLost from BadRequest",
    )
    assert len(desk.api.called("createForumTopic")) <= 3
    await ani.says("halo?")
    while letters:
        await desk.app.helpdesk.topic_sync.refresh()
        async with desk.app.store.reading() as tx:
            letters = await tx.dead_letters.all()
    assert "halo?" in desk.forum.text(max(desk.forum.topics))
