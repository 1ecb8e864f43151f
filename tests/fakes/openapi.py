"""Meta's OpenAPI description of `POST /messages`, and a judge of bodies by it.

As much of JSON Schema as that request uses. `additionalProperties: false` in a part of an `allOf` is read over all its
parts, as is plainly meant: read part by part, no body of Meta's own examples would pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

NAME = "shared/whatsapp/business-messaging-api_v23.0.yaml"
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}
_REQUEST = "  /{Version}/{Phone-Number-ID}/messages:"

Schema = dict[str, Any]


def described_in() -> Path | None:
    """Return the file: `$META_OPENAPI`, or beside the project's root or above it; None where it is not there."""
    told = [Path(os.environ["META_OPENAPI"])] if "META_OPENAPI" in os.environ else []
    beside = [above / NAME for above in Path(__file__).resolve().parents]
    return next((path for path in (*told, *beside) if path.is_file()), None)


@cache
def description(path: Path) -> Schema:
    """Return the whole description with what is newer than it: see `_newer`."""
    from yaml import CSafeLoader, load

    found: Schema = load(path.read_text("utf-8"), CSafeLoader)
    _newer(found["components"]["schemas"])
    return found


def examples(path: Path) -> dict[str, Any]:
    """Return Meta's own bodies by their titles."""
    content = description(path)["paths"][_REQUEST.strip().rstrip(":")]["post"]["requestBody"]["content"]
    return {name: each["value"] for name, each in content["application/json"]["examples"].items()}


def faults(body: Any, path: Path) -> list[str]:
    """Return what is wrong with a body of `POST /messages`; nothing for one that Meta takes."""
    return list(_Judge(description(path)["components"]["schemas"]).message(body))


def _newer(schemas: Schema) -> None:
    """`recipient` instead of `to`; links and the question for the number; a list's body of 4,096 (Meta's page says)."""
    base = schemas["BaseMessageProperties"]
    base["required"] = [name for name in base["required"] if name != "to"]
    base["properties"]["recipient"] = {"type": "string"}
    schemas["InteractiveObject"]["properties"]["type"]["enum"] += ["cta_url", "request_contact_info"]
    schemas["BodyObject"]["properties"]["text"]["maxLength"] = 4096
    link = {"display_text": {"type": "string", "maxLength": 20}, "url": {"type": "string"}}
    parameters = {"type": "object", "required": list(link), "properties": link, "additionalProperties": False}
    schemas["ActionObject"]["oneOf"] += [_named("cta_url", parameters), _named("request_contact_info")]


def _named(name: str, parameters: Schema | None = None) -> Schema:
    known: Schema = {"name": {"type": "string", "enum": [name]}, **({"parameters": parameters} if parameters else {})}
    return {"type": "object", "required": list(known), "properties": known, "additionalProperties": False}


class _Judge:
    def __init__(self, schemas: Schema) -> None:
        self._schemas = schemas

    def message(self, body: Any) -> Iterator[str]:
        mapping = self._schemas["Message"]["discriminator"]["mapping"]
        kind = body.get("type") if isinstance(body, dict) else None
        if kind not in mapping:
            yield f"type: {kind!r} is none of {', '.join(mapping)}"
            return
        if ("to" in body) == ("recipient" in body):
            yield "needs either `to` or `recipient`"
        yield from self.judge(body, {"$ref": mapping[kind]}, "")
        yield from _beyond(body)

    def judge(self, value: Any, schema: Schema, at: str) -> Iterator[str]:
        schema = self._whole(schema)
        if (kind := schema.get("type")) and not _is(value, kind):
            yield f"{at}: {value!r} is no {kind}"
            return
        if (allowed := schema.get("enum")) and value not in allowed:
            yield f"{at}: {value!r} is none of {allowed}"
        if isinstance(value, str):
            yield from _text(value, schema, at)
        if isinstance(value, dict):
            yield from self._object(value, schema, at)
        if isinstance(value, list):
            yield from self._array(value, schema, at)
        if options := schema.get("oneOf"):
            yield from self._one_of(value, options, at)

    def _object(self, value: Schema, schema: Schema, at: str) -> Iterator[str]:
        known = schema.get("properties", {})
        yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            if name in known:
                yield from self.judge(inner, known[name], f"{at}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{at}: does not know {name}"

    def _array(self, value: list[Any], schema: Schema, at: str) -> Iterator[str]:
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: has {len(value)} items"
        for number, inner in enumerate(value):
            yield from self.judge(inner, schema.get("items", {}), f"{at}[{number}]")

    def _one_of(self, value: Any, options: list[Schema], at: str) -> Iterator[str]:
        found = [list(self.judge(value, option, at)) for option in options]
        if sum(not each for each in found) != 1:
            yield f"{at}: fits {sum(not each for each in found)} of {len(options)}: {min(found, key=len)}"

    def _whole(self, schema: Schema) -> Schema:
        """The schema behind a reference, the parts of an `allOf` as one."""
        if reference := schema.get("$ref"):
            return self._whole(self._schemas[reference.rsplit("/", 1)[1]])
        parts = [self._whole(part) for part in schema.get("allOf", ())]
        if not parts:
            return schema
        properties = [part.get("properties", {}) for part in parts]
        merged: Schema = {name: each for one in properties for name, each in one.items()}
        needed = [name for part in parts for name in part.get("required", ())]
        return {**parts[0], **parts[-1], "required": needed, "properties": merged}


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _text(value: str, schema: Schema, at: str) -> Iterator[str]:
    """Counted in UTF-16 units, the strictest way to read "characters"."""
    length = len(value.encode("utf-16-le")) // 2
    if length > schema.get("maxLength", length):
        yield f"{at}: {length} long, at most {schema['maxLength']}"


def _beyond(body: Schema) -> Iterator[str]:
    """What Meta's pages say and its description does not, or says only in words."""
    shown = body.get(body["type"]) or {}
    words = shown.get("body", "")
    if body["type"] == "text" and not (words.strip() and len(words.encode("utf-16-le")) // 2 <= 4096):
        yield "text.body: empty or longer than 4096"
    if len(shown.get("caption", "").encode("utf-16-le")) // 2 > 1024:
        yield "caption: longer than 1024"
    if "caption" in shown and body["type"] in {"audio", "sticker"}:
        yield f"caption: {body['type']} takes none"
    if body["type"] == "interactive":
        yield from _interactive(shown)


def _interactive(shown: Schema) -> Iterator[str]:
    kind, words = shown.get("type"), shown.get("body", {}).get("text", "")
    needs = {"button": "buttons", "list": "sections", "cta_url": "name", "request_contact_info": "name"}
    if kind in needs:
        if needs[kind] not in shown["action"] or shown["action"].get("name", kind) != kind:
            yield f"action: not one of {kind}"
        if not words.strip() or (kind != "list" and len(words.encode("utf-16-le")) // 2 > 1024):
            yield "body: empty or longer than 1024"
    if shown.get("header", {}).get("type", "text") != "text" and kind not in {"button", "cta_url"}:
        yield f"header: {kind} takes only text"
    rows = [row for section in shown["action"].get("sections", ()) for row in section.get("rows", ())]
    if len(rows) > 10:
        yield f"rows: {len(rows)} in all"
    tapped = rows or [button["reply"] for button in shown["action"].get("buttons", ())]
    for name in ("id", "title"):
        texts = [each[name] for each in tapped]
        if len(set(texts)) < len(texts) or not all(text and text == text.strip() for text in texts):
            yield f"{name}: twice, empty or with spaces around: {texts}"
