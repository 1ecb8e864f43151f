"""What staff changed of the data is laid over the files, and read by the loaders that read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from programme.edits import Edit, Edits, Place
from programme.facts import Certainty
from programme.loading import DataError
from programme.programme import DATA, load_programme
from programme.sheets import SHEETS, cell_at, read_sheet

CUTOFF = Place("waves.tsv", "21", "cutoff")
SOURCE = {"source": "@prakerja.go.id, 19 Oct 2021", "as_of": "2021-10-19"}


def edit(place: Place, base: str | None, value: str) -> Edit:
    return Edit(place=place, base=base, value=value, **SOURCE)


def test_a_cutoff_is_told_with_the_edits_own_source() -> None:
    """The edit's day holds as published, whatever the rule would give; the other waves stay as they are."""
    programme = load_programme(edits=Edits.of([edit(CUTOFF, "2021-10-21", "2021-10-25")]))
    cutoff = programme.cutoff(21)
    assert cutoff is not None
    assert (f"{cutoff.day}", cutoff.source, cutoff.certainty) == ("2021-10-25", SOURCE["source"], Certainty.PUBLISHED)
    assert programme.cutoff(20) == load_programme().cutoff(20)


def test_a_file_that_says_something_else_by_now_is_the_newer_one(tmp_path: Path) -> None:
    """Whoever mends the file and starts anew is heard, though an edit was there before."""
    folder = shutil.copytree(DATA, tmp_path / "data")
    waves = folder / "waves.tsv"
    waves.write_text(waves.read_text().replace("\t2021-10-21\tpublished\t754929", "\t2021-10-23\tpublished\t754929"))
    edits = Edits.of([edit(CUTOFF, "2021-10-21", "2021-10-25")])
    assert f"{load_programme(folder, edits).waves[21].cutoff}" == "2021-10-23"
    cell = cell_at(CUTOFF, edits, folder)
    assert cell is not None
    assert (cell.text, cell.edited) == ("2021-10-23", False)


def test_a_new_wave_is_an_edit_without_a_base() -> None:
    """Its row stands in no file, and holds what edits say of it."""
    opens = edit(Place("waves.tsv", "90", "opens"), None, "2024-09-02 19:00")
    wave = load_programme(edits=Edits.of([opens])).waves[90]
    assert (f"{wave.opens:%Y-%m-%d %H}", wave.source, wave.cutoff) == ("2024-09-02 12", SOURCE["source"], None)


@pytest.mark.parametrize(
    ("place", "base", "value"),
    [
        (Place("contacts.toml", "phone", "value"), "0800-150-3001", "1500-001"),
        (Place("platforms.toml", "bukalapak", "contacts.0.value"), "021-508 13333", "1500-002"),
        (Place("rules.toml", "skema_normal", "survey.value"), "50000", "60000"),
        (Place("failures.toml", "held", "texts"), "Dana tertahan; Menunggu", "Dana tertahan; Ditinjau"),
    ],
)
def test_fields_of_every_sheet(place: Place, base: str, value: str) -> None:
    """A cell of any sheet holds what was written, says who said so, and still knows what the file says."""
    edits = Edits.of([edit(place, base, value)])
    cell = cell_at(place, edits)
    assert cell is not None
    assert (cell.text, cell.source, cell.base, cell.edited) == (value, SOURCE["source"], base, True)
    programme = load_programme(edits=edits)
    told = {
        "contacts.toml": lambda: programme.contacts["phone"].value,
        "platforms.toml": lambda: programme.platforms["bukalapak"].contacts[0].value,
        "rules.toml": lambda: str(programme.scheme(48).survey),
        "failures.toml": lambda: "; ".join(programme.failures["held"].texts),
    }
    assert told[place.file]() == value


def test_what_the_loaders_refuse_is_refused_as_an_edit() -> None:
    """The sentence names the file and what to write instead."""
    with pytest.raises(DataError, match=r"waves.tsv, line \d+: cutoff is '21 Okt'; write the day as YYYY-MM-DD"):
        load_programme(edits=Edits.of([edit(CUTOFF, "2021-10-21", "21 Okt")]))


def test_what_can_be_edited_has_a_source_and_a_day() -> None:
    """Nothing of it is shown that nobody says; every sheet has something to edit."""
    for sheet in SHEETS.values():
        cells = [cell for row in read_sheet(sheet).values() for cell in row]
        editable = [cell for cell in cells if sheet.editable.fullmatch(cell.place.field)]
        assert editable
        assert all(cell.source and cell.as_of for cell in editable)


def test_what_moves_many_cutoffs_at_once_can_not_be_edited() -> None:
    """The days to buy are a release's matter; so is a file that staff are not shown."""
    for place in (Place("rules.toml", "semi_bansos", "days_to_buy.value"), Place("otp.toml", "asked", "tries")):
        assert cell_at(place) is None


def test_everybody_who_holds_the_programme_goes_on_with_what_is_new() -> None:
    """It is exchanged in place; the one that is read once for all stays as it is."""
    held, newer = (
        load_programme().without_samples(),
        load_programme(edits=Edits.of([edit(CUTOFF, "2021-10-21", "2021-10-25")])),
    )
    held.become(newer)
    assert f"{held.waves[21].cutoff}" == "2021-10-25"
    assert f"{load_programme().waves[21].cutoff}" == "2021-10-21"
