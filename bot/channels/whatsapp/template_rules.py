"""What Meta would refuse in a template, and what would become false on its way: found before it is sent in.

Meta's rules: common rejection reasons and limits, developers.facebook.com/docs/whatsapp/message-templates/guidelines;
that a body needs at least twice as many words as places and one more is what providers measured (2026).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.channels.whatsapp.templates import Template, Templates
from locales import languages
from programme.notices import PLACES, longest
from reminders.policy import Policy
from reminders.wording.notice import FAMILIES

LONGEST_NAME: Final = 512
LONGEST_BODY: Final = 1024
LONGEST_FOOTER: Final = 60
LONGEST_LABEL: Final = 20
MOST_BUTTONS: Final = 3
SHORTEST_TTL, LONGEST_TTL = 30, 43_200

TONIGHT: Final = "last_evening"
"""The one family that may say *malam ini*: it is sent on the last evening only, and waits 3 hours at most."""

_LONGEST_TONIGHT = 10_800
_SIDE_BY_SIDE = re.compile(r"}[^\w{}]*{")
_OUTERMOST = re.compile(r"^\W*{|}\W*$")
_STALE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "id": re.compile(
            r"\b(?:(?:hari|pagi|siang|sore|malam|minggu|jam) ini|besok|lusa|kemarin|tadi|nanti|sebentar lagi|barusan|"
            r"tinggal|(?:menit|jam|hari) lagi|hari terakhir)\b",
            re.IGNORECASE,
        ),
        "en": re.compile(
            r"\b(?:to(?:day|night|morrow)|yesterday|soon|just now|this (?:morning|afternoon|evening|week)|"
            r"(?:minutes?|hours?|days?) (?:left|to go|from now)|last day)\b",
            re.IGNORECASE,
        ),
    }
)
_OF_TONIGHT: Final = frozenset({"malam ini", "tonight"})


def problems(templates: Templates, policy: Policy) -> list[str]:
    """Return what is wrong with the templates, one sentence each; nothing where all is in order."""
    found = [f"{_who(one)}: {wrong}" for one in templates.all for wrong in _in_one(one)]
    return [*found, *_missing(templates), *_alike(templates), *_unspoken(policy)]


def stale_words(template: Template) -> list[str]:
    """Return words that may be false once the template arrives."""
    pattern = _STALE.get(template.language)
    found = pattern.findall(f"{template.body}\n{template.footer}") if pattern else []
    if template.notice == TONIGHT and template.ttl <= _LONGEST_TONIGHT:
        return [word for word in found if word.casefold() not in _OF_TONIGHT]
    return list(found)


def _who(template: Template) -> str:
    return f"{template.name} ({template.language})"


def _in_one(one: Template) -> Iterator[str]:
    yield from _measures(one)
    yield from _places(one)
    for word in stale_words(one):
        yield f"“{word}” may be false {one.ttl // 60} minutes later; name the moment instead"


def _measures(one: Template) -> Iterator[str]:
    filled = len(one.body) + sum(longest(place) - len(place) - 2 for place in one.places)
    if not re.fullmatch(rf"[a-z0-9_]{{1,{LONGEST_NAME}}}", one.name):
        yield "a name has small letters, digits and _ only"
    if filled > LONGEST_BODY:
        yield f"the body may have {filled} characters with its values; at most {LONGEST_BODY}"
    if len(one.footer) > LONGEST_FOOTER or "\n" in one.footer:
        yield f"the footer must be one line of at most {LONGEST_FOOTER} characters"
    if len(one.buttons) > MOST_BUTTONS:
        yield f"{len(one.buttons)} buttons are too many; at most {MOST_BUTTONS}"
    for button in one.buttons:
        if not 0 < len(button.label) <= LONGEST_LABEL:
            yield f"the label “{button.label}” must have 1 to {LONGEST_LABEL} characters"
    if not SHORTEST_TTL <= one.ttl <= LONGEST_TTL:
        yield f"the time to live must be {SHORTEST_TTL} to {LONGEST_TTL} seconds"


def _places(one: Template) -> Iterator[str]:
    told = PLACES.get(one.notice)
    if told is None:
        yield "no notice is called so: see programme/notices.py"
    elif sorted(one.places) != sorted(told):
        yield f"its places must be, once each: {', '.join(told)}"
    if _OUTERMOST.search(one.body):
        yield "a place may stand neither first nor last: write a word before and behind it"
    if _SIDE_BY_SIDE.search(one.body):
        yield "two places may not stand side by side: write a word between them"
    if len(re.findall(r"\w+", re.sub(r"{\w+}", "", one.body))) < 2 * len(one.places) + 1:
        yield "too few words for so many places: at least twice as many and one more"
    if lacking := [place for place in one.places if place not in one.examples]:
        yield f"no example of {', '.join(lacking)}; add it under [examples]"
    if re.search(r"\t| {5}|\n{3}", one.body):
        yield "no tab, no five spaces and no three line breaks in a row"


def _missing(templates: Templates) -> Iterator[str]:
    """Every notice has a template in every language, at the same steps; only the last evening lacks the longest."""
    for family in PLACES:
        for language in languages():
            had = {one.step for one in templates.of(family, language)}
            due = {name for name, ttl in templates.steps.items() if family != TONIGHT or ttl <= _LONGEST_TONIGHT}
            if due - had:
                yield f"{family} ({language}) lacks the steps {', '.join(sorted(due - had))}"


def _alike(templates: Templates) -> Iterator[str]:
    """Meta refuses what has the body and the footer of another."""
    by_words = defaultdict(list)
    for one in templates.all:
        by_words[one.language, one.numbered, one.footer].append(one)
    for same in by_words.values():
        if len(same) > 1:
            yield f"{' and '.join(map(_who, same))} have the same body and footer, which Meta refuses"


def _unspoken(policy: Policy) -> Iterator[str]:
    """Every reminder of the policy has a notice."""
    for rule in policy.rules:
        if rule.words not in FAMILIES:
            yield f"the reminder {rule.key} has no notice: add its words to reminders/wording/notice.py"
