"""What is only looked at is one element, whatever is within; words in it are words, and nothing in it is pressed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from nicegui import Client, ui
from nicegui.testing.user import User

from bot.console.parts import box, button, drawn, words
from bot.console.still import Still, still
from bot.console.tables import table
from tests.console.conftest import Staffed

HOSTILE = "<img src=x onerror=alert(1)> {{ 7*7 }}"


def nodes(told: list[Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    for tag, props, within in told:
        yield tag, props, within
        if isinstance(within, list):
            yield from nodes(within)


@pytest.fixture
async def user(staffed: Staffed) -> User:
    """Somebody who looks at an empty page."""

    @ui.page("/empty")
    def empty() -> None:
        return

    user = staffed.browser()
    await user.open("/empty")
    return user


async def test_all_that_is_still_is_one_element(user: User) -> None:
    """Boxes, words, a drawing and a table: one element more, with each of them in it; every word is found."""
    client: Client | None = user.client
    assert client is not None
    before = len(client.elements)
    with client, still():
        with box("card", "section", aria_label="Kartu").style("width: 3%"):
            words(HOSTILE, "said")
            drawn("wave")
        table("Daftar", [], [])
    assert len(client.elements) == before + 1
    (part,) = (each for each in client.elements.values() if isinstance(each, Still))
    found = list(nodes(json.loads(part.props["drawn"])))
    assert ("span", {"class": "said"}, HOSTILE) in found
    assert found[0][:2] == ("section", {"class": "card", "style": "width: 3%;", "aria-label": "Kartu"})
    drawings = [props["innerHTML"] for _tag, props, _within in found if "innerHTML" in props]
    assert drawings
    assert all(each.startswith("<svg") for each in drawings), "only our own drawings are HTML"
    await user.should_see("onerror")


async def test_nothing_to_be_pressed_is_still(user: User) -> None:
    """A button in a still part would be a dead end: it is refused, and the next part is drawn well."""
    assert user.client is not None
    with user.client, pytest.raises(TypeError, match="pressed"), still():
        button("Kirim", lambda: None)
    with user.client:
        button("Kirim", lambda: None)
    await user.should_see(marker="Kirim")
