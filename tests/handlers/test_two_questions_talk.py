"""One message may ask two things, tell a plan unasked, or name a fraud in passing."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from handlers.understanding.reports import Said, said_of
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone
from tests.handlers.talking import MONDAY, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=21), at=MONDAY)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "otp login udah minta 5 kali ga masuk. ini nunggu berapa lama? kalau tetep ga bisa saya hubungi siapa",
            ("2 jam", "0800-150-3001"),
        ),
        (
            "sebenernya total yg kita dapet dr prakerja berapa ya kak, terus yg sejuta itu kalau ga dipakai bisa "
            "diuangkan ga",
            ("2.400.000", "bukan uang tunai"),
        ),
        (
            "saya tinggal di denpasar kak, paling mepet jam berapa waktu sini? terus kalau telat dikit apa langsung "
            "dicabut",
            ("00.59", "dicabut"),
        ),
    ],
)
async def test_both_questions_of_a_message_are_answered(talk: Talk, said: str, told: tuple[str, ...]) -> None:
    await talk.says(said)
    assert all(each in talk.plain for each in told)


async def test_a_plan_is_heard_without_having_been_asked_for(talk: Talk) -> None:
    await talk.says("besok jam 7 malem gue checkout")
    assert talk.participant.plan_at is not None
    assert talk.participant.plan_at.astimezone(Zone.WIB.tz) == datetime(2021, 10, 19, 19, tzinfo=Zone.WIB.tz)


@pytest.mark.parametrize(
    "said",
    [
        "kalau besok jam 7 aku beli masih bisa",
        "adikku besok jam 7 beli",
        "besok jam 7 batas beli ya",
        "tadi jam 7 aku sudah beli",
    ],
)
async def test_what_is_asked_supposed_or_anothers_is_no_plan(talk: Talk, said: str) -> None:
    await talk.says(said)
    assert talk.participant.plan_at is None


@pytest.mark.parametrize(
    ("said", "judged"),
    [
        ("aku wes beli nde bukalapak wingi", Said.PLAINLY),
        ("udah beli di bukalapak kemarin dibantuin si bungsu", Said.PLAINLY),
        ("sudah beli di pintaria tadi sambil antri bensin", Said.PLAINLY),
        ("beres mi. pijar mahir sa beli", Said.PLAINLY),
        ("budi udah beli di tokped", Said.DOUBTFULLY),
        ("udah dibeliin adek di tokped", Said.DOUBTFULLY),
        ("sudah beli di tokped sambil nunggu istri beli juga", Said.DOUBTFULLY),
        ("beres. ucok beli di tokped", Said.BARELY),
    ],
)
def test_circumstances_say_nothing_of_who_bought(said: str, judged: Said) -> None:
    assert said_of("bought", said, today=date(2021, 10, 18)) is judged


async def test_a_code_that_is_in_order_is_no_sign_of_fraud(talk: Talk) -> None:
    await talk.says("bayar di tokopedia gagal terus")
    await talk.says("sinyal bagus, saldo ada, nomor kartu bener, otp ya bener")
    assert "penipuan" not in talk.plain
    assert "tokopedia.com/help" in talk.plain


@pytest.mark.parametrize(
    "said",
    [
        "ada yg offer di twitter bisa di cash out, dapetnya 80%",
        "ada kawan mau ngerjakan, 50rb aja. kukasih password ku ya",
    ],
)
async def test_in_a_talk_a_fraud_need_not_name_the_programme(talk: Talk, said: str) -> None:
    await talk.says("saldo pelatihanku sisa 350 ribu")
    await talk.says(said)
    assert "penipuan" in talk.plain
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_a_wave_that_is_denied_is_corrected(talk: Talk) -> None:
    await talk.says("gel 20 nya aku bukan 21, salah kau")
    assert talk.participant.wave == 20
