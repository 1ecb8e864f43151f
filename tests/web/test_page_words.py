"""The page's small words: what is left, safe markup, names of moments and reminders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.moments import short_moment, stops
from bot.demo.urgency import Urgency, left_until
from bot.look.markup import as_text, safe_html
from programme.cutoffs import cutoff_on
from programme.facts import Certainty
from programme.model.zones import Zone
from reminders.policy import load_policy
from reminders.wording.titles import title_of

CUTOFF = cutoff_on(date(2021, 10, 21), Certainty.PUBLISHED, "test").at
MOMENTS = st.timedeltas(timedelta(days=-40), timedelta(days=40)).map(lambda away: CUTOFF + away)


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=Zone.WIB.tz)


@pytest.mark.parametrize(
    ("now", "words", "urgency"),
    [
        (wib(14, 9), "7 hari 14 jam 59 menit", Urgency.CALM),
        (wib(18, 9), "3 hari 14 jam 59 menit", Urgency.SOON),
        (wib(20, 9), "1 hari 14 jam 59 menit", Urgency.TOMORROW),
        (wib(21, 0), "23 jam 59 menit", Urgency.TODAY),
        (wib(21, 23, 58), "1 menit", Urgency.TODAY),
        (wib(22, 0), "Batas sudah lewat", Urgency.OVER),
    ],
)
def test_what_is_left_is_told_to_the_minute_and_grows_urgent(now: datetime, words: str, urgency: Urgency) -> None:
    """The countdown takes the colours of the deadline pictures at the same days."""
    left = left_until(CUTOFF, now)
    assert (left.words, left.urgency) == (words, urgency)


def test_whoever_bought_has_nothing_to_fear() -> None:
    """After buying, the countdown rests, before and after the cutoff."""
    assert left_until(CUTOFF, wib(21, 23), bought=True).urgency is Urgency.KEPT
    assert left_until(CUTOFF, wib(25, 9), bought=True).urgency is Urgency.KEPT


@given(MOMENTS)
def test_it_is_over_exactly_when_the_cutoff_is_past(now: datetime) -> None:
    """No moment before the cutoff counts as lost, and none after it as left."""
    assert (left_until(CUTOFF, now).urgency is Urgency.OVER) == (now > CUTOFF)


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_urgency_never_falls_as_time_passes(now: datetime, passed: timedelta) -> None:
    """The later, the more urgent."""
    order = list(Urgency)
    assert order.index(left_until(CUTOFF, now).urgency) <= order.index(left_until(CUTOFF, now + passed).urgency)


def test_bold_italics_and_lines_are_kept() -> None:
    """A message keeps the little markup that it may have; the rest is shown as written."""
    assert safe_html("<b>a</b>\n<i>b</i> &amp; <u>c</u>") == "<b>a</b><br><i>b</i> &amp; &lt;u&gt;c&lt;/u&gt;"
    assert safe_html("</b><b>x <i>y</b>") == "<b>x <i>y</i></b>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.seen.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text(alphabet="<>/bi&;= \"'ax\n"))
def test_no_text_smuggles_in_another_tag(text: str) -> None:
    """Whatever a message holds, only b, i and br reach the page, without attributes."""
    tags = _Tags()
    tags.feed(safe_html(text))
    tags.close()
    assert tags.seen <= {"b", "i", "br"}


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_a_persons_words_are_shown_as_they_were_written(words: str) -> None:
    """Own words pass through a message and the page unchanged."""
    tags = _Tags()
    tags.feed(safe_html(as_text(words)))
    tags.close()
    assert tags.words == words


def test_the_stops_lead_from_three_days_before_to_the_morning_after() -> None:
    """The moments to jump to are those at which something happens."""
    written = [(stop.name, short_moment(stop.at)) for stop in stops(date(2021, 10, 21))]
    assert written[0] == ("H-3", "Sen 18 Okt 09.00")
    assert written[-1] == ("Pagi esoknya", "Jum 22 Okt 09.05")


def test_every_reminder_of_the_policy_has_a_name() -> None:
    """No reminder goes by its bare key in the journal."""
    for rule in load_policy().rules:
        assert title_of(f"reminder/21/2021-10-21/{rule.key}", load_policy()) != rule.key
    assert title_of("reminder/plan/2021-10-18T12:00:00+00:00", load_policy()) == "Sesuai rencanamu"
    assert title_of("moved/21/2021-10-22", load_policy()) == "Batas beli bergeser"
    assert title_of("reminder/path/unheard-of", load_policy()) == "unheard-of"
