"""Fields of the console: what is typed into, and what is chosen from. Each bears its name for who can't see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from nicegui import ui

from bot.console.parts import Handler, box, safely, words
from bot.console.still import still

FIRST_VALUE: Final = "^value"
"""What stands in a field at first: the page that is drawn anew leaves what was typed since as it is."""

_TYPED: Final = (
    "(e) => { clearTimeout(e.target.later); const said = e.target; "
    "said.later = setTimeout(() => emit(said.value || ' '), 500); }"
)
_LEFT: Final = "(e) => { clearTimeout(e.target.later); emit(e.target.value || ' '); }"


def area(label: str, placeholder: str = "", rows: int = 3) -> ui.element:
    """Return a field for several lines; a button beside it tells what stands there, by `typed_in` this."""
    made = box("input", "textarea", rows=str(rows), maxlength="4096", aria_label=label, placeholder=placeholder)
    return made.mark(label)


def typed_in(field_: ui.element) -> str:
    """Return the function of the browser's with which a button tells what was typed into a field."""
    return f"() => emit(document.getElementById('{field_.html_id}').value)"


def text_field(label: str, value: str, on_enter: Handler, *, placeholder: str = "") -> ui.element:
    """Return a field for one line; what was typed is told by Enter, or on leaving it."""
    made = box("input", "input", type="search", aria_label=label, placeholder=placeholder, maxlength="100")
    made.props[FIRST_VALUE] = value
    made.on("change", safely(on_enter), js_handler="(e) => emit(e.target.value)")
    return made.mark(label)


def writing(
    label: str, value: str, on_typed: Handler, *, rows: int = 3, most: int = 4096, placeholder: str = ""
) -> ui.element:
    """Return a field for many lines; what was typed is told half a second after the last letter, and on leaving it."""
    made = words(value, "input", "textarea")
    made.props.update({"rows": str(rows), "maxlength": str(most), "aria-label": label, "placeholder": placeholder})
    made.on("input", safely(on_typed), js_handler=_TYPED)
    made.on("change", safely(on_typed), js_handler=_LEFT)
    return made.mark(label)


def moment_field(label: str, value: str, on_choice: Handler) -> ui.element:
    """Return a field for a day and an hour, told as a browser writes them."""
    made = box("input", "input", type="datetime-local", aria_label=label)
    made.props[FIRST_VALUE] = value
    made.on("change", safely(on_choice), js_handler="(e) => emit(e.target.value)")
    return made.mark(label)


def typed(label: str, value: str, on_typed: Handler, *, kind: str = "text", placeholder: str = "") -> ui.element:
    """Return a field of a form, such as `kind="date"`; what it holds is told when it is left."""
    made = box("input", "input", type=kind, aria_label=label, placeholder=placeholder, maxlength="300")
    made.props[FIRST_VALUE] = value
    made.on("change", safely(on_typed), js_handler="(e) => emit(e.target.value)")
    return made.mark(label)


@contextmanager
def labelled(label: str, css: str = "") -> Iterator[None]:
    """Put a name above a field; the field bears it too, for who can't see it."""
    with box(f"labelled {css}"):
        words(label, "quiet")
        yield


def choice(label: str, options: Sequence[tuple[str, str]], value: str, on_choice: Handler) -> ui.element:
    """Return a list of options (value and name) of which one is chosen; it says what it chooses."""
    made = box("input", "select", aria_label=label)
    made.on("change", safely(on_choice), js_handler="(e) => emit(e.target.value)")
    with made, still():
        for name, shown in options:
            option = words(shown, tag="option")
            option.props["value"] = name
            if name == value:
                option.props["selected"] = True
    return made.mark(label)
