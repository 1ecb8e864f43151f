"""A photo and its caption as one answer of a dialogue: the channel's reference to it stands before the words."""

from __future__ import annotations

import re

from programme.model.messages import Attachment, Sort

_KEPT = re.compile(r"\[photo (?P<channel>\w+) (?P<reference>\S+)\]\n")


def photo_with(photo: Attachment | None, words: str) -> str:
    """Put the photo before the words."""
    return words if photo is None else f"[photo {photo.channel} {photo.reference}]\n{words}"


def photo_apart(answer: str) -> tuple[Attachment | None, str]:
    """Take the photo and the words apart again."""
    kept = _KEPT.match(answer)
    if kept is None:
        return None, answer
    return Attachment(Sort.PHOTO, kept["channel"], kept["reference"]), answer[kept.end() :]
