"""Pictures that a person sends while telling what is wrong; they wait in the dialogue for the ticket."""

from __future__ import annotations

from dataclasses import replace

from handlers.dialogue.turn import Turn
from handlers.dialogue.whose import as_sent
from programme.model.dialogues import Dialogue
from programme.model.messages import Attachment, Incoming, Sort
from programme.model.tickets import Shot

_KEPT = "pictures"
_AT_MOST = 10
_LONGEST_CAPTION = 500
_WELCOME = frozenset({Sort.PHOTO, Sort.DOCUMENT, Sort.VIDEO, Sort.VOICE, Sort.AUDIO, Sort.ANIMATION, Sort.VIDEO_NOTE})


def with_screenshot(dialogue: Dialogue | None, incoming: Incoming) -> Dialogue | None:
    """Return the open dialogue with what came in added; None where a picture is of no use to it.

    A caption tells the story, where that was asked for; else it stays with its picture.
    """
    attachment = incoming.attachment
    if dialogue is None or dialogue.conversation != "handoff":
        return None
    if attachment is None or attachment.sort not in _WELCOME:
        return None
    answers = dict(dialogue.answers)
    caption = as_sent(incoming)[:_LONGEST_CAPTION]
    if caption and dialogue.asked == "complaint":
        answers["complaint"], caption = caption, ""
    kept = [line for line in (answers.get(_KEPT, ""), _line(attachment, caption)) if line]
    answers[_KEPT] = "\n".join("\n".join(kept).split("\n")[:_AT_MOST])
    return replace(dialogue, answers=answers)


def screenshots(turn: Turn) -> tuple[Shot, ...]:
    """Return the pictures sent so far."""
    lines = (turn.told(_KEPT) or "").split("\n")
    return tuple(_read(line) for line in lines if line)


def _line(attachment: Attachment, caption: str) -> str:
    parts = (attachment.sort.value, attachment.channel, attachment.reference, attachment.name, caption)
    return "\t".join(" ".join(part.split()) for part in parts)


def _read(line: str) -> Shot:
    sort, channel, reference, name, *caption = line.split("\t")
    return Shot(Attachment(Sort(sort), channel, reference, name), "".join(caption))
