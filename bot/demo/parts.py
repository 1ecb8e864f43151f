"""The few elements that the page is made of, without the looks that NiceGUI brings along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape

from nicegui import ui

from bot.look.icons import icon

Handler = Callable[[], Awaitable[None] | None]
Told = Callable[[str], Awaitable[None] | None]

SUBMIT = """(event) => {
  event.preventDefault();
  const box = event.target.elements[0];
  if (box.value.trim()) emit(box.value);
}"""
"""Tells the server what a form's first field holds."""


def box(css: str = "", tag: str = "div", **attributes: str) -> ui.element:
    """Return an element to put others in; `aria_label="x"` becomes `aria-label="x"`."""
    element = ui.element(tag).classes(css)
    for name, value in attributes.items():
        element.props[name.rstrip("_").replace("_", "-")] = value
    return element


def words(text: str, css: str = "", tag: str = "span") -> ui.html:
    """Show plain words."""
    return markup(escape(text), css, tag)


def markup(html: str, css: str = "", tag: str = "span") -> ui.html:
    """Show HTML that is known to be safe."""
    return ui.html(html, sanitize=False, tag=tag).classes(css)


def button(html: str, css: str, on_click: Handler | str, *, label: str | None = None) -> ui.html:
    """Return a button. `on_click` is a handler here, or a JavaScript function for the browser."""
    key = markup(html, css, "button")
    key.props["type"] = "button"
    if label is not None:
        key.props["aria-label"] = key.props["title"] = label
    if isinstance(on_click, str):
        key.on("click", js_handler=on_click)
    else:
        key.on("click", lambda _event: on_click(), args=[])
    return key


def icon_button(name: str, label: str, on_click: Handler | str, css: str = "round") -> ui.html:
    """Return a button that is only an icon; `label` says what it does."""
    return button(icon(name), css, on_click, label=label)
