"""Templates as data, and the choice of one: nothing arrives after it has become useless, or false."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.template_rules import TONIGHT, problems, stale_words
from bot.channels.whatsapp.templates import FILE, Template, Templates, choose, load_templates
from locales import languages
from programme.loading import DataError
from programme.notices import PLACES
from reminders.policy import load_policy
from tests.rows import of_each

TEMPLATES = load_templates()
KEYS = [(one.name, one.language) for one in TEMPLATES.all]
LONGEST = max(TEMPLATES.steps.values())


def everything(_name: str, _language: str) -> bool:
    return True


def test_the_shipped_templates_are_in_order() -> None:
    assert problems(TEMPLATES, load_policy()) == []


@given(
    family=st.sampled_from(sorted(PLACES)),
    language=st.sampled_from([*languages(), "jv"]),
    left=st.none() | st.floats(min_value=-10, max_value=4 * LONGEST, allow_nan=False),
    usable=st.frozensets(st.sampled_from(KEYS)),
)
def test_none_may_wait_beyond_its_end(family, language, left, usable) -> None:
    """Of those that can be sent it is the longest that ends in time, in the person's language where there is one."""
    found = choose(family, language, left, lambda *key: key in usable)
    fitting = [
        one
        for one in TEMPLATES.all
        if one.family == family and (one.name, one.language) in usable and (left is None or one.ttl < left - 9)
    ]
    spoken = [one for one in fitting if one.language == language] or [one for one in fitting if one.language == "id"]
    if found is None:
        assert not [one for one in spoken if left is None or one.ttl <= left - 10]
    else:
        assert left is None or found.ttl < left
        assert (found.name, found.language) in usable
        assert found.ttl == max(one.ttl for one in spoken if left is None or one.ttl <= left - 10)


@pytest.mark.parametrize(
    ("left", "name"),
    [
        (None, "sobat_deadline_12h"),
        (24 * 3600, "sobat_deadline_12h"),
        (6 * 3600 - 1, "sobat_deadline_3h"),
        (3 * 3600 - 1, "sobat_deadline_1h"),
        (3599, "sobat_deadline_15m"),
        (15 * 60, None),
        (0, None),
    ],
)
def test_the_longest_that_ends_before_the_cutoff(left: float | None, name: str | None) -> None:
    found = choose("deadline", "id", left, everything)
    assert (found.name if found else None) == name


def test_a_shorter_step_stands_in_for_one_that_can_not_be_sent() -> None:
    found = choose("deadline", "en", None, lambda name, _language: not name.endswith("_12h"))
    assert found is not None
    assert (found.name, found.language) == ("sobat_deadline_3h", "en")


def test_indonesian_stands_in_for_a_language_without_one() -> None:
    found = choose("deadline", "en", None, lambda _name, language: language == "id")
    assert found is not None
    assert (found.name, found.language) == ("sobat_deadline_12h", "id")


def test_a_notice_that_has_no_template_is_not_sent() -> None:
    assert choose("lottery", "id", None, everything) is None


@of_each("template", TEMPLATES.all)
def test_nothing_becomes_false_on_the_way(template: Template) -> None:
    assert stale_words(template) == []
    tonight = re.findall(r"malam ini|tonight", template.body)
    assert not tonight or (template.notice == TONIGHT and template.ttl <= 3 * 3600)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "Hari ini batasnya."),
        ("id", "Batasnya malam ini."),
        ("id", "Besok sudah tutup."),
        ("id", "Tinggal 3 jam lagi ya."),
        ("en", "The limit is tonight."),
        ("en", "It is 3 hours from now."),
        ("en", "It ends soon."),
    ],
)
def test_words_that_become_false_are_found(language: str, words: str) -> None:
    one = next(one for one in TEMPLATES.all if (one.family, one.language) == ("deadline", language))
    assert stale_words(replace(one, body=words))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"body": "{name}, batas beli {wave} adalah {cutoff}, jangan sampai terlewat ya."}, "neither first nor last"),
        ({"body": "Halo {name}, batas beli {wave} yang berlaku ialah tanggal ini: {cutoff}."}, "neither first nor"),
        ({"body": "Halo {name}, jangan lupa beli ya di {wave} {cutoff} supaya tidak hangus."}, "side by side"),
        ({"body": "Halo {name}, jangan lupa beli ya di {wave}: {cutoff} supaya aman."}, "side by side"),
        ({"body": "Halo {name} di {wave} dan {cutoff} ya."}, "too few words"),
        ({"body": "Halo {name}, jangan lupa beli pelatihan pertama {wave} sekarang juga ya."}, "places must be"),
        ({"body": "Halo {name}, batas " + "beli " * 200 + "{wave} adalah {cutoff}, ya."}, "at most 1024"),
        ({"footer": "x" * 61}, "footer"),
        ({"examples": {}}, "no example"),
        ({"ttl": 43_201}, "time to live"),
        ({"family": "lottery"}, "no notice is called so"),
    ],
)
def test_what_meta_would_refuse_is_found(change: dict[str, object], complaint: str) -> None:
    one = next(one for one in TEMPLATES.all if (one.family, one.language) == ("deadline", "id"))
    found = problems(Templates(steps=TEMPLATES.steps, all=(replace(one, **change),)), load_policy())
    assert any(complaint in problem for problem in found if problem.startswith("sobat_"))


def test_labels_are_measured() -> None:
    one = TEMPLATES.all[0]
    long = replace(one, buttons=(replace(one.buttons[0], label="x" * 21), *one.buttons[1:], *one.buttons))
    found = problems(Templates(steps=TEMPLATES.steps, all=(long,)), load_policy())
    assert any("1 to 20" in problem for problem in found)
    assert any("buttons are too many" in problem for problem in found)


def test_same_body_and_footer_under_two_names_are_found() -> None:
    """Meta calls the second a duplicate and refuses it."""
    first, *others = TEMPLATES.of("deadline", "id")
    alike = (first, *(replace(one, footer=first.footer) for one in others))
    assert any("same body" in problem for problem in problems(replace(TEMPLATES, all=alike), load_policy()))


def test_a_missing_step_a_missing_language_and_a_reminder_without_words_are_found() -> None:
    policy = load_policy()
    fewer = tuple(one for one in TEMPLATES.all if one.language == "id" and one.step != "1h")
    strange = replace(policy, rules=(replace(policy.rules[0], words="lottery"),))
    found = problems(replace(TEMPLATES, all=fewer), strange)
    assert "deadline (id) lacks the steps 1h" in found
    assert any(problem.startswith("deadline (en) lacks") for problem in found)
    assert any("has no notice" in problem for problem in found)


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ('footer = "reminder"', 'footer = "nowhere"', "nowhere is missing"),
        ('labels = ["Beli sekarang", ', "labels = [", "2 labels for 3 buttons"),
        ("12h = 43200", '12h = "half a day"', "write its seconds"),
        ("[steps]", "[steps", "https://toml.io"),
    ],
)
def test_a_mistake_in_the_file_is_told_in_one_sentence(tmp_path: Path, written: str, instead: str, sentence) -> None:
    file = tmp_path / "templates.toml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(sentence)) as raised:
        load_templates(file)
    assert str(raised.value).startswith("templates.toml")
