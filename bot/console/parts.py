"""The console's own parts: every page is made of these alone. Each has a name for who can't see it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import isawaitable
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

MOST_ROWS: Final = 100
"""Rows that any list or table may hold: what is shown is sent, and kept as long as the page is open."""

_FAINT: Final = {"lineStyle": {"color": "rgba(125, 148, 154, 0.28)"}}

_CLOSE: Final = "(e) => e.currentTarget.closest('dialog').close()"
_CLOSE_AND_TELL: Final = "(e) => { e.currentTarget.closest('dialog').close(); emit(); }"

FIRST_VALUE: Final = "^value"
"""What stands in a field at first: the page that is drawn anew leaves what was typed since as it is."""

_TYPED: Final = (
    "(e) => { clearTimeout(e.target.later); const said = e.target; "
    "said.later = setTimeout(() => emit(said.value || ' '), 500); }"
)
_LEFT: Final = "(e) => { clearTimeout(e.target.later); emit(e.target.value || ' '); }"

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


def area(label: str, placeholder: str = "", rows: int = 3) -> ui.element:
    """Return a field for several lines; a button beside it tells what stands there, by `typed_in` this."""
    made = box("input", "textarea", rows=str(rows), maxlength="4096", aria_label=label, placeholder=placeholder)
    return made.mark(label)


def typed_in(field_: ui.element) -> str:
    """Return the function of the browser's with which a button tells what was typed into a field."""
    return f"() => emit(document.getElementById('{field_.html_id}').value)"


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


def field(label: str, value: str, on_enter: Handler, *, placeholder: str = "") -> ui.element:
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


def toggle(label: str, on_press: Handler, *, pressed: bool) -> ui.element:
    """Return a button that is in or out."""
    made = button(label, on_press, css="toggle")
    made.props["aria-pressed"] = "true" if pressed else "false"
    return made


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


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; a `figure` stands to the right."""

    name: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that leads somewhere; `named` says more to who can't see where it stands."""

    label: str
    to: str
    named: str | None = None


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str | Linked]], css: str = "") -> ui.element:
    """Show up to `MOST_ROWS` rows as a table that can be read out; narrow screens scroll it sideways."""
    holder = box(f"scroll {css}", tabindex="0", role="region", aria_label=caption)
    with holder, still(), box("table", "table"):
        words(caption, "unseen", "caption")
        with box("", "thead"), box("", "tr"):
            for column in columns:
                words(column.name, "figure" if column.figure else "", "th").props["scope"] = "col"
        with box("", "tbody"):
            for row in rows[:MOST_ROWS]:
                with box("", "tr"):
                    for column, cell in zip(columns, row, strict=True):
                        _draw_cell(cell, "figure" if column.figure else "")
    return holder


def _draw_cell(cell: str | Linked, css: str) -> None:
    if isinstance(cell, str):
        words(cell, css, "td")
        return
    with box(css, "td"):
        way = words(cell.label, "way-in", "a")
        way.props["href"] = cell.to
        if cell.named is not None:
            way.props["aria-label"] = cell.named


def chart(title: str, options: dict[str, Any], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Show a chart with the same figures as a table below it, for who can't or won't look."""
    with box("chart-box", "figure"):
        words(title, "heading", "figcaption")
        if len(options["series"]) > 1:
            with box("legend", "ul", aria_hidden="true"):
                for colour, one in zip(options["color"], options["series"], strict=False):
                    words(one["name"], "legend-name", "li").style(f"--dot: {colour}")
        with box("chart", role="img", aria_label=title):
            ui.echart(options, renderer="svg")
        with box("as-table", "details"):
            words(_("Lihat sebagai tabel"), tag="summary")
            table(title, columns, rows)


def bars(days: Sequence[str], series: dict[str, Sequence[int]], colours: Sequence[str]) -> dict[str, Any]:
    """Return what draws one stack of bars a day; the texts' colours come from the page's styles."""
    return {
        "animation": False,
        "color": list(colours),
        "textStyle": {"fontFamily": "Plus Jakarta Sans, system-ui, sans-serif"},
        "grid": {"left": 8, "right": 8, "top": 12, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "renderMode": "richText"},
        "xAxis": {"type": "category", "data": list(days), "axisTick": {"show": False}, "axisLine": _FAINT},
        "yAxis": {"type": "value", "minInterval": 1, "splitNumber": 3, "splitLine": _FAINT},
        "series": [
            {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 28, "data": list(counts)}
            for name, counts in series.items()
        ],
    }


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
    """
    code, client = current_language().code, ui.context.client

    async def run(event: Any) -> None:  # without a default: NiceGUI passes an event only where one is asked for
        given = () if event.args in ([], {}, None) else (event.args,)
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
