"""Whatever is written down comes back the same."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.store.schema.codec import (
    event_to,
    incoming_from,
    incoming_to,
    message_from_json,
    message_to_json,
    step_from,
    step_to,
)
from programme.model.events import MilestoneReached, PlanMade, RosterMatched
from programme.model.messages import Answer, AskContact, Button, Incoming, Link, Matter, Message, Open, Picture, Sort
from programme.model.milestones import Milestone, Source, Step
from programme.model.zones import Zone

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
actions = st.builds(Open, words, st.dictionaries(words, words, max_size=3)) | st.builds(
    Answer, st.integers(0, 2**53), words, words
)
keys = st.builds(Button, words, actions) | st.builds(Link, words, words) | st.builds(AskContact, words)
messages = st.builds(
    Message,
    words,
    st.lists(st.lists(keys, max_size=3).map(tuple), max_size=3).map(tuple),
    st.none() | st.builds(Picture, st.binary(max_size=50), words),
)
arrivals = st.builds(
    Incoming,
    channel=words,
    address=words,
    id=words,
    at=st.datetimes(timezones=st.just(UTC)),
    sort=st.sampled_from(Sort),
    text=words,
    action=st.none() | actions,
    stale=st.booleans(),
    pressed=st.none() | words,
    number=st.none(),
    can_vouch=st.booleans(),
    language=st.none() | words,
    forwarded=st.booleans(),
    redacted=st.lists(words, max_size=2).map(tuple),
)
steps = st.builds(
    Step,
    st.sampled_from(Milestone),
    on=st.none() | st.dates(),
    platform=st.none() | words,
    source=st.sampled_from(Source),
)


@given(messages)
def test_a_message_comes_back(message: Message) -> None:
    """Its words, keys and picture."""
    assert message_from_json(message_to_json(message)) == message


@given(arrivals)
def test_what_came_in_comes_back(incoming: Incoming) -> None:
    """All but the phone number, which is not written at all."""
    assert incoming_from(incoming_to(incoming)) == incoming


@given(steps)
def test_a_step_comes_back(step: Step) -> None:
    """Its day, platform and source."""
    assert step_from(step_to(step)) == step


def test_events_are_written_by_name() -> None:
    """With plain values that anybody can read later."""
    assert event_to(MilestoneReached(Milestone.BOUGHT, date(2021, 10, 17), "tokopedia")) == (
        "MilestoneReached",
        {"milestone": "bought", "on": "2021-10-17", "platform": "tokopedia", "source": "self"},
    )
    assert event_to(PlanMade(datetime(2021, 10, 18, 12, tzinfo=UTC))) == (
        "PlanMade",
        {"at": "2021-10-18T12:00:00+00:00"},
    )
    name, fields = event_to(RosterMatched(21, None, Zone.WIT, (Step(Milestone.PASSED),)))
    assert (name, fields["zone"], fields["progress"][0]["milestone"]) == ("RosterMatched", "WIT", "passed")


def test_what_was_named_in_a_talk_comes_back_with_what_is_spoken_of() -> None:
    about = Matter("balance", {"ask": "missing"}, Matter("deadline"), {"platform": "tokopedia", "wave": "20"})
    assert message_from_json(message_to_json(Message("Halo", about=about))).about == about


def test_what_was_said_lately_goes_with_a_message():
    """So that the same words are not said again, whichever worker answers next."""
    assert message_from_json(message_to_json(Message("Halo", lately=("0a1b2c3d",)))).lately == ("0a1b2c3d",)
