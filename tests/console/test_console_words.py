"""Words of the console: whatever a page shows of ours stands in the catalogs, so it is read in the page's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from inspect import getmembers, isfunction, signature
from pathlib import Path

import bot.console
from bot.console import fields, frame, parts, saying_why, tables
from tests.console.conftest import Staffed

SOURCES = sorted(Path(bot.console.__path__[0]).glob("*.py"))
SHOWN = {"label", "text", "title", "told", "question", "yes", "placeholder", "named"}
"""How parts call what they show."""

ATTRIBUTES = {"aria_label", "title", "placeholder"}
NOT_WORDS = {"announcement", "/start staf-", "https://t.me/ ?start=staf-"}
"""The name of a notice, and what is typed or opened as it is in any language."""

READ = re.compile(r"[^\W\d_]{3}")


def parts_that_show() -> dict[str, list[str]]:
    """Each part with the names of what it takes, in their order."""
    made = [
        one for module in (parts, fields, frame, tables, saying_why) for one in getmembers(module, isfunction)
        if one[1].__module__ == module.__name__
    ]  # fmt: skip
    return {name: list(signature(part).parameters) for name, part in made}


def literal(node: ast.expr) -> str:
    """What somebody would read of an expression that no catalog knows; nothing where it is looked up, or is data."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=found):
            return " ".join(literal(one) for one in found if isinstance(one, ast.Constant))
        case ast.BinOp(left=left, right=right):
            return f"{literal(left)} {literal(right)}"
        case ast.IfExp(body=body, orelse=other):
            return f"{literal(body)} {literal(other)}"
    return ""


def shown_by(call: ast.Call, takes: dict[str, list[str]]) -> Iterator[ast.expr]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    by_place = zip(takes.get(name, ()), call.args, strict=False)
    yield from (given for called, given in by_place if called in SHOWN)
    shown = ATTRIBUTES if name == "box" else SHOWN if name in takes else set[str]()
    yield from (one.value for one in call.keywords if one.arg in shown)


async def test_a_lost_connection_is_told_in_the_language_of_the_page(staffed: Staffed) -> None:
    """Also these words are ours, though another part says them."""
    browser = (await staffed.signed_in("budi")).http_client
    assert "Sambungan terputus." in (await browser.get("/konsol/aduan")).text
    await browser.get("/konsol/bahasa/en")
    assert "Connection lost." in (await browser.get("/konsol/aduan")).text


def test_every_word_on_a_page_is_looked_up() -> None:
    """Whoever writes a sentence straight into a part is told where."""
    takes, bare = parts_that_show(), list[str]()
    assert {"words", "button", "empty", "choice", "notice"} <= set(takes)
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found = [literal(one) for one in shown_by(node, takes)]
                bare += [
                    f"{source.name}:{node.lineno}: {text}"
                    for text in found
                    if READ.search(text) and text not in NOT_WORDS
                ]
    assert bare == []
