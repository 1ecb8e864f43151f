"""What a person sees of a message that the app sends through Telegram."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Gone
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.sending import TelegramChannel
from programme.model.messages import AskContact, Button, Kind, Link, Message, Open, Picture
from tests.fakes.bot_api import FakeBotApi
from tests.telegram.conftest import drawn

MENU = Button("Menu", Open("menu"))
SHARE = AskContact("Bagikan nomorku")


class TestWhatIsSeen:
    async def test_bold_and_escaped_text_with_buttons_in_rows(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        beli = Link("Beli", "https://www.tokopedia.com/prakerja")
        sent = await channel.send("71", Message("<b>Halo</b> a &lt; b &amp; c", ((MENU,), (beli,))))
        assert siti.last.text == "Halo a < b & c"
        assert siti.last.buttons == ("Menu",)
        assert siti.last.links == {"Beli": "https://www.tokopedia.com/prakerja"}
        assert sent == str(siti.last.id)

    async def test_links_show_no_preview(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        api.user(71)
        await channel.send("71", Message("https://www.prakerja.go.id"))
        assert api.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}

    async def test_numbers_and_mail_addresses_stand_in_the_text(
        self, api: FakeBotApi, channel: TelegramChannel
    ) -> None:
        """Telegram refuses tel: and mailto: as buttons, but makes them tappable where they stand in a text."""
        siti = api.user(71)
        call = Link("Telepon", "tel:+628001503001")
        mail = Link("Surel <CS>", "mailto:cs%40platform.id?subject=Halo")
        await channel.send("71", Message("Hubungi:", ((call, MENU), (mail,))))
        assert siti.last.text == "Hubungi:\nTelepon: +628001503001\nSurel <CS>: cs@platform.id"
        assert siti.last.buttons == ("Menu",)
        assert not siti.last.links

    async def test_a_picture_carries_its_text_and_keys(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        siti = api.user(71)
        await channel.send("71", Message("Sisa <b>3 hari</b>", ((MENU,),), picture))
        assert siti.last.photo == picture.data
        assert siti.last.text == "Sisa 3 hari"
        assert siti.last.buttons == ("Menu",)

    async def test_text_too_long_for_a_caption_follows_the_picture(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        siti = api.user(71)
        sent = await channel.send("71", Message("kata " * 300, ((MENU,),), picture))
        photo, text = siti.messages
        assert (photo.text, photo.photo, photo.buttons) == ("Sisa 3 hari", picture.data, ())
        assert (text.photo, text.buttons, sent) == (None, ("Menu",), str(text.id))

    async def test_one_picture_is_uploaded_once_however_many_get_it(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        people = [api.user(number) for number in range(100, 120)]
        api.latency = 0.001
        async with asyncio.TaskGroup() as tasks:
            for person in people:
                tasks.create_task(channel.send(str(person.id), Message("Halo", picture=picture)))
        assert {person.last.photo for person in people} == {picture.data}
        assert len(api.state.files) == 1

    async def test_a_picture_that_telegram_forgot_is_uploaded_again(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        siti = api.user(71)
        await channel.send("71", Message("satu", picture=picture))
        siti.chat.messages.clear()
        api.state.files.clear()
        await channel.send("71", Message("dua", picture=picture))
        assert siti.last.photo == picture.data

    async def test_the_first_upload_may_fail_without_harm_to_the_next(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        await api.user(71).blocks()
        siti = api.user(72)
        with pytest.raises(Gone):
            await channel.send("71", Message("Halo", picture=picture))
        await channel.send("72", Message("Halo", picture=picture))
        assert siti.last.photo == picture.data

    async def test_a_long_text_comes_in_parts_with_the_keys_on_the_last(
        self, api: FakeBotApi, channel: TelegramChannel
    ) -> None:
        siti = api.user(71)
        sent = await channel.send("71", Message("<b>" + "Sobat 😀 Prakerja\n" * 500 + "</b>", ((MENU,),)))
        assert len(siti.messages) > 1
        assert [seen.buttons for seen in siti.messages[:-1]] == [()] * (len(siti.messages) - 1)
        assert siti.last.buttons == ("Menu",)
        assert sent == str(siti.last.id)
        assert "\n".join(seen.text for seen in siti.messages).count("Sobat 😀 Prakerja") == 500


class TestSharingANumber:
    async def test_the_keyboard_for_it_comes_with_the_text(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        await channel.send("71", Message("Boleh tahu nomormu?", ((SHARE,),)))
        assert len(siti.messages) == 1
        assert siti.keyboard == ["Bagikan nomorku"]
        assert api.called("sendMessage")[0]["reply_markup"]["one_time_keyboard"] is True

    async def test_beside_other_keys_it_gets_a_short_message_of_its_own(
        self, api: FakeBotApi, channel: TelegramChannel
    ) -> None:
        siti = api.user(71)
        sent = await channel.send("71", Message("Boleh tahu nomormu?", ((SHARE,), (MENU,))))
        asked, prompt = siti.messages
        assert (asked.buttons, prompt.text) == (("Menu",), "Bagikan nomorku")
        assert siti.keyboard == ["Bagikan nomorku"]
        assert sent == str(asked.id)

    async def test_after_a_text_in_parts_it_comes_with_the_last(
        self, api: FakeBotApi, channel: TelegramChannel
    ) -> None:
        siti = api.user(71)
        sent = await channel.send("71", Message("kata " * 1000, ((SHARE,),)))
        assert siti.keyboard == ["Bagikan nomorku"]
        assert (len(siti.messages), sent) == (2, str(siti.last.id))

    @pytest.mark.parametrize("keys", [(), ((MENU,),)])
    async def test_it_goes_with_the_next_message(
        self, api: FakeBotApi, channel: TelegramChannel, keys: tuple[tuple[Button, ...], ...]
    ) -> None:
        siti = api.user(71)
        await channel.send("71", Message("Boleh tahu nomormu?", ((SHARE,),)))
        await channel.send("71", Message("Terima kasih", keys))
        assert siti.keyboard == []
        assert [seen.text for seen in siti.messages] == ["Boleh tahu nomormu?", "Terima kasih"]
        assert len(siti.last.buttons) == len(keys)


class TestEdits:
    async def test_a_text_takes_the_place_of_a_text(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        first = await channel.send("71", Message("satu", ((MENU,),)))
        assert await channel.send("71", Message("dua", ((MENU,),)), edits=first) == first
        assert [(seen.text, seen.edits) for seen in siti.messages] == [("dua", 1)]

    async def test_keys_go_where_the_new_message_has_none(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        first = await channel.send("71", Message("satu", ((MENU,),)))
        await channel.send("71", Message("satu"), edits=first)
        assert siti.last.buttons == ()

    async def test_nothing_new_counts_as_sent(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        first = await channel.send("71", Message("satu", ((MENU,),)))
        assert await channel.send("71", Message("satu", ((MENU,),)), edits=first) == first
        assert len(siti.messages) == 1

    @pytest.mark.parametrize("edits", ["4", "bukan angka"])
    async def test_what_is_not_there_is_sent_anew(self, api: FakeBotApi, channel: TelegramChannel, edits: str) -> None:
        siti = api.user(71)
        sent = await channel.send("71", Message("dua"), edits=edits)
        assert (siti.last.text, sent) == ("dua", str(siti.last.id))

    async def test_what_can_not_be_edited_is_sent_anew(self, api: FakeBotApi, channel: TelegramChannel) -> None:
        siti = api.user(71)
        asked = await channel.send("71", Message("Nomormu?", ((SHARE,),)))
        await channel.send("71", Message("dua", ((MENU,),)), edits=asked)
        assert [seen.text for seen in siti.messages] == ["Nomormu?", "dua"]

    async def test_a_picture_takes_the_place_of_a_picture_and_of_a_text(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        siti = api.user(71)
        first = await channel.send("71", Message("satu"))
        await channel.send("71", Message("dua", picture=picture), edits=first)
        assert (siti.last.text, siti.last.photo) == ("dua", picture.data)
        other = drawn("red")
        assert await channel.send("71", Message("tiga", ((MENU,),), other), edits=first) == first
        assert (siti.last.text, siti.last.photo, siti.last.buttons) == ("tiga", other.data, ("Menu",))
        assert await channel.send("71", Message("empat", picture=other), edits=first) == first
        assert len(siti.messages) == 1

    async def test_a_text_for_a_picture_becomes_its_caption_or_a_message(
        self, api: FakeBotApi, channel: TelegramChannel, picture: Picture
    ) -> None:
        siti = api.user(71)
        first = await channel.send("71", Message("satu", picture=picture))
        assert await channel.send("71", Message("dua"), edits=first) == first
        assert (siti.last.text, siti.last.photo) == ("dua", picture.data)
        assert await channel.send("71", Message("kata " * 300), edits=first) != first
        assert len(siti.messages) == 2


class TestLanes:
    async def test_a_reply_does_not_wait_behind_the_bulk(
        self, api: FakeBotApi, account: Account, signer: ButtonSigner
    ) -> None:
        """Bulk has connections of its own: with all of them busy, a reply goes out at once."""
        siti = api.user(71)
        async with open_account(api.token, api.base_url, connections=1) as bulk:
            channel = TelegramChannel(account, signer, bulk)
            api.next("sendMessage", hangs=True)
            async with asyncio.TaskGroup() as tasks:
                stuck = tasks.create_task(channel.send("71", Message("massal"), kind=Kind.BROADCAST))
                waiting = tasks.create_task(channel.send("71", Message("lagi"), kind=Kind.REMINDER))
                await api.hung()
                await channel.send("71", Message("balasan"))
                assert siti.last.text == "balasan"
                stuck.cancel()
                await waiting
        assert [seen.text for seen in siti.messages] == ["balasan", "lagi"]
