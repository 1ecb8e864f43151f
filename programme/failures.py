"""Why an incentive payment failed, from the dashboard's words or the person's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from programme.facts import Certainty
from programme.loading import DataRow

if TYPE_CHECKING:
    from programme.programme import Programme


class Whom(StrEnum):
    """Who helps with a failure."""

    PARTNER = "partner"  # the payment partner
    DASHBOARD = "dashboard"  # the person alone, on the Prakerja dashboard
    PERSON = "person"  # a person of the helpdesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One reason. `texts` are the dashboard's exact words where known, `remedy` the key of the advice.

    `partner` is the payment partner whom the dashboard's text names, if it names one.
    """

    id: str
    texts: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    remedy: str
    whom: Whom
    partner: str | None = None
    certainty: Certainty = Certainty.PUBLISHED
    source: str
    as_of: str

    def fits(self, plain: str) -> bool:
        """Tell whether words in lower case without punctuation speak of this reason."""
        return self.is_quoted(plain) or any(pattern.search(plain) for pattern in self.patterns)

    def is_quoted(self, plain: str) -> bool:
        """Tell whether such words hold the dashboard's own."""
        return any(_plain(text) in plain for text in self.texts)


def explain(reason: str, programme: Programme) -> Failure | None:
    """Return the failure that the dashboard's text or the person's words speak of; None if not understood."""
    plain = _plain(reason)
    return next((failure for failure in programme.failures.values() if failure.fits(plain)), None)


def explain_all(reason: str, programme: Programme) -> list[Failure]:
    """Return every failure that the person's words speak of."""
    plain = _plain(reason)
    return [failure for failure in programme.failures.values() if failure.fits(plain)]


def explain_exactly(reason: str, programme: Programme) -> Failure | None:
    """Return the failure whose text on the dashboard stands in `reason` word by word."""
    plain = _plain(reason)
    return next((failure for failure in programme.failures.values() if failure.is_quoted(plain)), None)


def failure_from(name: str, entry: DataRow) -> Failure:
    """Read one reason. Raises DataError."""
    try:
        patterns = tuple(re.compile(pattern) for pattern in entry.texts("patterns"))
    except re.error as error:
        entry.fail("patterns", f"can't be read: {error}", "write regular expressions over lower-case words")
    return Failure(
        id=name,
        texts=entry.texts("texts"),
        patterns=patterns,
        remedy=entry.text("remedy"),
        whom=entry.choice("whom", Whom),
        partner=entry.maybe_text("partner"),
        certainty=entry.choice("certainty", Certainty, Certainty.PUBLISHED),
        source=entry.text("source"),
        as_of=entry.as_of(),
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
