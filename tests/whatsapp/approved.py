"""All of our templates at the fake, as if Meta had approved them long ago."""

from __future__ import annotations

from bot.channels.whatsapp.template_bodies import definition_of
from bot.channels.whatsapp.templates import load_templates
from tests.fakes.graph import FakeGraph


def approve_all(graph: FakeGraph, quality: str = "GREEN") -> None:
    """Have the server keep every template, approved and of this quality."""
    for one in load_templates().all:
        parts = {part["type"]: part for part in definition_of(one, "4:sample" if one.picture else None)["components"]}
        more = {"footer": parts["FOOTER"]["text"]} if "FOOTER" in parts else {}
        more |= {"buttons": parts["BUTTONS"]["buttons"]} if "BUTTONS" in parts else {}
        more |= {"header": parts["HEADER"]} if "HEADER" in parts else {}
        graph.events.template(
            one.name, parts["BODY"]["text"], language=one.language, quality=quality, ttl=one.ttl, **more
        )
