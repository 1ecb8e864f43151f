import pytest

from handlers.understanding.fraud_told import asks_leave_to_obey, days_of_checking, given_away, is_tempted


@pytest.mark.parametrize(
    "text",
    [
        "semalem aku akhirnya kirim foto ktp sama kode yg masuk sms ke orang itu",
        "UDAH terlanjur kak, ktp sama otp udah aku kasih",
        "sy blm kasih otpnya tp nomor kartunya udah terlanjur sy kirim",
        "barusan kukasih kodenya",
        "udah kutransfer 150rb kemarin",
    ],
)
def test_what_was_given_is_heard(text: str) -> None:
    assert given_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "banyak yg udah berhasil katanya. lumayan bgt buat bayar kontrakan",
        "udah kutelp td katanya dicek dulu. ada org bilang bisa balikin kepesertaan bayar 150rb, kucoba aja kah",
        "belum, aku belum kasih apa2",
        "tadi dia minta kirim foto ktp",
        "kukasih password ku ya",
        "kukasih aja ga?",
        "yo wis tak bayar wae yo",
    ],
)
def test_what_was_not_given_is_not(text: str) -> None:
    assert not given_away(text)


@pytest.mark.parametrize("text", ["kucoba aja kah", "banyak yang berhasil", "tergiur nih aku", "mending kuterima ga"])
def test_a_temptation_is_heard(text: str) -> None:
    assert is_tempted(text)


@pytest.mark.parametrize(
    "text",
    [
        "kita pe tamang so kase. kita kase le?",
        "perlu dibales ga min?",
        "semua di grup udah ikut, masa saya nggak",
        "yo wis tak bayar wae yo",
        "my friend already paid, should i pay too?",
    ],
)
def test_leave_to_obey_is_heard(text: str) -> None:
    assert asks_leave_to_obey(text)


@pytest.mark.parametrize(
    "text",
    [
        "oke makasih juga ya",
        "bayar pelatihan pakai nomor kartu kan?",
        "kasih tau dong caranya gimana?",
        "itu bu rt yang ngirim?",
        "saya telepon prakerja aja ya?",
    ],
)
def test_what_is_ones_own_path_asks_no_leave(text: str) -> None:
    assert not asks_leave_to_obey(text)


def test_days_of_checking_are_counted() -> None:
    assert days_of_checking("kata prakerja dicek 3 hari") == 3
    assert days_of_checking("disuruh nunggu dua hari") == 2
    assert days_of_checking("batasnya 3 hari lagi") is None
