"""The programme's rules, each valid for a range of waves: a new rule is a row, not a constant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from programme.edits import NO_EDITS, Edits
from programme.facts import Certainty, Fact
from programme.loading import DataRow, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The rules of a range of waves. Amounts are whole rupiah, days are calendar days unless said otherwise.

    Day counts and amounts that no source tells are None. `broadcast_is_day_one` is None where it is
    not known which day the count starts at; then no date may be told. `payout_days_*` are working days
    after the scheduled day. `certificate_after` names the event after which the certificate appears.
    `facts` has source, as-of and certainty of each value under its field's name.
    """

    id: str
    name: str
    first_wave: int
    last_wave: int | None
    days_to_buy: int
    announcement_is_day_one: bool | None = None
    law: str
    balance: int
    incentive: int
    incentive_times: int
    survey: int
    survey_times: int
    rejoin_after_revoked: bool | None = None
    balance_is_cash: bool = False
    exchange_allowed: bool | None = None
    trainings_in_sequence: bool | None = None
    next_training_days: int | None = None
    review_required: bool | None = None
    incentive_for_first_training_only: bool | None = None
    schedule_wait_hours: int | None = None
    payout_days_at_least: int | None = None
    payout_days_at_most: int | None = None
    survey_one_after_days: int | None = None
    survey_open_days: int | None = None
    survey_paid_within_days: int | None = None
    surveys_affect_payment: bool | None = None
    certificate_after: str | None = None
    facts: Mapping[str, Fact[object]]

    @property
    def total(self) -> int:
        """Everything that one participant can get, training balance included, in rupiah."""
        return self.balance + self.incentive * self.incentive_times + self.survey * self.survey_times

    def covers(self, wave: int) -> bool:
        """Tell whether the rules hold for `wave`."""
        return self.first_wave <= wave <= (self.last_wave or wave)

    def certainty(self, field: str) -> Certainty:
        """Return how sure the value of `field` is; what no source tells is unsure."""
        return self.facts[field].certainty if field in self.facts else Certainty.UNSURE


_PLAIN = frozenset({"id", "name", "first_wave", "last_wave", "facts", "source", "as_of"})
_RULES = {field.name: field for field in fields(Scheme) if field.name not in _PLAIN}
_REQUIRED = tuple(name for name, field in _RULES.items() if field.default is MISSING)


def load_schemes(file: Path, edits: Edits = NO_EDITS) -> tuple[Scheme, ...]:
    """Read `rules.toml`. Raises DataError naming line and fix."""
    return tuple(_scheme(name, entry) for name, entry in read_records(file, edits))


def _scheme(name: str, entry: DataRow) -> Scheme:
    facts = {key: _fact(key, entry) for key in entry.values if key not in _PLAIN}
    missing = next((key for key in _REQUIRED if key not in facts), None)
    if missing:
        entry.fail(missing, "is missing", "write { value = ..., source = ..., as_of = ... }")
    values: dict[str, Any] = {key: fact.value for key, fact in facts.items()}
    return Scheme(
        id=name,
        name=entry.text("name"),
        first_wave=entry.number("first_wave"),
        last_wave=entry.maybe_number("last_wave"),
        facts=MappingProxyType(facts),
        **values,
    )


def _fact(key: str, entry: DataRow) -> Fact[object]:
    told = entry.entry(key)
    value: object
    match str(_RULES[key].type).removesuffix(" | None") if key in _RULES else None:
        case "int":
            value = told.number("value")
        case "bool":
            value = told.flag("value")
        case "str":
            value = told.text("value")
        case _:
            entry.fail(key, "is not a rule", "name one of: " + ", ".join(sorted(_RULES)))
    certainty = told.choice("certainty", Certainty, Certainty.PUBLISHED)
    return Fact(value, told.text("source"), told.as_of(), certainty)
