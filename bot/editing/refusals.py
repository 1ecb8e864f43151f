"""Why an edit of the programme is refused; the console says each in its own words."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """One reason."""

    ROLE = "the role does not reach so far"
    UNKNOWN = "there is no such edit"
    FIXED = "this can't be edited here"
    SAME = "this is what holds already"
    NO_VALUE = "the value is missing or too long"
    NO_SOURCE = "the source is missing or too long"
    WRONG_DAY = "the source's day must be YYYY-MM-DD, and not ahead"
    UNREADABLE = "the value can't be read"
    ORDER = "a wave must open, close, be announced and reach its cutoff in this order"
    CONTRADICTS = "it contradicts what else holds"
    PLACES = "the text has a place that nobody fills"
    WORDS_FIRST = "its words have to be approved first"
    DECIDED = "it was decided already"
    OWN = "somebody else has to approve it, not the one who proposed it"
    NOT_OWN = "only who proposed it can withdraw it"
    OVERTAKEN = "what it was decided on has changed meanwhile"


class EditRefused(Exception):
    """An edit may not be; `detail` says what exactly is wrong with its value."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else str(why))
        self.why, self.detail = why, detail
