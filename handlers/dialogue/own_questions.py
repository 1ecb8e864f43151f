"""The questions of one message: cut apart, without reasons, stories and what only leads in.

*Batasnya tanggal 18 apa 21 sih soalnya bu Sri bilang 18, sama bayarnya pake apa?* asks two things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.understanding.phrases import says, without
from handlers.understanding.sentences import sentences

_CUT: Final = re.compile(
    r",?\s*\b(?:terus|trs|trus|sekalian|oiya|oya|oh iya|nah)\b"
    r"|,\s+|\s+(?=(?:sama|dan|sm|ama)\s+(?:apa|kapan|kpn|berapa|brp|gimana|gmn|bisa|boleh|batas|bayar|pelatihan|kalau|kalo))",
    re.IGNORECASE,
)
_REASON: Final = re.compile(r"\b(?:soalnya|soale|karena|karna|krn|gara-gara|soalna)\b.*\Z", re.IGNORECASE | re.DOTALL)
_NOTHING: Final = re.compile(r"\bapa(?:2|-apa|pun| pun)\b", re.IGNORECASE)
_LEADS_IN: Final = re.compile(r"\A\W*(?:sama|dan|tapi|tp|trs|terus|trus|eh|oh|kak|min)\b", re.IGNORECASE)
_SHORT: Final = 4
"""Words of a question that needs what stands before it."""
_LONG: Final = 9
"""Words of a message that may ask several things."""
_ENOUGH: Final = 2
"""Words of a question."""


def own_questions(text: str) -> list[str]:
    """Return the questions of a message that asks several, each by itself; empty where it asks but one."""
    if len(text.split()) < _LONG:
        return []
    asked = [part for part in map(_bare, _parts(text)) if len(part.split()) >= _ENOUGH and asks(part)]
    return asked if len(asked) > 1 else []


def asks(part: str) -> bool:
    """Tell whether a part of a message asks something; *belum beli apa-apa* does not."""
    words = but_nothing(part)
    return "?" in words or says("a question", words) or says("a question at its end", words)


def but_nothing(part: str) -> str:
    """Return a part without *apa-apa*, which asks nothing."""
    return _NOTHING.sub(" ", part)


def _parts(text: str) -> Iterator[str]:
    """Cut a message; a few words that ask keep what they ask of: *nunggu tgl 21 biar dapat diskon, bener ga?*."""
    for sentence in sentences(text):
        before = ""
        for part in _CUT.split(sentence):
            yield f"{before}, {part}" if before and len(part.split()) <= _SHORT else part
            before = "" if asks(part) else part


def _bare(part: str) -> str:
    """Return a question without its reason and without *maaf ganggu*, *mau tanya*."""
    said = without("one more thing", without("that one asks", _REASON.sub("", part)))
    return _LEADS_IN.sub("", said).strip(" ,.;:+")
