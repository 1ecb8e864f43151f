"""Cutting card numbers, NIKs, OTPs, passwords and accounts out of what people write, before anybody keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programme.redaction.accounts import find_accounts
from programme.redaction.around import Around
from programme.redaction.card_details import find_card_details
from programme.redaction.digits import find_runs
from programme.redaction.long_numbers import find_long_numbers
from programme.redaction.mothers import find_mothers
from programme.redaction.passcodes import find_passcodes
from programme.redaction.passwords import find_passwords
from programme.redaction.readable import Readable, readable
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.without_numbers import stem_and_kind, without_numbers

INSTEAD = {
    Secret.CARD: "[nomor kartu]",
    Secret.CARD_DETAIL: "[data kartu]",
    Secret.NIK: "[NIK]",
    Secret.ACCOUNT: "[nomor rekening]",
    Secret.DOCUMENT: "[nomor dokumen]",
    Secret.OTP: "[OTP]",
    Secret.PASSWORD: "[kata sandi]",
    Secret.MOTHER: "[nama ibu]",
}
PLACEHOLDERS = re.compile("|".join(map(re.escape, INSTEAD.values())))

LONGEST = 4096
"""Characters of a message that are kept: channels send no more, and reading takes time with the length."""

_BEYOND = 200  # characters behind that are still looked at, so that a number at the end is seen whole


def redact(text: str, *, behind: str = "") -> tuple[str, tuple[str, ...]]:
    """Return `text` without its secrets, and the kinds found, in order: `card`, `nik`, `otp`, `password`, `account`.

    Prices, dates, waves, ticket numbers and phone numbers stay. Where it can't be told apart, the likelier reading wins
    and the safe one where both are likely: sixteen digits are cut unless called an order or part of a word in a
    link; six digits that are all of a message are an OTP unless they are a day, a round price or a hotline; four, five,
    seven and eight alone stay, and so does a plain word behind "password" that is not plainly given as one ("password
    mawar"). An account is cut where it is called one or stands beside a bank's name. What goes beyond
    LONGEST is left out. It is read as if it came `behind` those words, which are not part of it.
    """
    if not text:
        return "", ()
    skip = len(behind)
    read = readable(behind + text[: LONGEST + _BEYOND], PLACEHOLDERS)
    found = (SecretSpan(max(each.start - skip, 0), each.end - skip, each.kind) for each in _apart(list(_secrets(read))))
    spans = [span for span in found if span.end > 0 and span.start < LONGEST]
    kept: list[str] = []
    end = 0
    for span in spans:
        kept += [text[end : span.start], INSTEAD[span.kind]]
        end = span.end
    kinds = dict.fromkeys(span.kind.value for span in spans)
    rest = text[end:] if len(text) <= LONGEST else text[end:LONGEST] + "…"
    return "".join([*kept, rest]), tuple(kinds)


def _secrets(read: Readable) -> Iterator[SecretSpan]:
    """Go through what each detector finds, by where it stood in the text as it was written."""
    runs = list(find_runs(read.text))
    around = Around(read.text)
    for found in (
        find_long_numbers(around, runs),
        find_accounts(around, runs),
        find_passcodes(around, runs),
        find_card_details(around, runs),
        find_passwords(read.text),
        find_mothers(read.text),
    ):
        for span in found:
            yield SecretSpan(*read.span(span.start, span.end), span.kind)


def redact_name(name: str) -> str:
    """Return what somebody calls themselves, without secrets and any figure: nobody is greeted by a number."""
    return "".join(sign for sign in PLACEHOLDERS.sub("", redact(name)[0]) if not sign.isnumeric()).strip()


def redact_file_name(name: str) -> str:
    """Return what a file is called, without its secrets and long numbers; its kind stays."""
    stem, kind = stem_and_kind(name)
    return without_numbers(redact(stem)[0]) + kind


def _apart(spans: list[SecretSpan]) -> list[SecretSpan]:
    """Keep, of spans that overlap, the one that starts first, widened to cover them all."""
    apart: list[SecretSpan] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if apart and span.start < apart[-1].end:
            first = apart.pop()
            apart.append(SecretSpan(first.start, max(first.end, span.end), first.kind))
        else:
            apart.append(span)
    return apart
