"""What `python -m benchmarks night` says came of a night, reckoned from small made-up journals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.fast_time.account import Account, Cause
from benchmarks.fast_time.clock import Conductor, NightClock
from benchmarks.fast_time.journal import Journal, Life, Row, Taken
from programme.model.messages import Kind
from programme.model.milestones import Milestone

CUTOFF = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)
LAST_CALL = CUTOFF - timedelta(hours=3)
HERE = (("telegram", "7"),)


def life(**more: datetime) -> Life:
    return Life(addresses=HERE, **{"joined": CUTOFF - timedelta(days=9), **more})  # type: ignore[arg-type]


def taken(number: int, at: datetime, words: str = "Batasnya malam ini") -> Taken:
    return Taken("telegram", str(number), "7", words, at)


def reminder(number: int | None, state: str = "sent", source: str = "reminder/21/2021-10-21/H-0-21") -> Row:
    name = None if number is None else str(number)
    return Row(1, source, Kind.REMINDER, state, CUTOFF, Milestone.BOUGHT, "telegram", name)


def account(somebody: Life, *messages: Taken, rows: tuple[Row, ...] = (), unanswered: int = 0) -> Account:
    people = dict.fromkeys(somebody.addresses, 1)
    return Account(Journal(CUTOFF, [somebody], list(messages), list(rows), people, unanswered))


def test_a_night_in_which_all_went_well_has_nothing_to_tell() -> None:
    """Reminded in time, bought, told, and left alone."""
    bought = LAST_CALL + timedelta(minutes=20)
    came = account(life(bought=bought, told=bought), taken(1, LAST_CALL), rows=(reminder(1),))
    assert came.states(Kind.REMINDER) == {"sent": 1}
    assert (came.late(), came.doubled(), came.told_after_buying()) == ([], [], [])
    assert (came.lost(), came.places_lost()) == ({}, {})


def test_late_is_what_the_messenger_took_after_the_last_moment() -> None:
    """Whatever the store says of it; up to that moment it is in time."""
    assert account(life(), taken(1, CUTOFF), rows=(reminder(1),)).late() == []
    late = taken(1, CUTOFF + timedelta(seconds=1))
    assert account(life(), late, rows=(reminder(1),)).late() == [late]


def test_doubled_is_the_same_again_with_nothing_said_in_between() -> None:
    """What a dead worker had sent and the next one sends again; hours that are counted down are the same words."""
    first, again = taken(1, LAST_CALL, "Tinggal 3 jam"), taken(2, LAST_CALL + timedelta(minutes=3), "Tinggal 2 jam")
    assert account(life(), first, again).doubled() == [again]


def test_what_was_on_the_wire_at_a_kill_may_come_again_and_nothing_else() -> None:
    """Nobody was left to note that it had gone out. Three of the same are two too many, each with its own cause."""
    first, again, third = (taken(each, LAST_CALL + timedelta(minutes=2 * each)) for each in range(3))
    night = account(life(), first, again, third)
    assert night.doubled_without_kill() == [again, third]
    night.journal.kills = [(first.at + timedelta(seconds=1), "worker-1")]
    assert (night.doubled(), night.doubled_without_kill()) == ([again, third], [third])
    night.journal.kills = [(first.at - timedelta(minutes=1), "worker-1"), (again.at, "web-2")]
    assert night.doubled_without_kill() == [again]


def test_the_same_answer_to_two_messages_is_not_doubled_though_the_second_was_written_before_the_first_came() -> None:
    """People don't wait for the last part of an answer. Another row for the same message is one too many."""
    once, again = (taken(each, LAST_CALL + timedelta(seconds=each)) for each in (1, 2))
    rows = [Row(1, f"reply/{each}/0", Kind.REPLY, "sent", channel="telegram", provider_id=str(each)) for each in (1, 2)]
    assert account(life(), once, again, rows=tuple(rows)).doubled() == []
    rows[1] = replace(rows[1], source="reply/1/1")
    assert account(life(), once, again, rows=tuple(rows)).doubled() == [again]


def test_who_asks_twice_is_answered_twice_and_a_reminder_comes_every_day() -> None:
    """Neither is doubled."""
    asks_again = life()
    asks_again.said = [LAST_CALL + timedelta(minutes=2)]
    assert account(asks_again, taken(1, LAST_CALL), taken(2, LAST_CALL + timedelta(minutes=3))).doubled() == []
    assert account(life(), taken(1, LAST_CALL - timedelta(days=1)), taken(2, LAST_CALL)).doubled() == []


def test_a_late_message_that_was_doubled_is_late_though_no_row_names_it() -> None:
    """The row has the name of one of the two only."""
    first, again = taken(1, CUTOFF - timedelta(minutes=1)), taken(2, CUTOFF + timedelta(minutes=1))
    assert account(life(), first, again, rows=(reminder(1),)).late() == [again]


def test_lost_is_an_answer_that_is_missing_and_a_delivery_that_never_ended() -> None:
    """And what counts as sent, but no messenger took."""
    rows = (reminder(1), reminder(None, "pending", "a"), reminder(None, "failed", "b"), reminder(9, "sent", "c"))
    assert account(life(), taken(1, LAST_CALL), rows=rows, unanswered=2).lost() == {
        "messages without an answer": 2,
        "deliveries still open": 1,
        "deliveries given up": 1,
        "noted as sent, never taken": 1,
    }


def test_who_was_left_without_an_answer_is_told_with_the_moment() -> None:
    """So that its cause can be looked for: two messages, of which one was answered."""
    first, second = LAST_CALL, LAST_CALL + timedelta(minutes=5)
    somebody = life()
    somebody.said += [first, second]
    answers = Row(1, "reply/7/0", Kind.REPLY, "sent", channel="telegram", provider_id="1")
    night = account(
        somebody, taken(1, first + timedelta(seconds=2)), rows=(answers, replace(answers, source="reply/7/1"))
    )
    assert night.unanswered() == [(somebody, [second])]


def test_an_announcement_too_late_for_an_approved_text_expired_a_reminder_is_lost() -> None:
    """WhatsApp takes it from nobody any more; a reminder was owed in time."""
    too_late = Row(1, "broadcast/3", Kind.BROADCAST, "expired", CUTOFF, reason="toolate: none would arrive in time")
    night = account(life(), taken(1, LAST_CALL), rows=(too_late,))
    assert (night.lost(), night.states(Kind.BROADCAST)) == ({}, {"expired": 1})
    owed = account(life(), taken(1, LAST_CALL), rows=(replace(too_late, kind=Kind.REMINDER),))
    assert owed.lost() == {"deliveries given up": 1}


def test_lost_is_whoever_waited_all_the_last_day_for_a_word() -> None:
    """Not who had said that they bought, had left, or came only then."""
    morning = CUTOFF - timedelta(hours=16)
    assert account(life()).forgotten()
    assert account(life(), taken(1, CUTOFF + timedelta(hours=9))).forgotten(), "the morning after is too late"
    assert account(life(), taken(1, LAST_CALL)).forgotten() == []
    for ready in (life(told=morning), life(left=morning), life(joined=LAST_CALL)):
        assert account(ready).forgotten() == []


def test_a_reminder_to_whoever_was_told_that_the_purchase_is_noted_is_told_apart() -> None:
    """What was on its way at that moment is none, nor the question whether it shows on the dashboard."""
    noted = life(bought=LAST_CALL, told=LAST_CALL)
    hour_later = taken(1, LAST_CALL + timedelta(hours=1))
    assert account(noted, hour_later, rows=(reminder(1),)).told_after_buying() == [hour_later]
    assert account(noted, taken(1, LAST_CALL + timedelta(seconds=9)), rows=(reminder(1),)).told_after_buying() == []
    asked = reminder(1, source="reminder/21/2021-10-21/H-0-18-shown")
    assert account(noted, hour_later, rows=(asked,)).told_after_buying() == []
    assert account(life(bought=LAST_CALL), hour_later, rows=(reminder(1),)).told_after_buying() == [], "nobody said so"


def test_a_lost_place_has_one_cause_the_first_that_holds() -> None:
    """Whoever bought in time lost none; a second late is late."""
    then = CUTOFF - timedelta(hours=5)
    word = taken(1, then)
    causes = {
        Cause.DECIDED: account(life(decided=then, complained=then), word),
        Cause.HELP_FAILED: account(life(complained=then, helped=CUTOFF + timedelta(minutes=1)), word),
        Cause.NOT_UNDERSTOOD: account(life(asked=then), word),
        Cause.NOT_REACHED: account(life(), taken(1, CUTOFF - timedelta(days=3))),
        Cause.TOO_LATE: account(life(bought=CUTOFF + timedelta(seconds=1)), word),
    }
    assert {cause: came.places_lost() for cause, came in causes.items()} == {cause: {cause: 1} for cause in causes}
    assert account(life(bought=CUTOFF), word).places_lost() == {}
    helped = life(complained=then, helped=then, asked=then, understood=then)
    assert account(helped, word).places_lost() == {Cause.TOO_LATE: 1}


def test_what_the_silent_do_nobody_knows() -> None:
    """They lose no place that is counted; a word on the last day is owed to them all the same."""
    silent = replace(life(), silent=True)
    assert account(silent).places_lost() == {}
    assert account(silent).lost() == {"nobody reminded on the last day": 1}


def test_the_clock_is_one_for_all_runs_at_its_pace_and_never_goes_back(tmp_path: Path) -> None:
    """Another process maps the same file; a leap to what is past changes nothing."""
    hand = Conductor(tmp_path / "clock", LAST_CALL)
    other = NightClock(tmp_path / "clock")
    assert other.now() == hand.now() == LAST_CALL, "it stands still until it is let run"
    hand.leap(CUTOFF)
    hand.leap(LAST_CALL)
    assert other.now() == CUTOFF
    hand.run(1_000_000.0)
    shown = [clock.now() for clock in (other, hand, other, hand)]
    assert shown == sorted(shown)
    assert shown[0] > CUTOFF
