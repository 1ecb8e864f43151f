"""Finding a training as people ask for it."""

from dataclasses import replace

import pytest

from programme.programme import Programme
from programme.trainings import Offer, Training, slug


def titles(trainings: tuple[Training, ...]) -> str:
    return " | ".join(training.title for training in trainings)


def test_cooking_for_less_than_500rb_finds_offers(programme: Programme):
    found = programme.catalogue.search(topic="kelas masak di bawah 500rb", budget=500_000)
    assert len(found.trainings) >= 5
    assert all(training.cheapest is not None and training.cheapest <= 500_000 for training in found.trainings)
    assert "Masakan Nusantara" in titles(found.trainings)
    assert "Sambal" in titles(found.near), "its price is not known, so it is offered apart"
    assert found.relaxed == ("budget",)


def test_the_sambal_class_is_sold_on_four_platforms(programme: Programme):
    found = programme.catalogue.search(topic="sambal")
    assert [offer.platform for offer in found.trainings[0].offers] == [
        "tokopedia",
        "bukalapak",
        "kariermu",
        "pintaria",
    ]
    assert not found.trainings[0].sample


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("memasak", "Masakan Nusantara"),
        ("juru masak", "Sambal"),
        ("kue", "Brownies"),
        ("roti", "Roti Milo"),
        ("desain grafis", "CorelDraw"),
        ("jualan", "Penjualan"),
        ("pemasaran", "Pemasaran"),
        ("komputer", "Windows 10"),
        ("ngoding", "Javascript"),
        ("bahasa inggris", "Bahasa Inggris"),
        ("english", "Bahasa Inggris"),
        ("makeup", "Merias"),
        ("rias pengantin", "Pengantin"),
        ("foto", "Food Photography"),
        ("bikin video", "Video"),
        ("nulis", "Menulis"),
        ("kopi", "barista"),
        ("jamur", "Jamur"),
        ("ngajar", "Guru"),
        ("powrpoint", "Power"),
        ("mengelola keuangan", "Keuangan"),
    ],
)
def test_topics_in_peoples_words(programme: Programme, topic: str, expected: str):
    found = programme.catalogue.search(topic=topic)
    assert expected.casefold() in titles(found.trainings or found.near).casefold()


def test_real_trainings_come_before_samples(programme: Programme):
    found = programme.catalogue.search(topic="masak").trainings
    assert [training.sample for training in found] == sorted(training.sample for training in found)


def test_english_is_not_japanese(programme: Programme):
    assert "Jepang" not in titles(programme.catalogue.search(topic="bahasa inggris").trainings)


def test_a_language_that_nobody_teaches_leads_to_other_languages(programme: Programme):
    found = programme.catalogue.search(topic="bahasa mandarin")
    assert found.trainings == ()
    assert "Inggris" in titles(found.near)
    assert found.relaxed == ("topic",)


def test_too_small_a_budget_is_said_and_near_ones_offered(programme: Programme):
    found = programme.catalogue.search(topic="masak", budget=100_000)
    assert found.trainings == ()
    assert found.relaxed == ("budget",)
    assert found.near


def test_a_platform_that_does_not_sell_it_is_given_up(programme: Programme):
    found = programme.catalogue.search(topic="sambal", platform="pijar")
    assert found.trainings == ()
    assert found.relaxed == ("platform",)
    assert "Sambal" in titles(found.near)


def test_a_platform_goes_by_its_nickname(programme: Programme):
    found = programme.catalogue.search(platform="tokped")
    assert found.trainings
    assert all("tokopedia" in {offer.platform for offer in training.offers} for training in found.trainings)


def test_nonsense_finds_nothing(programme: Programme):
    found = programme.catalogue.search(topic="zzxqk")
    assert (found.trainings, found.near, found.relaxed) == ((), (), ())


def test_nonsense_with_a_budget_offers_what_the_budget_buys(programme: Programme):
    found = programme.catalogue.search(topic="zzxqk", budget=150_000)
    assert found.trainings == ()
    assert found.relaxed == ("topic",)
    assert found.near


def test_no_wish_means_everything(programme: Programme):
    assert len(programme.catalogue.search().trainings) == len(programme.catalogue.trainings)


def test_by_institution_and_profession(programme: Programme):
    found = programme.catalogue.search(topic="cakap")
    assert len(found.trainings) == 4
    guru = programme.catalogue.search(topic="guru")
    assert "Guru" in titles(guru.trainings)


def test_two_wishes_may_have_to_go(programme: Programme):
    found = programme.catalogue.search(topic="sambal", platform="pijar", budget=1)
    assert found.relaxed == ("budget", "platform")


def test_in_2021_platforms_that_left_are_not_offered(programme: Programme):
    everything = programme.catalogue.search(topic="bahasa inggris").trainings
    in_2021 = programme.catalogue.search(topic="bahasa inggris", year=2021).trainings
    assert "Percakapan Bahasa Inggris Dasar" in titles(everything)
    assert "Percakapan Bahasa Inggris Dasar" not in titles(in_2021)


def test_an_offer_that_left_is_dropped_from_a_training_that_stays(programme: Programme):
    mixed = Training(
        id="mixed",
        title="Merakit Pesawat",
        offers=(Offer("skill_academy", 1), Offer("tokopedia", 2), Offer("Toko Lain", 3)),
        seen="2021",
        source="a test",
    )
    more = programme.with_trainings([mixed])
    found = more.catalogue.search(topic="pesawat", year=2021).trainings
    assert [offer.platform for offer in found[0].offers] == ["tokopedia", "Toko Lain"]
    assert programme.catalogue.trainings.get("mixed") is None


def test_the_picks_of_wave_21(programme: Programme):
    picks = programme.catalogue.picks(21)
    assert {training.institution for training in picks} == {"Cakap", "Gramedia Academy"}
    assert all(training.picks == (21,) and not training.sample for training in picks)
    assert programme.catalogue.picks(20) == ()


def test_imported_trainings_replace_those_with_the_same_id(programme: Programme):
    old = next(iter(programme.catalogue.trainings.values()))
    newer = programme.with_trainings([replace(old, title="Judul Baru")])
    assert newer.catalogue.trainings.get(old.id) == replace(old, title="Judul Baru")
    assert len(newer.catalogue.trainings) == len(programme.catalogue.trainings)


def test_samples_can_be_left_out(programme: Programme):
    assert any(training.sample for training in programme.catalogue.trainings.values())
    assert not any(training.sample for training in programme.without_samples().catalogue.trainings.values())


def test_practice_data_is_marked_as_sample(programme: Programme):
    for training in programme.catalogue.trainings.values():
        assert training.sample == ("practice data" in training.source)


def test_a_thousand_others_change_nothing_in_what_is_found(programme: Programme):
    base = next(iter(programme.catalogue.trainings.values()))
    more = programme.with_trainings(replace(base, id=f"x{n}", title=f"Merangkai Bunga {n}") for n in range(1000))
    wished = {"topic": "bahasa inggris", "budget": 500_000}
    assert more.catalogue.search(**wished) == programme.catalogue.search(**wished)


def test_an_id_is_made_of_the_titles_words():
    assert slug("Membuat Aneka Roti, bagi Pembuat Roti!") == "membuat-aneka-roti-bagi-pembuat-roti"
    assert len(slug("kata " * 40)) <= 60


def test_excel_is_not_excellence(programme: Programme):
    assert programme.catalogue.search(topic="excel").trainings == ()
    assert programme.catalogue.search(topic="desainer").trainings
