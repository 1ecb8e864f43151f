"""The console's own parts: every page is made of these alone. Each has a name for who can't see it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from inspect import isawaitable, signature
from json import dumps
from typing import Any, Final, cast

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from bot.console.access import NotAllowed, NotSignedIn
from bot.console.sign_in import DOOR
from bot.console.still import Node, drawing, still
from bot.console.words import role_name
from bot.look.icons import icon
from locales import _, current_language, plainly, speaking

log = logging.getLogger(__name__)

_CLOSE: Final = "(e) => e.currentTarget.closest('dialog').close()"
_CLOSE_AND_TELL: Final = "(e) => { e.currentTarget.closest('dialog').close(); emit(); }"

Handler = Callable[..., Awaitable[None] | None]


class Words(TextElement):
    """Words that somebody wrote, or we: shown as text and as nothing else."""

    def __init__(self, text: str, css: str = "", tag: str = "span") -> None:
        super().__init__(tag=tag, text=text)
        self.classes(css)


def box(css: str = "", tag: str = "div", **attributes: str) -> ui.element:
    """Return an element to put others in; `aria_label="x"` becomes `aria-label="x"`.

    Within a still part it is a node of that, which behaves as an element as far as something still can.
    """
    element = _still(Node(tag)) if drawing.get() is not None else ui.element(tag)
    element.classes(css)
    for name, value in attributes.items():
        element.props[name.rstrip("_").replace("_", "-")] = value
    return element


def words(text: str, css: str = "", tag: str = "span") -> Words:
    """Show words as they are, whatever they hold."""
    if drawing.get() is not None:
        return cast("Words", Node(tag, text).classes(css))
    return Words(text, css, tag)


def drawn(name: str, css: str = "") -> ui.element:
    """Show one of our icons; what it means must be said beside it."""
    return drawing_of(icon(name), f"sign {css}")


def drawing_of(svg: str, css: str) -> ui.element:
    """Show a drawing of ours: the only HTML there is."""
    if drawing.get() is not None:
        return _still(Node("span", html=svg).classes(css))
    return ui.html(svg, sanitize=False, tag="span").classes(css)


def _still(node: Node) -> ui.element:
    return cast("ui.element", node)


def button(
    label: str,
    on_click: Handler,
    *,
    css: str = "secondary",
    sign: str | None = None,
    named: str | None = None,
    key: str | None = None,
    tells: str | None = None,
) -> ui.element:
    """Return a button. `named` says more to who can't see it; `key` is a letter that presses it.

    With `tells`, a function of the browser's, the handler gets what that emits.
    """
    made = box(css, "button", type="button")
    if named is not None:
        made.props["aria-label"] = made.props["title"] = named
    if key is not None:
        made.props["data-key"] = made.props["aria-keyshortcuts"] = key
    if sign is not None or label:
        with made, still():
            if sign is not None:
                drawn(sign)
            if label:
                words(label)
    if tells is None:
        made.on("click", safely(on_click), args=[])
    else:
        made.on("click", safely(on_click), js_handler=tells)
    return made.mark(label or named or "")


def check(label: str, on_change: Handler, *, checked: bool = False) -> ui.element:
    """Return a box to tick; it says whether it is ticked. Its label is for who can't see what it stands beside."""
    made = box("tick-box", "input", type="checkbox", aria_label=label)
    if checked:
        made.props["checked"] = True
    made.on("change", safely(on_change), js_handler="(e) => emit(e.target.checked)")
    return made.mark(label)


@contextmanager
def sheet(title: str) -> Iterator[ui.element]:
    """Lay a sheet over the page, with its title and a way to close it; closed, it is gone."""
    with ui.context.client.content, box("sheet", "dialog", aria_label=title) as made:
        with box("sheet-head"):
            words(title, "heading", "h2")
            shut = box("round", "button", type="button", aria_label=_("Tutup"), title=_("Tutup"))
            shut.on("click", js_handler="(e) => e.target.closest('dialog').close()")
            with shut:
                drawn("close")
        yield made
    made.on("close", made.delete, args=[])
    ui.run_javascript(f"konsol.sheet('{made.html_id}')")


def shut_sheets() -> None:
    """Take away what lies over the page; the last thing that a press on it does."""
    for each in list(ui.context.client.content.default_slot.children):
        if "sheet" in each.classes:
            each.delete()


def asked(
    label: str, question: str, yes: str, on_yes: Handler, *, css: str = "secondary", sign: str | None = None
) -> ui.element:
    """Return a button that asks first: what can't be taken back is never one press away."""
    holder = box("contents")
    with holder:
        opens = box(css, "button", type="button", aria_haspopup="dialog")
        with opens:
            if sign is not None:
                drawn(sign)
            words(label)
        opens.on("click", js_handler="(e) => konsol.ask(e.currentTarget)")
        with box("question", "dialog", aria_label=label):
            words(question, "told", "p")
            with box("acts"):
                button(yes, on_yes, css="danger" if css == "danger" else "primary", tells=_CLOSE_AND_TELL)
                stays = box("secondary", "button", type="button")
                stays.on("click", js_handler=_CLOSE)
                with stays:
                    words(_("Jangan"))
    return holder


def link(label: str, to: str, *, css: str = "secondary", sign: str | None = None) -> ui.element:
    """Return a link to another page of the console."""
    made = box(css, "a", href=to)
    with made:
        if sign is not None:
            drawn(sign)
        words(label)
    return made


def toggle(label: str, on_press: Handler, *, pressed: bool) -> ui.element:
    """Return a button that is in or out."""
    made = button(label, on_press, css="toggle")
    made.props["aria-pressed"] = "true" if pressed else "false"
    return made


def empty(title: str, told: str) -> None:
    """Say that there is nothing, and what would be here: an empty page teaches."""
    with box("empty"):
        words(title, "name", "p")
        words(told, "quiet", "p")


def fetch_file(address: str) -> None:
    """Have the browser ask one of our own addresses for a file, by a form."""
    ui.run_javascript(f"konsol.fetchFile({dumps(address)})")


def notice(text: str, *, bad: bool = False) -> None:
    """Tell what came of something, where it is heard too."""
    ui.run_javascript(f"konsol.tell({dumps(text)}, {dumps(bad)})")


def safely(handler: Handler) -> Handler:
    """Run a handler in the page's language; what goes wrong in it is said, and the page goes on.

    It stands on the page itself, not on the part that was pressed: that may be drawn anew by what the press does.
    What is told with an event whose handler takes nothing is left out.
    """
    code, client, takes = current_language().code, ui.context.client, bool(signature(handler).parameters)

    async def run(event: Any) -> None:  # without a default: NiceGUI passes an event only where one is asked for
        given = (event.args,) if takes and event.args not in ([], {}, None) else ()
        with client, speaking(code), told():
            done = handler(*given)
            if isawaitable(done):
                await done

    return run


@contextmanager
def told() -> Iterator[None]:
    """Turn refusals and failures into sentences; who is signed out goes to the door."""
    try:
        yield
    except NotSignedIn:
        ui.navigate.to(DOOR)
    except NotAllowed as refused:
        notice(plainly(_("Ini butuh peran {role}."), role=role_name(refused.needed)), bad=True)
    except Exception:
        log.exception("a page of the console could not do something")
        notice(_("Gagal, dan tidak ada yang berubah. Coba lagi; kalau berulang, beri tahu operator."), bad=True)
