"""What people do in Telegram, as the app hears it."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from programme.model.messages import Button, Incoming, Message, Open, Sort
from programme.model.phones import OwnNumber
from tests.fakes.bot_api import BOT, FakeBotApi
from tests.telegram.conftest import NOW


def read(api: FakeBotApi, reader: Reader) -> Incoming | None:
    """The latest update, as PTB parses it."""
    return reader.read(Update.de_json(api.state.updates[-1]))


def heard(api: FakeBotApi, reader: Reader) -> Incoming:
    incoming = read(api, reader)
    assert incoming is not None
    return incoming


async def test_a_text_with_its_sender_time_and_language(api: FakeBotApi, reader: Reader) -> None:
    number = await api.user(71, language="jv").says("gel 21 terakhir kapan?", date=int(NOW.timestamp()))
    assert heard(api, reader) == Incoming(
        channel="telegram",
        can_vouch=True,
        address="71",
        id=f"{BOT['id']}:{number}",
        at=NOW,
        text="gel 21 terakhir kapan?",
        language="jv",
        name="Siti",
        message="101",
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/start g21", "/start g21"),
        ("/batas", "/batas"),
        ("/batas@SobatPrakerjaBot", "/batas"),
        ("/start@sobatprakerjabot g21", "/start g21"),
        ("/batas@BotLain", "/batas@BotLain"),
    ],
)
async def test_commands_stay_texts(api: FakeBotApi, reader: Reader, typed: str, kept: str) -> None:
    await api.user(71).says(typed)
    assert heard(api, reader).text == kept


async def test_what_must_not_be_kept_is_cut_out_of_texts_and_captions(api: FakeBotApi, reader: Reader) -> None:
    await api.user(71).says("OTP saya 123456")
    assert (heard(api, reader).text, heard(api, reader).redacted) == ("OTP saya [OTP]", ("otp",))
    await api.user(71).sends("photo", "123456")
    assert (heard(api, reader).text, heard(api, reader).redacted) == ("[OTP]", ("otp",))


@pytest.mark.parametrize(
    ("sent", "sort"),
    [
        ("photo", Sort.PHOTO),
        ("document", Sort.DOCUMENT),
        ("voice", Sort.VOICE),
        ("audio", Sort.VOICE),
        ("video", Sort.VIDEO),
        ("video_note", Sort.VIDEO),
        ("animation", Sort.VIDEO),
        ("sticker", Sort.STICKER),
        ("location", Sort.LOCATION),
        ("venue", Sort.LOCATION),
        ("dice", Sort.OTHER),
    ],
)
async def test_every_sort_of_message_is_named(api: FakeBotApi, reader: Reader, sent: str, sort: Sort) -> None:
    await api.user(71).sends(sent, "gagal terus")
    assert (heard(api, reader).sort, heard(api, reader).text) == (sort, "gagal terus")


async def test_an_edit_is_told_as_such_with_the_message_that_it_changes(api: FakeBotApi, reader: Reader) -> None:
    siti = api.user(71)
    await siti.says("gelombang 21")
    first = heard(api, reader)
    await siti.edits("maksudku gelombang 22")
    changed = heard(api, reader)
    assert (changed.edited, changed.message, changed.text) == (True, first.message, "maksudku gelombang 22")


async def test_the_pictures_of_an_album_are_told_as_such(api: FakeBotApi, reader: Reader) -> None:
    """Whoever sends five screenshots at once wants one answer, and all five to be seen."""
    pictures = []
    for _ in range(5):
        await api.user(71).sends("photo", media_group_id="1234")
        pictures.append(heard(api, reader))
    assert {picture.album for picture in pictures} == {"1234"}
    assert len({picture.id for picture in pictures}) == 5
    assert all(picture.attachment for picture in pictures)


async def test_a_forwarded_text_is_marked(api: FakeBotApi, reader: Reader) -> None:
    await api.user(71).forwards("Selamat! Klik link ini")
    assert (heard(api, reader).text, heard(api, reader).forwarded) == ("Selamat! Klik link ini", True)


@pytest.mark.parametrize("written", ["6281234567890", "+62 812-3456-7890"])
async def test_ones_own_number_is_taken(api: FakeBotApi, reader: Reader, written: str) -> None:
    await api.user(71).shares_contact(written)
    assert (heard(api, reader).sort, heard(api, reader).number) == (Sort.CONTACT, OwnNumber("+6281234567890"))


async def test_somebody_elses_number_is_not(api: FakeBotApi, reader: Reader) -> None:
    await api.user(71).shares_contact("6281234567890", user_id=72)
    assert (heard(api, reader).sort, heard(api, reader).number) == (Sort.CONTACT, None)


@pytest.mark.parametrize("written", ["", "abc", "+1", "9" * 40, "٠٨١٢٠٠٠٠٠٠٢١"])
async def test_a_number_that_is_none_is_nobodys(api: FakeBotApi, reader: Reader, written: str) -> None:
    """Else all who have such a one would be one person."""
    await api.user(71).shares_contact(written)
    assert heard(api, reader).number is None


async def test_nobody_speaks_in_the_chat_of_another(api: FakeBotApi, reader: Reader, channel: TelegramChannel) -> None:
    siti = api.user(71)
    await siti.says("halo")
    api.state.updates[-1]["message"]["from"] = {"id": 666, "is_bot": False, "first_name": "Mal"}
    assert read(api, reader) is None
    await channel.send("71", Message("Pilih", ((Button("Ya", Open("status")),),)))
    await siti.presses("Ya")
    api.state.updates[-1]["callback_query"]["from"] = {"id": 666, "is_bot": False, "first_name": "Mal"}
    assert read(api, reader) is None


class TestPresses:
    async def test_a_button_of_ours_brings_its_action(
        self, api: FakeBotApi, reader: Reader, channel: TelegramChannel
    ) -> None:
        siti = api.user(71)
        action = Open("recommend", {"topic": "masak"})
        sent = await channel.send("71", Message("Pilih", ((Button("Kelas masak", action),),)))
        await siti.presses("Kelas masak")
        incoming = heard(api, reader)
        assert (incoming.sort, incoming.action, incoming.stale) == (Sort.PRESS, action, False)
        assert (incoming.pressed, incoming.text, incoming.at) == (sent, "Kelas masak", NOW)

    async def test_a_forged_or_old_one_is_stale(self, api: FakeBotApi, reader: Reader) -> None:
        await api.user(71).forges(ButtonSigner(b"another key").write(Open("status")))
        incoming = heard(api, reader)
        assert (incoming.sort, incoming.action, incoming.stale) == (Sort.PRESS, None, True)

    async def test_one_on_a_message_long_gone_is_still_heard(
        self, api: FakeBotApi, reader: Reader, signer: ButtonSigner
    ) -> None:
        """Telegram shows the bot nothing of such a message but its number."""
        await api.user(71).forges(signer.write(Open("status")))
        press = api.state.updates[-1]["callback_query"]
        press["message"] = {"chat": press["message"]["chat"], "message_id": 7, "date": 0}
        incoming = heard(api, reader)
        assert (incoming.action, incoming.pressed, incoming.text) == (Open("status", {}), "7", "")


async def test_blocking_and_unblocking_are_heard(api: FakeBotApi, reader: Reader) -> None:
    siti = api.user(71)
    await siti.blocks()
    assert heard(api, reader).sort is Sort.STOPPED
    await siti.unblocks()
    assert heard(api, reader).sort is Sort.RESUMED


class TestNotForUs:
    async def test_what_the_messenger_itself_says(self, api: FakeBotApi, reader: Reader) -> None:
        await api.user(71).sends("pinned_message")
        assert read(api, reader) is None

    async def test_another_bot(self, api: FakeBotApi, reader: Reader) -> None:
        siti = api.user(71)
        siti.chat.person["is_bot"] = True
        await siti.says("halo")
        assert read(api, reader) is None

    async def test_a_press_on_a_message_of_nobody(self, api: FakeBotApi, reader: Reader) -> None:
        await api.user(71).forges("x")
        del api.state.updates[-1]["callback_query"]["message"]
        assert read(api, reader) is None

    async def test_membership_in_a_group(self, api: FakeBotApi, reader: Reader) -> None:
        group = api.group()
        group.chat.person = {"id": 5, "is_bot": False, "first_name": "Budi"}
        await group.blocks()
        assert read(api, reader) is None


async def test_a_files_name_and_a_persons_pass_the_same_door(api: FakeBotApi, reader: Reader) -> None:
    document = {"file_id": "F", "file_unique_id": "f", "file_name": "kartu-9374-1205-6678-4432.pdf"}
    await api.user(71, name="Siti 482913").sends("document", document=document)
    attachment = heard(api, reader).attachment
    assert attachment is not None
    assert (attachment.name, heard(api, reader).name) == ("kartu [nomor kartu].pdf", "Siti")
