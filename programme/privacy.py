"""Cutting card numbers, NIKs, OTPs and passwords out of what people write, before anybody keeps it."""

from __future__ import annotations

from programme.redaction.digits import find_runs, plain
from programme.redaction.long_numbers import find_long_numbers
from programme.redaction.passcodes import find_passcodes
from programme.redaction.passwords import find_passwords
from programme.redaction.spans import Secret, Span

_INSTEAD = {
    Secret.CARD: "[nomor kartu]",
    Secret.NIK: "[NIK]",
    Secret.OTP: "[OTP]",
    Secret.PASSWORD: "[kata sandi]",
}


def redact(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` without its secrets, and the kinds found: `card`, `nik`, `otp`, `password`, in order.

    Prices, dates, waves, ticket numbers and phone numbers stay. Where it can't be told apart, the likelier reading wins
    and the safe one where both are likely: sixteen digits are cut unless called an order or part of a link; six digits
    that are all of a message are an OTP unless they are a day, a round price or a hotline; four, five, seven and eight
    alone stay, and so does a plain word behind "password" that is not plainly given as one ("password mawar").
    """
    readable = plain(text)
    runs = list(find_runs(readable))
    spans = _apart([*find_long_numbers(readable, runs), *find_passwords(readable), *find_passcodes(readable, runs)])
    kept: list[str] = []
    end = 0
    for span in spans:
        kept += [text[end : span.start], _INSTEAD[span.kind]]
        end = span.end
    kinds = dict.fromkeys(span.kind.value for span in spans)
    return "".join([*kept, text[end:]]), tuple(kinds)


def _apart(spans: list[Span]) -> list[Span]:
    """Keep, of spans that overlap, the one that starts first, widened to cover them all."""
    apart: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if apart and span.start < apart[-1].end:
            first = apart.pop()
            apart.append(Span(first.start, max(first.end, span.end), first.kind))
        else:
            apart.append(span)
    return apart
