"""The ground of words: sentences, dates, durations and sums in the person's language."""

from locales.catalogue import SOURCE, Language, languages, speaking
from locales.catalogue import gettext as _
from locales.catalogue import language as current_language
from locales.catalogue import marked as N_  # noqa: N812 - gettext's customary name
from locales.catalogue import ngettext as _n
from locales.forms import (
    Html,
    Rupiah,
    day_and_month,
    fill,
    hours_and_minutes,
    long_date,
    moment,
    plainly,
    short_date,
    spell,
)

__all__ = [
    "N_",
    "SOURCE",
    "Html",
    "Language",
    "Rupiah",
    "_",
    "_n",
    "current_language",
    "day_and_month",
    "fill",
    "hours_and_minutes",
    "languages",
    "long_date",
    "moment",
    "plainly",
    "short_date",
    "speaking",
    "spell",
]
