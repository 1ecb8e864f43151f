"""The switch above the phone: which app it looks like."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from nicegui import ui

from bot.demo.parts import box, markup
from bot.demo.phone_mode import PhoneMode
from bot.look.icons import icon
from locales import _

_GLYPHS: Final = {PhoneMode.TELEGRAM: "plane", PhoneMode.WHATSAPP: "tick"}


@dataclass(slots=True, repr=False, eq=False)
class ModeSwitch:
    """One segment an app; `turned` hears of the one that was chosen."""

    turned: Callable[[PhoneMode], Awaitable[None]]
    _keys: dict[PhoneMode, ui.html] = field(default_factory=dict)

    def draw(self, mode: PhoneMode) -> None:
        """Put the switch on the page, with `mode` chosen."""
        with box("switch", role="group", aria_label=_("Tampilan ponsel")):
            for each in PhoneMode:
                self._draw_key(each)
        self.show(mode)

    def show(self, mode: PhoneMode) -> None:
        """Show which is chosen."""
        for each, key in self._keys.items():
            key.props["aria-pressed"] = "true" if each is mode else "false"

    def _draw_key(self, mode: PhoneMode) -> None:
        self._keys[mode] = key = markup(f"{icon(_GLYPHS[mode])}{mode.app_name}", f"segment {mode}", "button")
        key.props["type"] = "button"
        keep = f"() => {{ sobat.keepPhone('{mode}'); emit(); }}"
        key.on("click", lambda: self.turned(mode), js_handler=keep)
