"""The inbox's piles: one button each, which shows how many lie there and whether it is the one that is listed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from nicegui import ui

from bot.console.parts import Words, box, button, words
from bot.console.words import number
from bot.store.repositories.inbox_list import Pile
from locales import _


@dataclass(slots=True, eq=False)
class Piles:
    """The buttons. They are drawn once: counts change while somebody is about to press one."""

    choose: Callable[[Pile], Awaitable[None]]
    _keys: dict[Pile, tuple[ui.element, Words]] = field(default_factory=dict)

    def draw(self) -> None:
        """Put them on the page."""
        with box("piles", role="group", aria_label=_("Tumpukan")):
            for pile, name in _names().items():
                key = button(name, partial(self.choose, pile), css="pile")
                with key:
                    self._keys[pile] = key, words("", "badge hidden")

    def show(self, listed: Pile, counts: Mapping[Pile, int]) -> None:
        """Show which one is listed, and the counts."""
        for pile, (key, badge) in self._keys.items():
            pressed, count = "true" if pile is listed else "false", counts.get(pile, 0)
            if key.props.get("aria-pressed") != pressed:
                key.props["aria-pressed"] = pressed
            badge.text = number(count) if count else ""
            if ("hidden" in badge.classes) is bool(count):
                badge.classes(toggle="hidden")


def _names() -> dict[Pile, str]:
    return {
        Pile.WAITING: _("Antrean"),
        Pile.MINE: _("Kupegang"),
        Pile.OPEN: _("Terbuka"),
        Pile.PUT_OFF: _("Ditunda"),
        Pile.CLOSED: _("Ditutup"),
    }
