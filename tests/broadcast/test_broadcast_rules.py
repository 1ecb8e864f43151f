"""What a broadcast comes to: arithmetic of time and Stars, places to fill, markup, buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.rules import forecast, implied_end, load_broadcast_rules
from programme.announcement import WrongBroadcast, compose_broadcast
from programme.model.broadcast_refusals import TooLate, check_in_time
from programme.model.broadcasts import Audience, Exclusions, Forecast
from programme.model.messages import Button, Link, Message, Open
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.staff import Role
from programme.model.zones import Zone
from programme.placeholders import UnknownPlaceholder, filled, has_places
from programme.programme import load_programme

RULES = load_broadcast_rules()
PAID = load_broadcast_rules(1000)  # with allow_paid_broadcast
MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
ANI = Participant(id=1, name="Ani <3", wave=21, passed_on=date(2021, 9, 22))


def _outlook(count: int, *, paid: bool = False) -> Forecast:
    audience = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))
    return forecast(audience, count, Exclusions(), PAID if paid else RULES, load_programme())


def test_a_whole_wave_takes_eight_hours_for_nothing_or_a_quarter_of_one_for_stars() -> None:
    """800,000 people at 89.73 % of 30 or of 1,000 a second; all above the free thirty cost a tenth of a Star."""
    assert (_outlook(800_000).lasts, _outlook(800_000).stars) == (timedelta(seconds=29_719), 0)
    assert (_outlook(800_000, paid=True).lasts, _outlook(800_000, paid=True).stars) == (timedelta(seconds=892), 77_600)


@given(st.integers(0, 2_000_000), st.booleans())
def test_what_starts_by_the_latest_start_is_through_in_time(count: int, paid: bool) -> None:
    """At the rate that broadcasts can count on, and not a second earlier than needed."""
    outlook = _outlook(count, paid=paid)
    assert outlook.not_after is not None
    latest = outlook.latest_start(outlook.not_after)
    rate = (PAID if paid else RULES).rate * RULES.share
    seconds = Fraction((outlook.not_after - latest) // timedelta(seconds=1))
    assert seconds * rate >= count
    assert count == 0 or (seconds - 1) * rate < count


@given(st.integers(1, 1_000_000), st.timedeltas(timedelta(days=-3), timedelta(days=6)))
def test_too_late_tells_a_start_that_would_do(count: int, later: timedelta) -> None:
    """If there is any such moment left."""
    outlook, starts = _outlook(count), max(MONDAY, MONDAY + later)
    assert outlook.not_after is not None
    try:
        check_in_time(outlook, starts, outlook.not_after, MONDAY)
    except TooLate as refusal:
        if refusal.latest is None:
            assert MONDAY + outlook.lasts > outlook.not_after
        else:
            check_in_time(outlook, refusal.latest, outlook.not_after, MONDAY)
    else:
        assert starts + outlook.lasts <= outlook.not_after


def test_the_first_cutoff_of_several_waves_counts() -> None:
    """And none where buying is not what it is about."""
    programme = load_programme()
    both = implied_end(Audience(waves=(20, 21), not_reached=(Milestone.BOUGHT,)), programme)
    alone = implied_end(Audience(waves=(20,), not_reached=(Milestone.BOUGHT,)), programme)
    assert both == alone
    assert implied_end(Audience(waves=(21,)), programme) is None
    assert implied_end(Audience(not_reached=(Milestone.BOUGHT,)), programme) is None


def test_a_large_one_needs_a_second_person() -> None:
    """From the first one above the limit."""
    assert not _outlook(RULES.approval_above).needs_approval
    assert _outlook(RULES.approval_above + 1).needs_approval


@pytest.mark.parametrize(
    ("now", "left"),
    [("2021-10-18T09:00", "3"), ("2021-10-20T23:59", "1"), ("2021-10-22T00:01", None)],
)
def test_days_left_are_counted_on_the_calendar_of_wib(now: str, left: str | None) -> None:
    """Past the last one the broadcast makes no sense for the person."""
    at = datetime.fromisoformat(f"{now}+07:00")
    message = filled(Message("{sisa_hari}/{days_left}", per_person=True), ANI, load_programme(), at)
    assert message == (None if left is None else Message(f"{left}/{left}"))


THURSDAY = datetime.fromisoformat("2021-10-21T09:00+07:00")
WEDNESDAY = datetime.fromisoformat("2021-10-20T09:00+07:00")
PAST_MIDNIGHT = datetime.fromisoformat("2021-10-22T00:30+08:00")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Tinggal {sisa_hari} hari lagi, {nama}!", "Tinggal hari ini, sampai 23.59 WIB, Ani!"),
        ("tinggal <b>{sisa_hari} hari</b> lagi", "tinggal <b>hari ini, sampai 23.59 WIB</b>"),
        ("tinggal <b>{sisa_hari}</b> hari", "tinggal <b>hari ini, sampai 23.59 WIB</b>"),
        ("{sisa_hari} hari lagi batasnya", "Hari ini, sampai 23.59 WIB batasnya"),
        ("Ayo! {sisa_hari} hari.", "Ayo! Hari ini, sampai 23.59 WIB."),
        ("Sisa: {sisa_hari}", "Sisa: hari ini, sampai 23.59 WIB"),
        ("Ini H-{sisa_hari}", "Ini hari ini, sampai 23.59 WIB"),
        ("Beli dalam {sisa_hari} hari", "Beli hari ini, sampai 23.59 WIB"),
        ("Only {days_left} days left, {name}", "Only today, until 23.59 WIB, Ani"),
        ("Buy in {days_left} days.", "Buy today, until 23.59 WIB."),
    ],
)
def test_on_the_last_day_it_is_today(words: str, said: str) -> None:
    """Not 0 days, whatever stands around the place."""
    person = replace(ANI, name="Ani")
    message = filled(Message(words, per_person=True), person, load_programme(), THURSDAY)
    assert message == Message(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{sisa_hari} hari lagi", "1 hari lagi"),
        ("{days_left} days left", "1 day left"),
        ("in {days_left} days", "in 1 day"),
        ("H-{sisa_hari}", "H-1"),
    ],
)
def test_the_day_before_there_is_one_day(words: str, said: str) -> None:
    """In the singular where a language has one."""
    assert filled(Message(words, per_person=True), ANI, load_programme(), WEDNESDAY) == Message(said)


def test_east_of_jakarta_their_own_clock_is_told_too() -> None:
    """Past midnight there it is no longer today, but tonight."""
    makassar = replace(ANI, zone=Zone.WITA)
    words = Message("Tinggal {sisa_hari} hari", per_person=True)
    today = filled(words, makassar, load_programme(), THURSDAY)
    assert today == Message("Tinggal hari ini, sampai 23.59 WIB (00.59 WITA)")
    tonight = filled(words, makassar, load_programme(), PAST_MIDNIGHT)
    assert tonight == Message("Tinggal malam ini, sampai 23.59 WIB (00.59 WITA)")


@pytest.mark.parametrize("unknown", [{"wave": None}, {"wave": 9999, "passed_on": None}])
def test_whoever_has_no_cutoff_gets_no_sentence_with_a_hole(unknown: dict[str, Any]) -> None:
    """It is not sent to them; without such a place it is."""
    person, programme = replace(ANI, **unknown), load_programme()
    assert filled(Message("Tinggal {sisa_hari} hari", per_person=True), person, programme, MONDAY) is None
    assert filled(Message("Halo {nama}", per_person=True), person, programme, MONDAY) is not None


@pytest.mark.parametrize("name", [None, "", "   ", ".", "\u2764\ufe0f", "\n"])
def test_a_name_that_is_none_is_not_written(name: str | None) -> None:
    """They are addressed as a friend."""
    person = replace(ANI, name=name)
    assert filled(Message("Halo {nama}", per_person=True), person, load_programme(), MONDAY) == Message("Halo Sobat")


def test_a_name_is_written_as_it_is_and_does_no_harm() -> None:
    """Whoever told none is addressed as a friend."""
    message, programme = Message("Halo {nama}", per_person=True), load_programme()
    assert filled(message, ANI, programme, MONDAY) == Message("Halo Ani &lt;3")
    assert filled(message, replace(ANI, name=None), programme, MONDAY) == Message("Halo Sobat")
    assert filled(message, replace(ANI, name="{nama}"), programme, MONDAY) == Message("Halo {nama}")


@given(st.text(st.characters(exclude_characters="{}"), min_size=1))
def test_a_place_nobody_knows_is_an_error(name: str) -> None:
    """Named, with those that there are."""
    if name in {"nama", "name", "sisa_hari", "days_left"}:
        return
    with pytest.raises(UnknownPlaceholder) as wrong:
        has_places(f"Halo {{{name}}}")
    assert f"{{{name}}} is no placeholder" in str(wrong.value)


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_becomes_markup_that_every_messenger_takes(text: str) -> None:
    """Or is refused in a sentence; what is shown is what was written."""
    try:
        html = compose_broadcast({"id": text}, conversations=())["id"].text
    except (WrongBroadcast, UnknownPlaceholder):
        return
    bare = html
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        bare = bare.replace(tag, "")
    assert "<" not in bare
    assert ">" not in bare


@pytest.mark.parametrize("text", ["<b>Halo", "Halo</b>", "<b><i>Halo</b></i>", "   ", "x" * 4097])
def test_words_that_cant_be_sent_are_refused(text: str) -> None:
    """Before anybody gets them."""
    with pytest.raises(WrongBroadcast):
        compose_broadcast({"id": text}, conversations=())


def test_buttons_lead_to_conversations_and_addresses() -> None:
    """Each language with its own label."""
    lines = ["Cara beli | How to buy -> how_to_buy", "Situs -> https://example.id"]
    found = compose_broadcast({"id": "Halo", "en": "Hello"}, lines, conversations={"how_to_buy"})
    assert found["id"].keys[0] == (Button("Cara beli", Open("how_to_buy")),)
    assert found["en"].keys[0] == (Button("How to buy", Open("how_to_buy")),)
    assert found["en"].keys[1] == (Link("Situs", "https://example.id"),)


@pytest.mark.parametrize(
    "line", ["Beli", "-> help", "Beli ->", "Beli -> nowhere", "Beli -> http://x", "x" * 41 + " -> help"]
)
def test_a_button_that_leads_nowhere_is_refused(line: str) -> None:
    """In one sentence."""
    with pytest.raises(WrongBroadcast):
        compose_broadcast({"id": "Halo"}, [line], conversations={"help"})


def test_each_role_includes_the_ones_before_it() -> None:
    """An admin may do what a supervisor may, an agent may not."""
    assert [role.covers(Role.SUPERVISOR) for role in Role] == [False, True, True]
