import pytest

from handlers.understanding.relatives import as_relative, relative_named


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
