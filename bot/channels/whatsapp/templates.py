"""Message templates: the texts that Meta approves, and which of them is sent, by how long it may wait for a phone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl

from programme.loading import DataError
from programme.model.messages import Button, Open

FILE: Final = Path(__file__).with_name("templates.toml")

SOURCE_LANGUAGE: Final = "id"
"""The language that is spoken where a template of another one can't be sent."""

WITHOUT_PICTURE: Final = "_text"
"""What follows the name of a family whose picture is left out."""

ON_ITS_WAY: Final = 10.0
"""Seconds until Meta may begin to count the time to live: as long as an answer of its is waited for."""

_PLACE: Final = re.compile(r"{(\w+)}")

Usable = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One text as Meta keeps it: of a family, in one language, that waits at most `ttl` seconds for a phone.

    `body` has named {places}; `buttons` open conversations; `picture` says that a picture is its header. `examples`
    is what Meta's reviewers see in the places.
    """

    family: str
    language: str
    step: str
    ttl: int
    body: str
    footer: str
    buttons: tuple[Button, ...]
    examples: Mapping[str, str]
    picture: bool = False

    @property
    def name(self) -> str:
        """What Meta calls it."""
        return f"sobat_{self.family}_{self.step}"

    @property
    def notice(self) -> str:
        """The notice that it stands for."""
        return self.family.removesuffix(WITHOUT_PICTURE)

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the body, in their order."""
        return tuple(_PLACE.findall(self.body))

    @property
    def numbered(self) -> str:
        """The body as Meta wants it, its places numbered from {{1}}."""
        numbers = iter(range(1, len(self.places) + 1))
        return _PLACE.sub(lambda _place: f"{{{{{next(numbers)}}}}}", self.body)

    @property
    def sample(self) -> str:
        """The body with its examples filled in."""
        return _PLACE.sub(lambda place: self.examples[place[1]], self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """All templates, the longest time to live of a family first; `steps` are seconds by name."""

    steps: Mapping[str, int]
    all: tuple[Template, ...]
    _families: dict[tuple[str, str], list[Template]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        families: dict[tuple[str, str], list[Template]] = {}
        for one in self.all:
            families.setdefault((one.family, one.language), []).append(one)
        object.__setattr__(self, "_families", families)

    def of(self, family: str, language: str) -> Sequence[Template]:
        """Return the steps of a family in one language, the longest first."""
        return self._families.get((family, language), ())


def choose(
    notice_name: str,
    language: str,
    seconds_left: float | None,
    usable: Usable,
    *,
    among: Templates | None = None,
) -> Template | None:
    """Return the template that may wait longest and still ends in time; None where there is none.

    `seconds_left` is until the message is of no use any more; None for ever. `usable` tells by name and language
    whether Meta takes it now. Where none of the language can be sent, the Indonesian one is.
    """
    known = among or load_templates()
    for spoken in dict.fromkeys((language, SOURCE_LANGUAGE)):
        for one in known.of(notice_name, spoken):
            in_time = seconds_left is None or one.ttl + ON_ITS_WAY <= seconds_left
            if in_time and usable(one.name, one.language):
                return one
    return None


@cache
def load_templates(file: Path = FILE) -> Templates:
    """Read the templates. Raises DataError, in one sentence that says where and what to fix."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{file.name}: {error}; see https://toml.io for how to write it") from error
    steps = _table(written, "steps", file.name)
    families = _table(written, "families", file.name)
    found = [one for family in families for one in _family(family, written, file.name)]
    return Templates(steps=MappingProxyType(steps), all=tuple(sorted(found, key=lambda one: -one.ttl)))


def _family(name: str, written: Mapping[str, Any], file: str) -> Iterator[Template]:
    """Go through the templates of one family: each of its languages at each of its steps.

    One with a picture has a twin without it, for whoever wants none, with a footer of its own.
    """
    where = f"{file}, [families.{name}]"
    family = _table(written["families"], name, file)
    named = _text(family, "footer", where)
    footers = _table(_table(written, "footers", file), named, where)
    plain_footers = written["footers"].get(f"{named}{WITHOUT_PICTURE}", {})
    for language in (key for key, value in family.items() if isinstance(value, dict)):
        words, spoken = family[language], f"{file}, [families.{name}.{language}]"
        for step in family.get("steps", written["steps"]):
            one = Template(
                family=name,
                language=language,
                step=step,
                ttl=_number(written["steps"], step, f"{file}, [steps]"),
                body=_text(words, "body", spoken).strip(),
                footer=_text(_table(footers, step, where), language, f"{file}, [footers]"),
                buttons=_buttons(family.get("buttons", ()), words.get("labels", ()), spoken),
                examples=_examples(written, language, file),
                picture=family.get("picture", False) is True,
            )
            yield one
            if one.picture:
                plain = _text(_table(plain_footers, step, where), language, f"{file}, [footers]")
                yield replace(one, family=f"{name}{WITHOUT_PICTURE}", footer=plain, picture=False)


def _examples(written: Mapping[str, Any], language: str, file: str) -> Mapping[str, str]:
    places = _table(written, "examples", file)
    return MappingProxyType({place: _text(texts, language, f"{file}, [examples]") for place, texts in places.items()})


def _buttons(actions: Sequence[str], labels: Sequence[str], where: str) -> tuple[Button, ...]:
    if len(actions) != len(labels):
        raise DataError(f"{where}: {len(labels)} labels for {len(actions)} buttons; write one for each")
    return tuple(Button(label, _opening(action)) for label, action in zip(labels, actions, strict=True))


def _opening(action: str) -> Open:
    conversation, _, answers = action.partition("?")
    return Open(conversation, MappingProxyType(dict(parse_qsl(answers))))


def _table(written: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    found = written.get(name)
    if not isinstance(found, dict):
        raise DataError(f"{where}: {name} is missing; write it as a table")
    return found


def _text(written: Mapping[str, Any], name: str, where: str) -> str:
    found = written.get(name)
    if not isinstance(found, str) or not found.strip():
        raise DataError(f"{where}: {name} is missing; write a text")
    return found


def _number(written: Mapping[str, Any], name: str, where: str) -> int:
    found = written.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise DataError(f"{where}: {name} is missing; write its seconds")
    return found
