"""Every contact is as its source printed it, and a tap opens it."""

import pytest

from programme.contacts import Contact, ContactKind
from programme.programme import Programme

PLATFORMS = {
    "bukalapak": "tel:+622150813333",
    "mau_belajar_apa": "https://wa.me/628118807172",
    "pijar_mahir": "https://wa.me/6282111113630",
    "pintaria": "https://www.pintaria.com",
    "sekolahmu": "https://wa.me/6281315792171",
    "sisnaker": "tel:+622150816000",
    "tokopedia": "https://www.tokopedia.com/help",
}
PARTNERS = {
    "bni": "tel:1500046",
    "ovo": "tel:1500696",
    "linkaja": "tel:150911",
    "dana": "tel:1500445",
    "gopay": "mailto:customerservice@gojek.com",
}


@pytest.mark.parametrize(("platform", "url"), PLATFORMS.items())
def test_a_platforms_customer_service(programme: Programme, platform: str, url: str):
    assert [contact.url for contact in programme.platforms[platform].contacts] == [url]


def test_of_kariermu_no_contact_is_known(programme: Programme):
    assert programme.platforms["kariermu"].contacts == ()


@pytest.mark.parametrize(("partner", "url"), PARTNERS.items())
def test_a_payment_partners_contact(programme: Programme, partner: str, url: str):
    assert [contact.url for contact in programme.partners[partner].contacts] == [url]


def test_prakerja_itself(programme: Programme):
    assert programme.contacts["phone"].value == "0800-150-3001"
    assert programme.contacts["phone"].url == "tel:08001503001"
    assert programme.contacts["complaint_form"].url == "https://bantuan.prakerja.go.id/hc/id/requests/new"
    assert programme.contacts["complaint_form"].as_of == "2024"
    assert programme.contacts["dashboard"].url == "https://www.prakerja.go.id"


def test_a_mobile_number_is_dialled_with_the_countrys_code():
    assert Contact(ContactKind.PHONE, "0811-8807-172").url == "tel:+628118807172"


@pytest.mark.parametrize(
    ("said", "platform"),
    [
        ("tokped", "tokopedia"),
        ("Toko Pedia", "tokopedia"),
        ("KARIER.MU", "kariermu"),
        ("kariermu", "kariermu"),
        ("MauBelajarApa", "mau_belajar_apa"),
        ("sekolah.mu", "sekolahmu"),
        ("Kemnaker", "sisnaker"),
        ("pijar", "pijar_mahir"),
        ("ruangguru", "skill_academy"),
    ],
)
def test_platforms_go_by_the_names_that_people_use(programme: Programme, said: str, platform: str):
    found = programme.platform(said)
    assert found is not None
    assert found.id == platform


def test_what_is_no_platform_is_not_taken_for_one(programme: Programme):
    assert programme.platform("shopee") is None
    assert programme.platform("") is None
    assert programme.partner("link aja") is programme.partners["linkaja"]


def test_skill_academy_no_longer_sells_in_2021(programme: Programme):
    assert programme.platforms["skill_academy"].sells_in(2020)
    assert not programme.platforms["skill_academy"].sells_in(2021)
    assert programme.platforms["tokopedia"].sells_in(2021)
    assert programme.platforms["kariermu"].sells_in(2024)
    assert not programme.platforms["kariermu"].sells_in(2019)
