"""The catalogs are complete and current, and the tool that says so can be trusted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from babel.messages.catalog import Catalog

from locales import languages
from locales.catalogs import collected, problems
from locales.catalogue import FOLDER, SOURCE

HELLO = 'msgid "Halo {name}, <b>selamat</b>"\n'
MOMENT = 'msgid "{day} pukul {hour} {zone}"\nmsgstr "{day} {hour} {zone}"\n'
BEFORE = 'msgid "Dulu"\nmsgstr "Before"\n'
TRANSLATED = sorted(set(languages()) - {SOURCE})


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return collected()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_translated(code: str, sentences: Catalog):
    """Nothing missing, nothing left over, and the same names and tags on both sides."""
    assert problems(code, sentences) == []


@dataclass(frozen=True, slots=True)
class House:
    """A small app of its own: `locales/` with one conversation, and no language but Indonesian."""

    folder: Path

    def says(self, *sentences: str) -> None:
        floor = self.folder / "handlers"
        floor.mkdir(exist_ok=True)
        (floor / "hello.py").write_text("".join(f"{sentence}\n" for sentence in sentences), encoding="utf-8")

    def speaks(self, code: str, *entries: str) -> Path:
        """Add a language; its catalog has these entries besides the words of `locales/` itself."""
        folder = self.folder / "locales" / code
        folder.mkdir()
        (folder / "language.toml").write_text(f'name = "{code}"\nlocale = "{code}"\n', encoding="utf-8")
        return self.writes(code, *entries) if entries else folder / "sobat.po"

    def writes(self, code: str, *entries: str) -> Path:
        catalog = self.folder / "locales" / code / "sobat.po"
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        catalog.write_text("\n".join((header, MOMENT, *entries)), encoding="utf-8")
        return catalog

    def runs(self, *arguments: str) -> tuple[int, str]:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    def check(self) -> str:
        code, said = self.runs("-m", "locales.catalogs", "--check")
        assert code == (1 if said else 0)
        return said


@pytest.fixture
def app(tmp_path: Path) -> House:
    copytree(FOLDER, tmp_path / "locales", ignore=ignore_patterns("en", "__pycache__"))
    built = House(tmp_path)
    built.says('_("Halo {name}, <b>selamat</b>")')
    return built


def test_a_new_language_is_a_new_folder(app: House):
    """No line of code names it: it is known, asked for its sentences, and spoken once it has them."""
    catalog = app.speaks("jv")
    code, said = app.runs("-m", "locales.catalogs")
    assert (code, catalog.exists()) == (1, True)
    assert "jv: not translated: Halo {name}, <b>selamat</b>" in said.splitlines()
    app.writes("jv", HELLO + 'msgstr "Sugeng {name}, <b>wilujeng</b>"\n')
    assert app.check() == ""
    greet = "from locales import _, speaking\nwith speaking('jv'): print(_('Halo {name}, <b>selamat</b>'))"
    assert app.runs("-c", greet) == (0, "Sugeng {name}, <b>wilujeng</b>\n")


@pytest.mark.parametrize(
    ("english", "complaint"),
    [
        ("Hello {name}, <b>welcome</b>", ""),
        ("", "not translated"),
        ("Hello {nama}, <b>welcome</b>", "its {names} differ"),
        ("Hello, <b>welcome</b>", "its {names} differ"),
        ("Hello {name}, welcome", "its tags differ"),
        ("Hello {name}, <b>welcome", "its tags differ"),
        ("Hello {name}, <i>welcome</i>", "its tags differ"),
    ],
)
def test_a_sentence_that_does_not_carry_the_same_is_reported(app: House, english: str, complaint: str):
    app.speaks("en", f'{HELLO}msgstr "{english}"\n')
    assert app.check() == (f"en: {complaint}: Halo {{name}}, <b>selamat</b>\n" if complaint else "")


def test_an_unsure_translation_is_not_taken_for_one(app: House):
    app.speaks("en", "#, fuzzy\n" + HELLO + 'msgstr "Bye {name}, <b>hello</b>"\n')
    assert "not translated" in app.check()


def test_both_forms_of_a_plural_are_looked_at(app: House):
    app.says('_n("{days} hari", "{days} hari", days)')
    forms = 'msgid "{days} hari"\nmsgid_plural "{days} hari"\nmsgstr[0] "{days} day"\nmsgstr[1] "many days"\n'
    app.speaks("en", forms)
    assert app.check() == "en: its {names} differ: {days} hari\n"


def test_the_check_names_what_is_missing_and_what_is_left_over_and_changes_nothing(app: House):
    catalog = app.speaks("en", BEFORE)
    before = catalog.read_bytes()
    assert app.check() == "en: missing: Halo {name}, <b>selamat</b>\nen: left over: Dulu\n"
    assert catalog.read_bytes() == before


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said(app: House):
    catalog = app.speaks("en", HELLO + 'msgstr "Hello {name}, <b>welcome</b>"\n', BEFORE)
    assert app.runs("-m", "locales.catalogs") == (0, "")
    text = catalog.read_text(encoding="utf-8")
    assert 'msgstr "Hello {name}, <b>welcome</b>"' in text
    assert "Dulu" not in text


def test_sentences_marked_for_later_are_collected_too(app: House):
    app.says('TITLE = N_("Judul")', 'print(_("Kalimat"))', 'other("Bukan kalimat")')
    app.speaks("en", BEFORE)
    said = app.check()
    assert "missing: Judul" in said
    assert "missing: Kalimat" in said
    assert "Bukan" not in said
