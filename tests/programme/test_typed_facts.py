"""Deadlines and sums that were typed by hand, though the programme's data would fill them in."""

from __future__ import annotations

import pytest

from programme.programme import load_programme
from programme.typed_facts import typed_facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Batasnya 21 Oktober 2021 ya", ["{batas}"]),
        ("Until 21 October", ["{batas}"]),
        ("paling lambat 21/10/2021", ["{batas}"]),
        ("sebelum 23.59", ["{batas}"]),
        ("tinggal 3 hari lagi", ["{sisa_hari}"]),
        ("H-2 nih", ["{sisa_hari}"]),
        ("3 days left", ["{sisa_hari}"]),
        ("insentif Rp2.400.000 hangus", ["{insentif}"]),
        ("Rp 600.000 per bulan", ["{insentif}"]),
        ("Rp2,4 juta", ["{insentif}"]),
        ("webinar 12 November, biaya Rp0, kelas Rp 150rb", []),
        ("Halo {nama}, {sisa_hari} hari lagi sampai {batas}", []),
        ("ada 3 hari libur", []),
    ],
)
def test_what_a_place_would_fill(text: str, found: list[str]) -> None:
    """The cutoff of wave 21 and its incentive are known; another day or price is the writer's own."""
    assert [fact.place for fact in typed_facts(text, load_programme(), (21,))] == found
