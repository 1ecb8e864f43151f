"""The days of the incentive that somebody tells."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding.payment_days import first_paid_on, told_schedule

TODAY = date(2021, 10, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Insentif pertama saya alhamdulillah sudah masuk tanggal 20 Oktober.", date(2021, 10, 20)),
        ("insentif pertama sudah cair tgl 20 oktober kak", date(2021, 10, 20)),
        ("insentif pertama katanya masuk tanggal 28 oktober", None),
        ("insentif pertama belum masuk dari tanggal 20 oktober", None),
        ("sudah beli tanggal 20 oktober", None),
    ],
)
def test_the_day_on_which_the_first_incentive_came_in(text: str, day: date | None) -> None:
    assert first_paid_on(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("jadwal cair saya 27 oktober min", date(2021, 10, 27)),
        ("insentif saya sudah dijadwalkan tanggal 27 oktober", date(2021, 10, 27)),
        ("dari tadi siang sudah kasih ulasan tapi jadwal insentif kosong", None),
        ("jadwal bansos tanggal 27 oktober, eh bpum maksudnya", None),
        ("jadwalnya tgl 27 oktober apa 28 oktober ya", None),
    ],
)
def test_the_day_for_which_money_is_scheduled(text: str, day: date | None) -> None:
    assert told_schedule(text, TODAY) == day
