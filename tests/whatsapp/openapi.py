"""A reader of Meta's own OpenAPI description: does a body fit? As much of JSON Schema as that file uses.

Two things in it are no rule of Meta's: the pattern of a button's `index` (it refuses the file's own examples), and
`to` where a message is for a business-scoped id, which is newer than the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

_BESIDE = Path(__file__).parents[3] / "shared" / "whatsapp" / "business-messaging-api_v23.0.yaml"
FILE = Path(os.environ.get("META_OPENAPI", _BESIDE))
needs_description = pytest.mark.skipif(
    not FILE.exists(), reason="Meta's OpenAPI description is not at hand: META_OPENAPI"
)

_TYPES: Mapping[str, Any] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
_NO_RULE = "^[2-6, 11-14]$"


@cache
def description() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def schema_of(path: str) -> dict[str, Any]:
    """The schema of what is posted there."""
    found: dict[str, Any] = description()["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return found


def misfits(body: Any, schema: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Go through what does not fit, by its place."""
    schema = _resolved(schema)
    mapping = schema.get("discriminator")
    if mapping and isinstance(body, dict) and not schema.get("_chosen"):
        name = body.get(mapping["propertyName"])
        if name not in mapping["mapping"]:
            yield f"{where}: no such {mapping['propertyName']}: {name}"
            return
        yield from misfits(body, {"$ref": mapping["mapping"][name]}, where)
        return
    for part in schema.get("allOf", ()):
        yield from misfits(body, {**_resolved(part), "_chosen": True}, where)
    if "oneOf" in schema:
        fitting = [one for one in schema["oneOf"] if not list(misfits(body, one, where))]
        if len(fitting) != 1:
            yield f"{where}: fits {len(fitting)} of the choices"
    yield from _misfits_here(body, schema, where)


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found: Any = description()
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return {**found, **{key: value for key, value in schema.items() if key == "_chosen"}}


def _misfits_here(body: Any, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    wanted = schema.get("type")
    if wanted and not isinstance(body, _TYPES[wanted]):
        yield f"{where}: not of the type {wanted}"
        return
    if "enum" in schema and body not in schema["enum"]:
        yield f"{where}: {body!r} is none of {schema['enum']}"
    if isinstance(body, str):
        pattern = schema.get("pattern")
        if pattern and pattern != _NO_RULE and not re.search(pattern, body):
            yield f"{where}: {body!r} does not match {pattern}"
        if len(body) > schema.get("maxLength", len(body)):
            yield f"{where}: too long"
    if isinstance(body, list):
        if len(body) < schema.get("minItems", 0):
            yield f"{where}: too few"
        for place, item in enumerate(body):
            yield from misfits(item, schema.get("items", {}), f"{where}[{place}]")
    if isinstance(body, dict):
        known = schema.get("properties", {})
        yield from (f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in body)
        if schema.get("additionalProperties") is False:
            yield from (f"{where}: {name} is unknown" for name in body if name not in known)
        for name, value in body.items():
            yield from misfits(value, known.get(name, {}), f"{where}.{name}")
