"""What a message is on WhatsApp: its markup as a page shows it, and what hangs on it, read from the body itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.buttons import ButtonSigner
from bot.demo.whatsapp_charges import charge_of
from bot.demo.whatsapp_chat import WhatsAppChat
from bot.look.whatsapp_bubble import Bubble
from bot.look.whatsapp_markup import html_of, plain_of
from bot.look.whatsapp_outgoing import by_template, freely
from bot.store.repositories.chats import ChatMessage
from programme.model.messages import AskContact, Button, Document, Key, Kind, Link, Message, Open, Picture
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.notices import notice
from programme.programme import load_programme

SIGNER = ButtonSigner(b"k" * 32)
PICTURE = Picture(b"png", "3 hari lagi")
EVENING = datetime(2021, 10, 21, 18, tzinfo=Zone.WIB.tz)
LAST_EVENING = notice("last_evening", "id", name="Rina", wave="gelombang 21", cutoff="Kamis pukul 23.59 WIB")
REMINDER = Message("Malam terakhir", notice=LAST_EVENING)


def buttons(count: int, label: str = "Pilihan") -> tuple[tuple[Key, ...], ...]:
    return tuple((Button(f"{label} {number}", Open("plan", {"n": str(number)})),) for number in range(count))


def only(message: Message) -> Bubble:
    [bubble] = freely(message, SIGNER).bubbles
    return bubble


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*tebal* dan _miring_", "<b>tebal</b> dan <i>miring</i>"),
        ("*_dua_*", "<b><i>dua</i></b>"),
        ("a*b*c dan 2 * 3", "a*b*c dan 2 * 3"),
        ("\u2060*bukan*", "*bukan*"),
        ("<b>\nsatu & dua", "&lt;b&gt;<br>satu &amp; dua"),
        (
            "di https://x.id/a_b_c.",
            'di <a href="https://x.id/a_b_c" target="_blank" rel="noopener noreferrer">https://x.id/a_b_c</a>.',
        ),
    ],
)
def test_signs_become_bold_and_italics_where_whatsapp_takes_them_for_it(written: str, shown: str) -> None:
    """Beside letters, spaces and behind a word joiner a sign stays a sign; so it does in an address."""
    assert html_of(written) == shown


def test_words_alone_have_no_signs() -> None:
    assert plain_of("*Batas*:\n_besok_ \u2060*") == "Batas:\nbesok *"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "s", "code", "br", "a"}
        assert {name for name, _value in attrs} in (set(), {"href", "target", "rel"})
        self.open += [tag] if tag != "br" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.text(alphabet="<>/bi&;='\" ax\n*_~`:") | st.text(alphabet='*_ htps:/x.<"'))
def test_no_text_smuggles_in_another_tag(text: str) -> None:
    """Whatever a message holds, the few tags of its markup reach the page, each closed where it was opened."""
    tags = _Tags()
    tags.feed(html_of(text))
    tags.close()
    assert tags.open == []


def test_up_to_three_buttons_hang_on_it_and_more_are_a_list() -> None:
    """The ids are those that would come back."""
    few = only(Message("Mau apa?", buttons(3), picture=PICTURE))
    assert ([choice.title for choice in few.replies], few.picture) == (["Pilihan 0", "Pilihan 1", "Pilihan 2"], PICTURE)
    assert SIGNER.read(few.replies[1].id) == Open("plan", {"n": "1"})
    many = only(Message("Mau apa?", buttons(5, "Sebuah pilihan yang panjang nomor")))
    assert (many.opens, len(many.rows)) == ("Pilih", 5)
    assert many.rows[4].description == "Sebuah pilihan yang panjang nomor 4"


def test_a_link_and_the_question_for_the_number_are_buttons_of_their_own() -> None:
    assert only(Message("Beli", ((Link("Buka", "https://x.id"),),))).link == Link("Buka", "https://x.id")
    assert only(Message("Siapa?", ((AskContact("Bagikan"),),))).asks


def test_pictures_and_files_stand_above_the_words() -> None:
    shown = only(Message("<b>Kartu</b>", picture=PICTURE))
    assert (shown.words, shown.picture) == ("*Kartu*", PICTURE)
    file = only(Message("Datamu", document=Document("data.txt", b"{}"))).file
    assert file is not None
    assert file.name == "data.txt"


def test_outside_of_the_window_an_approved_text_is_filled() -> None:
    """Its name, footer and quick replies are those that Meta keeps; it ends before the cutoff."""
    hours = timedelta(hours=1).total_seconds()
    outgoing = by_template(REMINDER, SIGNER, 5 * hours)
    [bubble] = outgoing.bubbles
    assert (bubble.template, outgoing.category) == ("sobat_last_evening_3h", "utility")
    assert "Rina" in bubble.words
    assert "{" not in bubble.words
    assert bubble.footer
    assert [SIGNER.read(choice.id) for choice in bubble.replies][:2] == [Open("how_to_buy"), Open("report_bought")]
    assert outgoing.bodies[0]["template"]["name"] == "sobat_last_evening_3h"
    assert by_template(REMINDER, SIGNER, 2 * hours).bubbles[0].template == "sobat_last_evening_1h"


def test_what_no_approved_text_stands_for_does_not_go_out() -> None:
    """Without a notice, and where none would arrive in time."""
    assert by_template(Message("Halo"), SIGNER, None).bubbles == ()
    assert by_template(REMINDER, SIGNER, 600.0).bubbles == ()


def test_the_window_is_a_day_from_what_the_person_said_last() -> None:
    """A reminder within it goes out in its own words, one after it as a template; a reply is never outside."""
    chat = WhatsAppChat(load_programme(), Participant(id=1, wave=21))
    for heard, template in ((EVENING - timedelta(hours=25), True), (EVENING - timedelta(hours=23), False)):
        chat.clear()
        chat.person = Participant(id=1, wave=21)
        chat.hear(ChatMessage(id="1", at=heard, message=Message("oke"), kind=None))
        [bubble] = chat.outgoing(ChatMessage(id="2", at=EVENING, message=REMINDER, kind=Kind.REMINDER)).bubbles
        assert bool(bubble.template) is template
        assert chat.category(Kind.REMINDER, EVENING) == ("utility" if template else "service")
    late = ChatMessage(id="3", at=EVENING + timedelta(days=3), message=Message("Ya"), kind=Kind.REPLY)
    assert chat.outgoing(late).bubbles[0].words == "Ya"


def test_a_long_list_has_pages() -> None:
    """The last row of a page leads to the next."""
    chat = WhatsAppChat(load_programme())
    post = ChatMessage(id="1", at=EVENING, message=Message("Mana?", buttons(12)), kind=Kind.REPLY)
    first = chat.outgoing(post).bubbles[0].rows
    assert (len(first), first[-1].title) == (10, "Lainnya")
    [later] = chat.outgoing(post, page=1).bubbles
    assert [choice.title for choice in later.replies] == ["Pilihan 9", "Pilihan 10", "Pilihan 11"]


def test_a_charge_has_its_price_where_it_is_known() -> None:
    assert charge_of("utility").startswith("utility, US$0.0")
    assert charge_of("service") == "service"
    assert charge_of("unheard of") == "unheard of"
