"""The rules by wave, the year's last days and the sums."""

from datetime import date, datetime

import pytest

from programme.facts import Certainty, last_day_of
from programme.model.milestones import Milestone
from programme.model.payments import PaymentStatus
from programme.model.zones import Zone
from programme.obstacles import Obstacle
from programme.programme import Programme

_LATER = datetime.fromisoformat("2021-12-31T09:00:00+07:00")


@pytest.mark.parametrize("wave", [1, 21, 47])
def test_semi_bansos_is_worth_3_550_000(programme: Programme, wave: int):
    scheme = programme.scheme(wave)
    assert scheme.id == "semi_bansos"
    assert (scheme.balance, scheme.incentive, scheme.incentive_times) == (1_000_000, 600_000, 4)
    assert (scheme.survey, scheme.survey_times, scheme.total) == (50_000, 3, 3_550_000)
    assert (scheme.days_to_buy, scheme.announcement_is_day_one) == (30, True)
    assert (scheme.rejoin_after_revoked, scheme.exchange_allowed, scheme.balance_is_cash) == (False, False, False)


def test_from_wave_48_other_rules_hold(programme: Programme):
    scheme = programme.scheme(48)
    assert (scheme.id, scheme.days_to_buy, scheme.balance, scheme.total) == ("skema_normal", 15, 3_500_000, 4_200_000)
    assert scheme.announcement_is_day_one is None
    assert scheme.certainty("announcement_is_day_one") is Certainty.UNSURE
    assert scheme.covers(1000)


def test_a_number_that_is_no_wave_has_no_rules(programme: Programme):
    with pytest.raises(LookupError, match="wave 0"):
        programme.scheme(0)


def test_every_value_tells_its_source(programme: Programme):
    scheme = programme.scheme(21)
    assert "11/2020" in scheme.facts["days_to_buy"].source
    assert scheme.certainty("announcement_is_day_one") is Certainty.DERIVED
    assert scheme.certificate_after == "platform_report"


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2021-11-07", (False, False, False)),
        ("2021-11-08", (True, False, False)),
        ("2021-12-01", (True, False, True)),
        ("2021-12-10", (True, True, True)),
    ],
)
def test_a_last_day_is_known_from_the_day_it_was_told(programme: Programme, day: str, known: tuple[bool, ...]):
    """October's participants can't be told what was announced in November."""
    calendar = programme.calendar_of(2021, datetime.fromisoformat(f"{day}T09:00:00+07:00"))
    assert calendar is not None
    told = (calendar.balance_until, calendar.surveys_until, calendar.account_linking_until)
    assert tuple(last is not None for last in told) == known


def test_the_end_of_2021(programme: Programme):
    calendar = programme.calendar(21, _LATER)
    assert calendar is not None
    assert (calendar.balance_until, calendar.surveys_until) == (date(2021, 11, 30), date(2021, 12, 10))
    assert calendar.account_linking_until is not None
    assert calendar.account_linking_until.astimezone(Zone.WIB.tz).isoformat() == "2021-12-15T23:59:00+07:00"
    assert programme.calendar(23, _LATER) is None


def test_the_cutoff_of_wave_22_is_also_the_end_of_its_balance(programme: Programme):
    calendar, cutoff = programme.calendar(22, _LATER), programme.cutoff(22)
    assert calendar is not None
    assert cutoff is not None
    assert calendar.balance_until == cutoff.day


def test_otp_limits(programme: Programme):
    assert (programme.limits["login"].tries, programme.limits["login"].wait_hours) == (5, 2)
    assert (programme.limits["linking"].tries, programme.limits["linking"].wait_hours) == (3, 1)


def test_each_obstacle_leads_to_its_help(programme: Programme):
    assert list(programme.obstacles) == [
        "forgot_password",
        "dont_know_how",
        "balance_missing",
        "cant_choose",
        "purchase_fails",
        "found_work",
        "other",
    ]
    official = [name for name, obstacle in programme.obstacles.items() if obstacle.official]
    assert official == ["forgot_password", "dont_know_how", "found_work"]
    assert isinstance(programme.obstacles["other"], Obstacle)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Dijadwalkan", PaymentStatus.SCHEDULED),
        ("sedang  Diproses", PaymentStatus.SCHEDULED),
        ("Dalam Pengecekan", PaymentStatus.CHECKING),
        ("Dana tertahan", PaymentStatus.HELD),
        ("Menunggu konfirmasi", PaymentStatus.HELD),
        ("Gagal dicairkan", PaymentStatus.FAILED),
        ("entahlah", None),
    ],
)
def test_the_dashboards_words_for_a_payment(programme: Programme, text: str, status: PaymentStatus | None):
    assert programme.payment_status(text) is status


@pytest.mark.parametrize(
    ("as_of", "day"),
    [("2021", date(2021, 12, 31)), ("2020-02", date(2020, 2, 29)), ("2021-10-21", date(2021, 10, 21))],
)
def test_an_as_of_may_be_a_year_a_month_or_a_day(as_of: str, day: date):
    assert last_day_of(as_of) == day


@pytest.mark.parametrize("as_of", ["", "Oct 2021", "2021-13", "2021-00", "2021-02-30"])
def test_an_as_of_that_is_no_time_is_refused(as_of: str):
    with pytest.raises(ValueError, match=r"20|YYYY|day"):
        last_day_of(as_of)


def test_milestones_follow_the_path():
    assert [milestone.position for milestone in Milestone] == list(range(10))
    assert Milestone.BOUGHT.position < Milestone.COMPLETED.position
