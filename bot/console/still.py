"""Still parts: what is only looked at. All of it is one element of NiceGUI: each takes 4 kB in each open tab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any, Final, Self

from nicegui import ui

Told = list[Any]
"""A node as the browser gets it: tag, attributes, and either its text or a list of nodes."""


class Node:
    """A node of a still part, drawn upon as an element is; nothing of it can be pressed or changed."""

    def __init__(self, tag: str, text: str = "", html: str = "") -> None:
        self.props: dict[str, Any] = {"innerHTML": html} if html else {}
        self._within: list[Told] = []
        self._token: Token[list[Told] | None] | None = None
        told: Told = [tag, self.props, text or self._within]
        nodes = drawing.get()
        assert nodes is not None  # noqa: S101 - it is made within a still part only
        nodes.append(told)

    def classes(self, css: str) -> Self:
        """Give it these classes as well."""
        if css:
            self.props["class"] = f"{self.props.get('class', '')} {css}".strip()
        return self

    def style(self, css: str) -> Self:
        """Give it this style as well."""
        self.props["style"] = f"{self.props.get('style', '')}{css};"
        return self

    def mark(self, *_names: str) -> Self:
        """Take no name: tests find it by its words."""
        return self

    def on(self, event: str, *_: Any, **__: Any) -> Self:
        """Refuse to listen. Raises TypeError."""
        raise TypeError(f"{event}: what can be pressed is drawn outside of a still part")

    def __enter__(self) -> Self:
        self._token = drawing.set(self._within)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._token is not None  # noqa: S101 - it was entered
        drawing.reset(self._token)


drawing: Final[ContextVar[list[Told] | None]] = ContextVar("drawing", default=None)
"""Where nodes go at the moment; None outside of a still part."""


class Still(ui.element, component="static/still.js"):
    """The element that shows nodes. Words become text nodes in the browser; the only HTML is our own drawings."""

    def __init__(self, nodes: list[Told]) -> None:
        super().__init__()
        self.props["drawn"] = _encoded(nodes)

    @contextmanager
    def anew(self) -> Iterator[None]:
        """Draw it anew, where it stands, from what is drawn within; if that is the same, nobody hears of it."""
        with _collected() as nodes:
            yield
        if (now := _encoded(nodes)) != self.props["drawn"]:
            self.props["drawn"] = now

    def _displayed_contents(self, *, only_visible: bool) -> list[str]:
        return list(_texts(json.loads(self.props["drawn"])))


@contextmanager
def still() -> Iterator[None]:
    """Make one element of everything that is drawn within, which then can't be pressed or changed any more."""
    if drawing.get() is not None:
        yield
        return
    with _collected() as nodes:
        yield
    Still(nodes)


@contextmanager
def _collected() -> Iterator[list[Told]]:
    """Collect the nodes that are drawn within."""
    nodes: list[Told] = []
    token = drawing.set(nodes)
    try:
        yield nodes
    finally:
        drawing.reset(token)


def _encoded(nodes: list[Told]) -> str:
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":"))


def _texts(nodes: list[Told]) -> Iterator[str]:
    for _tag, _props, within in nodes:
        if isinstance(within, str):
            yield within
        else:
            yield from _texts(within)
