"""The words of a template: what may stand in it, and how parameters are put into it.

Meta, templates/components (header and footer 60, body 1,024, ten buttons of 25) and templates/overview: a variable
neither begins nor ends the body nor stands beside another; error-codes: 132000, 132005, 132012, 132018.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.graph_errors import GraphError, missing
from tests.fakes.graph_shape import fields, link

if TYPE_CHECKING:
    from tests.fakes.graph_templates import Template

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_FORBIDDEN = re.compile(r"[\n\t]| {5}")
_PARTS = {"HEADER", "BODY", "FOOTER", "BUTTONS"}
_LONGEST = {"HEADER": 60, "BODY": 1024, "FOOTER": 60}
_BUTTONS = {"QUICK_REPLY", "URL", "PHONE_NUMBER", "REQUEST_CONTACT_INFO", "COPY_CODE", "OTP", "FLOW"}


def check_components(given: Any, kind: str) -> None:
    """Raises 100 for components that Meta doesn't take at all."""
    if not isinstance(given, list) or not given:
        raise missing("components")
    kinds = [str(each.get("type", "")).upper() for each in given]
    if "BODY" not in kinds or not set(kinds) <= _PARTS or len(set(kinds)) != len(kinds):
        raise GraphError(100, "components must be one BODY and at most one HEADER, FOOTER and BUTTONS")
    for part, name in zip(given, kinds, strict=True):
        words = str(part.get("text", ""))
        if len(words) > _LONGEST.get(name, 0) and name != "BUTTONS":
            raise GraphError(100, f"The {name} must be at most {_LONGEST[name]} characters", subcode=2388047)
        if name == "BUTTONS":
            _check_buttons(part.get("buttons"))
        elif words and name != "FOOTER":
            _check_examples(part, words, name, kind)
        elif name == "HEADER" and not part.get("example", {}).get("header_handle"):
            raise GraphError(100, "A header with a medium needs example.header_handle", subcode=2388273)


def _check_buttons(buttons: Any) -> None:
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 10:
        raise GraphError(100, "BUTTONS must have one to ten buttons")
    for button in buttons:
        if button.get("type") not in _BUTTONS:
            raise GraphError(100, f"button type must be one of {sorted(_BUTTONS)}")
        words = str(button.get("text", ""))
        if button["type"] != "REQUEST_CONTACT_INFO" and not 0 < len(words) <= 25:
            raise GraphError(100, "The text of a button must be 1 to 25 characters")


def _check_examples(part: dict[str, Any], words: str, name: str, kind: str) -> None:
    names = variables(words)
    if not names:
        return
    if kind == "POSITIONAL" and names != [str(place) for place in range(1, len(names) + 1)]:
        raise GraphError(100, "Variables must be {{1}}, {{2}} ... in order", subcode=2388299)
    example = part.get("example", {})
    shown = example.get("body_text", [[]])[0] if name == "BODY" else example.get("header_text", [])
    named = example.get(f"{name.lower()}_text_named_params", [])
    if len(shown if kind == "POSITIONAL" else named) != len(names):
        raise GraphError(100, f"The {name} needs an example for each variable", subcode=2388043)


def rejection(components: list[dict[str, Any]]) -> str:
    """Why a review rejects this body, or NONE."""
    body = next(each["text"] for each in components if each["type"].upper() == "BODY").strip()
    bare = _VARIABLE.sub("\0", body)
    spoiled = bare.startswith("\0") or bare.endswith("\0") or re.search("\0\\s*\0", bare)
    return "INVALID_FORMAT" if spoiled else "NONE"


def variables(words: str) -> list[str]:
    """The names of the variables of a text, each once, in order."""
    return list(dict.fromkeys(_VARIABLE.findall(words)))


def fill(template: Template, components: list[Any]) -> dict[str, Any]:
    """The template with the parameters of one sending: `header` (text or medium), `body`, `footer`, `buttons`.

    Raises GraphError.
    """
    given: dict[str, dict[str, Any]] = {"header": {}, "body": {}}
    buttons: dict[int, Any] = {}
    for each in components:
        fields(each, {"type", "sub_type", "index", "parameters"}, {"type"}, "template.components")
        kind = str(each["type"]).lower()
        if kind == "button":
            buttons[_index(each)] = each
        elif kind in given:
            given[kind] = each
        else:
            raise GraphError(131009, f"template.components.type {kind!r} is not header, body or button")
    body = template.component("BODY")
    filled = _fill_text(str(body["text"]), given["body"].get("parameters", []), "body")
    if len(filled) > 1024:
        raise GraphError(132005, f"Translated text too long: {len(filled)} of 1024")
    header = _fill_header(template.component("HEADER"), given["header"].get("parameters", []))
    shown = _fill_buttons(template.component("BUTTONS").get("buttons", []), buttons)
    return {"header": header, "body": filled, "footer": template.component("FOOTER").get("text"), "buttons": shown}


def _index(component: dict[str, Any]) -> int:
    for needed in ("sub_type", "index"):
        if needed not in component:
            raise missing(f"template.components.{needed}")
    if not str(component["index"]).isdecimal():
        raise GraphError(131009, "template.components.index must be a number")
    return int(component["index"])


def _fill_text(words: str, parameters: list[Any], where: str) -> str:
    names = variables(words)
    if len(parameters) != len(names):
        details = (
            f"{where}: number of localizable_params ({len(parameters)}) does not match the expected ({len(names)})"
        )
        raise GraphError(132000, details)
    said = {
        str(each.get("parameter_name", name)): _said(each, where) for name, each in zip(names, parameters, strict=True)
    }
    if set(said) != set(names):
        raise GraphError(132000, f"{where}: parameter names {sorted(said)} do not match {names}")
    return _VARIABLE.sub(lambda found: said[found[1]], words)


def _said(parameter: Any, where: str) -> str:
    kind = parameter.get("type") if isinstance(parameter, dict) else None
    if kind in {"image", "video", "document"}:
        raise GraphError(132012, f"{where}: Format mismatch, expected TEXT, received {kind}")
    fields(parameter, {"type", "text", "parameter_name", "currency", "date_time"}, {"type"}, where)
    if kind in {"currency", "date_time"}:
        return str(parameter[kind]["fallback_value"])
    if kind != "text":
        raise GraphError(132012, f"{where}: Format mismatch, expected text, received {kind}")
    words = parameter.get("text")
    if not isinstance(words, str) or not words:
        raise GraphError(131008, f"{where}: Parameter of type text is missing text value")
    if _FORBIDDEN.search(words):
        raise GraphError(
            132018, f"{where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        )
    return words


def _fill_header(header: dict[str, Any], parameters: list[Any]) -> Any:
    """A text, a medium as {kind, id or link}, or None."""
    kind = str(header.get("format", "TEXT")).lower()
    if kind == "text":
        return _fill_text(str(header.get("text", "")), parameters, "header") or None
    if len(parameters) != 1:
        raise GraphError(132012, f"header: Format mismatch, expected {kind.upper()}, received UNKNOWN")
    given = parameters[0]
    if given.get("type") != kind:
        raise GraphError(132012, f"header: Format mismatch, expected {kind.upper()}, received {given.get('type')}")
    fields(given, {"type", kind}, {kind}, "header")
    fields(given[kind], {"id", "link"} | ({"filename"} if kind == "document" else set()), (), f"header.{kind}")
    if ("id" in given[kind]) == ("link" in given[kind]):
        raise GraphError(132012, f"header.{kind} needs either id or link")
    if "link" in given[kind]:
        link(given[kind], "link")
    return {"kind": kind, **given[kind]}


def _fill_buttons(buttons: list[dict[str, Any]], given: dict[int, Any]) -> list[dict[str, Any]]:
    """Each button with its `text`, and its `payload` or its `url`."""
    for index, each in given.items():
        if index >= len(buttons):
            raise GraphError(132012, f"button {index} is not in the template")
        if str(each["sub_type"]).lower() != buttons[index]["type"].lower():
            raise GraphError(132012, f"button {index} is {buttons[index]['type']}, not {each['sub_type']}")
    return [_fill_button(button, given.get(index), index) for index, button in enumerate(buttons)]


def _fill_button(button: dict[str, Any], given: Any, index: int) -> dict[str, Any]:
    parameters = given.get("parameters", []) if given else []
    if button["type"] == "QUICK_REPLY":
        payload = _one(parameters, "payload", index) if given else button["text"]
        return {"type": "QUICK_REPLY", "text": button["text"], "payload": payload}
    if button["type"] == "URL":
        names = variables(button["url"])
        if names and not given:
            raise GraphError(131008, f"Button at index {index} of type Url requires a parameter")
        if given and not names:
            raise GraphError(132000, f"Button at index {index} of type Url does not take a parameter")
        suffix = _one(parameters, "text", index) if names else ""
        return {"type": "URL", "text": button["text"], "url": _VARIABLE.sub(lambda _: suffix, button["url"])}
    return {"type": button["type"], "text": button.get("text", "")}


def _one(parameters: list[Any], kind: str, index: int) -> str:
    if len(parameters) != 1 or parameters[0].get("type") != kind:
        raise GraphError(132012, f"button {index} needs one parameter of type {kind}")
    fields(parameters[0], {"type", kind}, {kind}, f"button {index}")
    if not isinstance(parameters[0][kind], str) or not parameters[0][kind]:
        raise GraphError(131008, f"button {index}: {kind} is empty")
    return str(parameters[0][kind])
