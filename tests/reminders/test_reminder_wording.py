"""What people read: what would be lost, until when on both clocks, what is left, and a plan."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from moments import at, reached, wib

from programme.model.events import CutoffTold, PicturesWished, RemindersWished
from programme.model.messages import Button, Link, Message
from programme.model.milestones import Milestone, Source
from programme.model.participants import Participant, ReminderLevel, ReminderWishes
from programme.model.zones import Zone
from reminders.policy import load_policy
from reminders.timetable import timetable
from reminders.wording.compose import compose, told_by
from reminders.wording.situation import ReminderSituation

POLICY = load_policy()
DEADLINE = ("joined", "H-14", "H-7", "H-3", "H-1", "H-0-09", "H-0-18", "H-0-21")
CUTOFF = wib("2021-10-21 23:59:59")


def written(source: str, person: Participant, programme, now: datetime) -> Message | None:
    """Compose a reminder at a moment."""
    return compose(source, ReminderSituation(person, programme, POLICY, now))


def said(person: Participant, programme, policy, key: str) -> Message:
    """Compose the reminder of that key at its own moment."""
    due = next(due for due in timetable(person, programme, policy) if due.source.rpartition("/")[2] == key)
    message = written(due.source, person, programme, due.at)
    assert message is not None
    return message


def opened(message: Message) -> dict[str, tuple[str, dict[str, str]]]:
    """Write the buttons as label -> conversation and answers."""
    buttons = [key for row in message.keys for key in row if isinstance(key, Button)]
    return {button.label: (button.action.conversation, dict(button.action.answers)) for button in buttons}


@pytest.mark.parametrize("key", DEADLINE)
def test_every_deadline_reminder_names_the_loss_and_the_date(makassar, programme, policy, key):
    """Membership, the sum, and the date on both clocks, on one phone screen."""
    text = said(makassar, programme, policy, key).text
    assert "kepesertaan" in text
    assert "Rp2.400.000" in text
    assert "<b>Kamis, 21 Oktober 2021 pukul 23.59 WIB</b>" in text
    assert "Jumat, 22 Oktober 2021 pukul 00.59 WITA" in text
    assert text.index("Rp2.400.000") < text.index("23.59 WIB")
    assert len(text) <= 600


def test_no_two_reminders_open_alike(jakarta, programme, policy):
    """A neighbour does not repeat themselves like a machine."""
    texts = [said(jakarta, programme, policy, key).text.split("\n\n") for key in DEADLINE]
    assert len({paragraphs[0] for paragraphs in texts}) == len(DEADLINE)
    assert len({paragraphs[-1] for paragraphs in texts}) == len(DEADLINE)


def test_the_loss_of_later_waves_is_said_where_it_is_certain(jakarta, programme, policy):
    """Wave 21: no later wave. Where the rules do not say so, the bot doesn't either."""
    assert "gelombang mana pun" in said(jakarta, programme, policy, "H-14").text
    schemes = tuple(replace(scheme, rejoin_after_revoked=None) for scheme in programme.schemes)
    unknown = replace(programme, schemes=schemes)
    assert "gelombang mana pun" not in said(jakarta, unknown, policy, "H-14").text
    bare = tuple(replace(scheme, facts={}) for scheme in programme.schemes)
    unsourced = replace(programme, schemes=bare)
    assert "gelombang mana pun" not in said(jakarta, unsourced, policy, "H-14").text


@pytest.mark.parametrize(
    ("key", "left"),
    [
        ("H-14", "14 hari 16 jam lagi"),
        ("H-1", "1 hari 16 jam lagi"),
        ("H-0-09", "Malam ini, sebelum 01.59 WIT! Tinggal 14 jam 59 menit"),
        ("H-0-21", "Malam ini, sebelum 01.59 WIT! Tinggal 2 jam 59 menit"),
    ],
)
def test_what_is_left_is_said(jayapura, programme, policy, key, left):
    """Days and hours, on the last day hours and minutes, to the minute; true on both clocks."""
    text = said(jayapura, programme, policy, key).text
    assert left in text
    assert "Hari ini!" not in text


def test_the_last_day_is_today_in_jakarta_and_tonight_where_the_zone_is_unknown(jakarta, programme, policy):
    """The date on the clock of WIB is today's; elsewhere the cutoff is on the next day's."""
    assert "Hari ini! Tinggal 14 jam 59 menit" in said(jakarta, programme, policy, "H-0-09").text
    unknown = said(replace(jakarta, zone=None), programme, policy, "H-0-09").text
    assert "Malam ini! Tinggal 14 jam 59 menit" in unknown


def test_what_is_left_is_counted_at_the_moment_of_sending(jayapura, programme):
    """A late H-3 says two days; past midnight in Jayapura it is still tonight until 01.59."""
    source = "reminder/21/2021-10-21/H-3"
    late = written(source, jayapura, programme, at("2021-10-19 08:00", Zone.WIT))
    assert "2 hari 17 jam lagi" in late.text
    night = written("reminder/21/2021-10-21/H-0-21", jayapura, programme, at("2021-10-22 01:52", Zone.WIT))
    assert "Malam ini, sebelum 01.59 WIT! Tinggal 7 menit" in night.text


@pytest.mark.parametrize(
    ("now", "left"),
    [("09:00", "Tinggal 14 jam lebih"), ("23:12", "Tinggal 40 menit lebih"), ("23:52", "Tinggal 7 menit")],
)
def test_a_picture_counts_roughly_and_says_so(jakarta, programme, now, left):
    """One picture serves many people: its headline tells the hours, and never contradicts the minutes beside it."""
    picture = written("reminder/21/2021-10-21/H-0-09", jakarta, programme, wib(f"2021-10-21 {now}")).picture
    assert picture.alt.startswith(f"{left}. Hari ini. Kamis, 21 Oktober 2021.")


def test_whoever_told_no_zone_reads_all_three_clocks(jakarta, programme, policy):
    """Without a zone nobody is left to count for themselves; with WIB one clock is enough."""
    text = said(replace(jakarta, zone=None), programme, policy, "H-3").text
    assert "WITA 00.59" in text
    assert "WIT 01.59" in text
    assert "WITA" not in said(jakarta, programme, policy, "H-3").text


def test_the_plan_is_asked_for_with_buttons(jakarta, programme, policy):
    """Buy now, tonight, tomorrow, bought, obstacle; the picks from H-3 on."""
    keys = opened(said(jakarta, programme, policy, "H-7"))
    assert keys == {
        "Beli sekarang": ("how_to_buy", {}),
        "Nanti malam": ("plan", {"when": "tonight"}),
        "Besok pagi": ("plan", {"when": "tomorrow_morning"}),
        "Sudah beli": ("report_bought", {}),
        "Ada kendala": ("obstacle", {}),
    }
    assert opened(said(jakarta, programme, policy, "H-3"))["Lihat rekomendasi"] == (
        "recommend",
        {"picks": "1"},
    )


def test_only_hours_that_are_left_are_offered(jakarta, programme, policy):
    """On the last day there is no tomorrow morning; in the last hours no tonight."""
    assert "Besok pagi" not in opened(said(jakarta, programme, policy, "H-0-09"))
    late = written("reminder/21/2021-10-21/H-0-18", jakarta, programme, wib("2021-10-21 22:30"))
    assert not {"Nanti malam", "Besok pagi"} & set(opened(late))


def test_the_last_call_offers_no_later(jakarta, jayapura, programme, policy):
    """At 21.00 on the last day it is now; nobody is led to put it off once more."""
    for person in (jakarta, jayapura):
        assert not {"Nanti malam", "Besok pagi"} & set(opened(said(person, programme, policy, "H-0-21")))


def test_a_wave_without_picks_offers_none(jakarta, programme, policy):
    """Wave 20 has no official recommendations in the data."""
    assert "Lihat rekomendasi" not in opened(said(replace(jakarta, wave=20), programme, policy, "H-3"))


@pytest.mark.parametrize("key", DEADLINE)
def test_the_last_three_days_carry_a_picture(makassar, programme, policy, key):
    """From H-3 on a PNG with its words for those who can't see it."""
    picture = said(makassar, programme, policy, key).picture
    assert (picture is not None) == (key in DEADLINE[3:])
    if picture:
        assert picture.data.startswith(b"\x89PNG")
        assert "Kamis, 21 Oktober 2021. 23.59 WIB. 00.59 WITA, Jumat, 22 Oktober 2021" in picture.alt


def test_the_last_call_is_the_shortest(jakarta, programme, policy):
    """Short and urgent."""
    lengths = {key: len(said(jakarta, programme, policy, key).text) for key in DEADLINE}
    assert min(lengths, key=lengths.get) == "H-0-21"


def test_a_plan_is_reminded_of_as_asked(jakarta, programme, policy):
    """The promise is named, with the date; without a known wave it asks for it."""
    plan = wib("2021-10-20 19:00")
    source = "reminder/plan/2021-10-20T12:00:00+00:00"
    message = written(source, replace(jakarta, plan_at=plan), programme, plan)
    assert "Sesuai rencanamu" in message.text
    assert message.picture is not None
    unknown = written(source, replace(jakarta, plan_at=plan, wave=None), programme, plan)
    assert "pengingat yang kamu minta" in unknown.text
    assert opened(unknown)["Kapan batasku?"] == ("deadline", {})


def test_the_morning_after_is_kind(jakarta, programme, policy):
    """It does not accuse, says what is official, and offers the report and people."""
    message = said(jakarta, programme, policy, "H+1")
    assert "aku belum tahu kamu sudah beli atau belum" in message.text
    assert "www.prakerja.go.id" in message.text
    assert opened(message) == {
        "Sudah beli": ("report_bought", {}),
        "Belum beli": ("revoked", {"bought": "no"}),
        "Hubungi Prakerja": ("call_center", {}),
    }
    assert message.picture is None


@pytest.mark.parametrize(
    ("milestone", "key", "phrase", "conversation"),
    [
        (Milestone.BOUGHT, "finish-3", "selesaikan pelatihannya", "report_completed"),
        (Milestone.BOUGHT, "finish-10", "Rp2.400.000", "report_completed"),
        (Milestone.COMPLETED, "review-1", "rating dan ulasan", "rating_review"),
        (Milestone.COMPLETED, "review-5", "belum bisa cair", "report_reviewed"),
        (Milestone.REVIEWED, "connect-1", "sambungkan rekening atau e-wallet", "payment_account"),
        (Milestone.INCENTIVE_PAID, "survey-30", "Rp50.000", "survey"),
    ],
)
def test_after_buying_each_names_the_next_step(jakarta, programme, policy, milestone, key, phrase, conversation):
    """One step, why it matters, and its key; the way to fewer reminders is below."""
    message = said(reached(jakarta, milestone, "2021-10-15"), programme, policy, key)
    assert phrase in message.text
    conversations = {action for action, _answers in opened(message).values()}
    assert {conversation, "reminder_settings"} <= conversations
    assert len(message.text) <= 600


def test_without_a_known_wave_no_sum_is_named(jakarta, programme, policy):
    """After buying too, a sum comes only from the rules of the person's wave."""
    person = replace(reached(jakarta, Milestone.BOUGHT, "2021-10-15"), wave=None)
    assert "Rp" not in said(person, programme, policy, "finish-10").text
    paid = replace(reached(jakarta, Milestone.INCENTIVE_PAID, "2021-10-15"), wave=None)
    assert "Rp" not in said(paid, programme, policy, "survey-30").text


@pytest.mark.parametrize("key", ["H-3", "H-0-21"])
def test_nothing_is_said_that_is_no_longer_sensible(jakarta, programme, key):
    """Bought, off, past the cutoff, or of another cutoff: the reminder has no words."""
    source, now = f"reminder/21/2021-10-21/{key}", wib("2021-10-21 22:00")
    assert written(source, jakarta, programme, now) is not None
    assert written(source, reached(jakarta, Milestone.BOUGHT, source=Source.OFFICIAL), programme, now) is None
    off = replace(jakarta, reminders=ReminderWishes(ReminderLevel.NONE))
    assert written(source, off, programme, now) is None
    assert written(source, jakarta, programme, wib("2021-10-22 00:00")) is None
    assert written(source.replace("10-21", "10-20"), jakarta, programme, now) is None
    assert written(source, replace(jakarta, wave=20), programme, now) is None


def test_the_text_is_of_the_smallest_html(makassar, programme, policy):
    """Only bold; every tag closed; no placeholder left."""
    for due in timetable(makassar, programme, policy):
        text = written(due.source, makassar, programme, due.at).text
        assert set(re.findall(r"<[^>]*>", text)) <= {"<b>", "</b>"}
        assert text.count("<b>") == text.count("</b>")
        assert "{" not in text


def test_english_speakers_read_their_dates(makassar, programme, policy):
    """The person's language holds for dates and numbers too."""
    assert "Thursday, 21 October 2021" in said(replace(makassar, language="en"), programme, policy, "H-3").text


def test_without_a_certain_date_the_rule_is_told_and_where_to_look(programme, policy):
    """Wave 48: fifteen days since they passed; the date itself is on the dashboard, and is never guessed."""
    person = Participant(id=1, wave=48, zone=Zone.WIB, passed_on=date(2023, 2, 28))
    for key in ("passed-2", "passed-7"):
        message = said(person, programme, policy, key)
        assert "<b>15 hari</b> sejak kamu lolos (28 Februari 2023)" in message.text
        assert "dashboard" in message.text
        assert "Maret" not in message.text
        assert {"how_to_buy", "report_bought", "plan"} <= {name for name, _answers in opened(message).values()}
        assert [each.url for row in message.keys for each in row if isinstance(each, Link)]
        assert told_by(f"reminder/path/{key}", person, programme) is None


def test_where_the_review_is_not_known_to_be_required_it_is_only_asked_for(programme, policy):
    """From 2023 on no source tells that the incentive waits for it."""
    person = reached(Participant(id=1, wave=48), Milestone.COMPLETED, "2023-03-10")
    for key in ("review-1", "review-5"):
        text = said(person, programme, policy, key).text
        assert "rating dan ulasan" in text
        assert "cair" not in text


def test_what_was_told_is_known(jakarta, programme):
    """Deadline reminders and plans tell the cutoff; those after buying do not."""
    told = CutoffTold(CUTOFF)
    assert told_by("reminder/21/2021-10-21/H-3", jakarta, programme) == told
    assert told_by("reminder/21/2021-10-21/H+1", jakarta, programme) == told
    assert told_by("reminder/plan/2021-10-20T12:00:00+00:00", jakarta, programme) == told
    assert told_by("reminder/path/finish-3", jakarta, programme) is None
    assert told_by("reminder/21/2021-10-21/H-3", replace(jakarta, wave=None), programme) is None


def test_who_wants_no_pictures_gets_the_same_words_without_one(makassar, programme, policy):
    """The wish is about pictures: every reminder comes all the same, at any level and hour."""
    plain = makassar.after(PicturesWished(wanted=False))
    assert timetable(plain, programme, policy) == timetable(makassar, programme, policy)
    for key in DEADLINE:
        drawn, written = said(makassar, programme, policy, key), said(plain, programme, policy, key)
        assert written.picture is None
        assert replace(drawn, picture=None) == written
    assert any(said(makassar, programme, policy, key).picture for key in DEADLINE)
    moved = plain.after(RemindersWished("fewer", time(19)))
    assert not moved.reminders.pictures
    assert moved.after(PicturesWished(wanted=True)).reminders == ReminderWishes(ReminderLevel.FEWER, time(19))
