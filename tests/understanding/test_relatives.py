import pytest

from handlers.understanding.relatives import (
    as_relative,
    is_writer,
    relative_named,
    writer,
    writer_named,
    writes_for_them,
)


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("Saya tantenya Rizky, keponakan saya lulus gelombang 21", "keponakan"),
        ("adikku Dewi gelombang 21", "adik"),
        ("anak saya namanya putri lolos", "anak"),
        ("Rizky itu keponakan saya", "keponakan"),
        ("saya ibunya Sari", "anak"),
    ],
)
def test_a_relative_is_known_by_their_name_from_then_on(text: str, kin: str) -> None:
    relative = relative_named(text)
    assert relative is not None
    assert relative.startswith(f"{kin} ")
    assert all(name not in relative.casefold() for name in ("rizky", "dewi", "putri", "sari"))


@pytest.mark.parametrize(
    "text", ["adikku Sudah beli", "ibunya Prakerja", "istriku mau daftar", "teman saya di Bandung"]
)
def test_a_word_that_is_no_name_is_nobody(text: str) -> None:
    assert relative_named(text) is None


def test_a_name_is_read_as_whom_it_belongs_to() -> None:
    relative = relative_named("Saya tantenya Rizky")
    assert as_relative("rizky saldonya belum masuk, kata Rina", relative) == (
        "keponakanku saldonya belum masuk, kata Rina"
    )
    assert as_relative("rizky saldonya belum masuk", None) == "rizky saldonya belum masuk"


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("halo kak sy cucunya (dimas). simbah belum beli", "cucu"),
        ("niki putune, simbah nembe sare", "putu"),
        ("ini anaknya kak, ibu lupa tanggalnya", "anak"),
        ("saya suaminya, istri belum beli", "suami"),
    ],
)
def test_who_writes_for_the_owner_introduces_themselves(text: str, kin: str) -> None:
    assert writer_named(text) == kin


@pytest.mark.parametrize(
    "text",
    [
        "ini anaknya nangis terus",
        "saya anaknya, ibu saya gelombang 20",
        "saya cucunya pak lurah",
        "cucu saya gelombang 21",
        "saya gelombang 21",
    ],
)
def test_who_speaks_of_a_relative_writes_for_themselves(text: str) -> None:
    assert writer_named(text) is None


def test_what_a_writer_tells_of_themselves_is_another_s_and_the_owner_s_their_own() -> None:
    known = writer("cucu", owner_known=True)
    assert is_writer(known)
    assert as_relative("yg kelar SAYA, bukan simbah. simbah masih belum beli", known) == (
        "yg kelar cucuku, bukan saya. saya masih belum beli"
    )
    beside = writer("anak", owner_known=False)
    assert as_relative("saya sudah beli, ibu belum", beside) == "anakku sudah beli, ibu belum"


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("saya yg gel 20 udah kelar. insentif simbah boleh ke gopay saya?", True),
        ("barusan saya kasih rating. punya simbah tinggal bayar", True),
        ("saya gelombang 21, simbah belum beli", False),
        ("saya sudah beli kemarin, nenek belum beli", False),
        ("nenek saya belum beli", False),
        ("simbah belum beli", False),
    ],
)
def test_a_grandchild_is_known_by_another_wave_or_by_no_purchase(text: str, writes: bool) -> None:
    assert writes_for_them(text, 21) is writes
