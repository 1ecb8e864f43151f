"""Whoever spoils a data file is told where and what to fix."""

from pathlib import Path

import pytest

from programme.loading import DataError
from programme.programme import load_programme

W = "wave\topens\tcloses\tannounced_at\tannounced_certainty\tcutoff\tcertainty\trecipients\tsource\tas_of\tnote"
T = "id\ttitle\tinstitution\toffers\tprofession\tseen\tsource\tcertainty\tsample\tnote"


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_programme_is_read_once():
    assert load_programme() is load_programme()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x\t\t\t\t\t\t\t\ts\t2021\t", "line 2: wave is 'x'; write a whole number"),
        ("\t\t\t\t\t\t\t\ts\t2021\t", "line 2: wave is missing; write a whole number"),
        ("0\t\t\t\t\t\t\t\ts\t2021\t", "line 2: wave is 0; waves count from 1"),
        ("1\t21/10/2021\t\t\t\t\t\t\ts\t2021\t", "line 2: opens is '21/10/2021'; write YYYY-MM-DD or"),
        ("1\t\t\t\t\t21 Oct\t\t\ts\t2021\t", "line 2: cutoff is '21 Oct'; write the day as YYYY-MM-DD"),
        ("1\t\t\t\t\t\tmaybe\t\ts\t2021\t", "line 2: certainty is 'maybe'; write one of: published, derived, unsure"),
        ("1\t\t\t\t\t\t\tmany\ts\t2021\t", "line 2: recipients is 'many'; write a whole number"),
        ("1\t\t\t\t\t\t\t\t\t2021\t", "line 2: source is missing; write it"),
        ("1\t\t\t\t\t\t\t\ts\tlately\t", "line 2: as_of 'lately' is not YYYY"),
        ("1\t\t\t\t\t\t\t\ts\t2021\t\n1\t\t\t\t\t\t\t\ts\t2021\t", "line 3: wave 1 is there twice"),
        ("1\tx", "line 2: 2 cells where 11 columns are"),
    ],
)
def test_a_wrong_wave(folder: Path, row: str, message: str):
    (folder / "waves.tsv").write_text(f"{W}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_programme(folder)
    assert str(error.value).startswith("waves.tsv, ")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a\tA\t\ttokped=mahal\t\t2021\ts\tpublished\tno\t", "offers has the price 'mahal'"),
        ("a\tA\t\t\t\t2021\ts\tpublished\tperhaps\t", "sample is 'perhaps'; write yes or no"),
        ("a\tA\t\t\t\t2021\ts\t\tno\t", "certainty is None; write one of"),
        ("a\tA\t\t\t\t2021\ts\tpublished\tno\t\na\tA\t\t\t\t2021\ts\tpublished\tno\t", "line 3: id a is there twice"),
        ("a\tA\t\t\t\t2021\ts\tpublished\tno\t", "picks.tsv, line 2: training is not in trainings.tsv"),
    ],
)
def test_a_wrong_training(folder: Path, row: str, message: str):
    (folder / "trainings.tsv").write_text(f"{T}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_programme(folder)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("platforms.toml", 'kind = "phone"', 'kind = "fax"', "line 5: kind is 'fax'; write one of: phone, whatsapp"),
        ("platforms.toml", "sells = [2020, 2021]", 'sells = ["often"]', "line 6: sells is ['often']; write a list"),
        ("platforms.toml", 'name = "Karier.mu"', "name = 7", "name is 7; write a text"),
        ("platforms.toml", "steps_en = [", "steps_en = [7,", "steps_en is [7"),
        ("obstacles.toml", "official = true", "official = 3", "official is 3; write yes or no"),
        ("platforms.toml", "\ncontacts = []", "\ncontacts = 5", "contacts is 5; write a list of inline tables"),
        ("platforms.toml", 'aliases = ["bl"', "aliases = [5", "aliases is [5"),
        ("rules.toml", "days_to_buy = {", "days_to_by = {", "days_to_by is not a rule; name one of"),
        ("rules.toml", "last_wave = 47", "last_wave = -1", "line 5: last_wave is -1; write a whole number"),
        ("rules.toml", "days_to_buy = { value = 30", "days_to_buy = { value = true", "value is True; write a whole"),
        (
            "rules.toml",
            "[skema_normal]",
            "[other]\nname = 'x'\nfirst_wave = 90\n[skema_normal]",
            "days_to_buy is missing",
        ),
        ("rules.toml", "first_wave = 1\n", "first_wave = 1\nbalance_is_gold = 5\n", "write an inline table"),
        ("failures.toml", "patterns = ['cek", "patterns = ['(cek", "patterns can't be read"),
        ("otp.toml", "[login]", "stray = 1\n[login]", "line 2: stray must stand under an [id]"),
        ("contacts.toml", "[phone]", "[phone", "contacts.toml: Expected"),
        ("topics.tsv", "asked\tfinds", "asked\tfind", "the columns must be: asked, finds"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(folder: Path, file: str, old: str, new: str, message: str):
    spoil(folder / file, old, new)
    with pytest.raises(DataError) as error:
        load_programme(folder)
    assert message in str(error.value)
    assert file in str(error.value)


def test_a_missing_file_is_asked_for(folder: Path):
    (folder / "otp.toml").unlink()
    with pytest.raises(DataError, match=r"otp\.toml: No such file or directory; put the file there"):
        load_programme(folder)


def test_days_may_be_toml_dates_too(folder: Path):
    spoil(
        folder / "calendars.toml",
        'account_linking_until = { value = "2021-12-15 23:59"',
        'account_linking_until = { value = "2021-12-15"',
    )
    calendar = load_programme(folder).calendars[2021]
    assert calendar.account_linking_until is not None
    assert calendar.account_linking_until.isoformat() == "2021-12-15T16:59:59+00:00"
