"""The judge of bodies takes what Meta shows as an example, and refuses what Meta refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.openapi import described_in, examples, faults

FILE = described_in()
pytestmark = pytest.mark.skipif(FILE is None, reason="Meta's OpenAPI description is not beside the project")
ASKED = {"type": "request_contact_info", "body": {"text": "Halo"}, "action": {"name": "request_contact_info"}}


def said(**more: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "6281", **more}


def buttons(*titles: str) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": str(at), "title": title}} for at, title in enumerate(titles)]
    return {"type": "button", "body": {"text": "Halo"}, "action": {"buttons": replies}}


def test_examples_with_all_that_is_required_pass() -> None:
    assert FILE
    shown = examples(FILE)
    complete = {
        name: body
        for name, body in shown.items()
        if body.get("recipient_type") and body.get("type") in {"text", "image", "audio", "document", "video", "sticker"}
    }
    assert len(complete) >= 10
    assert {name: faults(body, FILE) for name, body in complete.items() if faults(body, FILE)} == {}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (said(type="text", text={"body": "x" * 4097}), "longer than 4096"),
        (said(type="text", text={"words": "x"}), "does not know words"),
        (said(type="text", text={"body": "x"}, recipient="ID.1"), "either `to` or `recipient`"),
        (said(type="image", image={"caption": "x"}), "lacks id"),
        (said(type="audio", audio={"id": "1", "caption": "x"}), "takes none"),
        (said(type="interactive", interactive=buttons("a", "b", "c", "d")), "has 4 items"),
        (said(type="interactive", interactive=buttons("a", "a")), "title: twice"),
        (said(type="interactive", interactive=buttons("x" * 21)), "at most 20"),
        (said(type="interactive", interactive=buttons("😀" * 11)), "at most 20"),
        (said(type="interactive", interactive={**ASKED, "type": "contact_request"}), "none of"),
        (said(type="interactive", interactive={**ASKED, "body": {"text": " "}}), "body: empty"),
    ],
)
def test_what_meta_refuses_is_named(body: dict[str, Any], fault: str) -> None:
    assert FILE
    assert fault in "; ".join(faults(body, FILE))


def test_what_is_newer_than_the_description_passes() -> None:
    assert FILE
    body = said(type="interactive", interactive=ASKED)
    assert faults(body, FILE) == []
    assert faults({**{k: v for k, v in body.items() if k != "to"}, "recipient": "ID.1"}, FILE) == []
