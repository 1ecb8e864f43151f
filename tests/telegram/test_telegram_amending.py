"""A message that went to many, taken back or corrected where it stands on Telegram."""

from __future__ import annotations

import pytest

from bot.channels.channel import Refused
from bot.channels.telegram.sending import TelegramChannel
from programme.model.messages import Button, Kind, Message, Open, Picture
from tests.fakes.bot_api import FakeBotApi

MENU = Button("Menu", Open("menu"))
TAKEN_BACK = Message("", takes_back=True)


async def test_it_goes_away_and_may_be_asked_again(api: FakeBotApi, channel: TelegramChannel) -> None:
    """Also after a crash before that was noted: what is gone counts as taken back, and nothing is sent."""
    siti = api.user(71)
    sent = await channel.send("71", Message("Besok libur"), kind=Kind.BROADCAST)
    assert await channel.send("71", TAKEN_BACK, kind=Kind.BROADCAST, edits=sent) == sent
    assert siti.messages == []
    await channel.send("71", TAKEN_BACK, kind=Kind.BROADCAST, edits=sent)
    assert len(api.called("sendMessage")) == 1


async def test_new_words_stand_in_its_place(api: FakeBotApi, channel: TelegramChannel, picture: Picture) -> None:
    """With its buttons and its picture, under the same id; the same words twice are no trouble."""
    siti = api.user(71)
    for before in (Message("Salah", ((MENU,),)), Message("Salah", (), picture)):
        sent = await channel.send("71", before, kind=Kind.BROADCAST)
        right = Message("Benar", before.keys, before.picture)
        for _twice in range(2):
            assert await channel.send("71", right, kind=Kind.BROADCAST, edits=sent) == sent
        assert (siti.last.text, str(siti.last.id)) == ("Benar", sent)
    assert [seen.text for seen in siti.messages] == ["Benar", "Benar"]


async def test_what_the_person_deleted_is_not_sent_anew(api: FakeBotApi, channel: TelegramChannel) -> None:
    """A correction in a chat from which the message is gone could not be made, and rings nobody."""
    siti = api.user(71)
    sent = await channel.send("71", Message("Salah"), kind=Kind.BROADCAST)
    siti.chat.messages.pop(int(sent))
    with pytest.raises(Refused):
        await channel.send("71", Message("Benar"), kind=Kind.BROADCAST, edits=sent)
    assert siti.messages == []
