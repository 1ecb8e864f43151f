"""Settings page: `docs/SETTINGS.md`, made from the settings themselves: `python -m bot.app.settings_page [--check]`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, get_args

from pydantic.fields import FieldInfo

from bot.app.secret_files import SUFFIX
from bot.app.settings import DEFAULT_DATABASE, Settings, secret_settings

PAGE: Final = Path(__file__).parents[2] / "docs" / "SETTINGS.md"

_HEAD: Final = f"""\
# Settings

All of them from the environment; an empty one counts as not set. `sobat check` says of a wrong one what to write
instead, and a process that meets one does not start. This page is made from the code by
`python -m bot.app.settings_page`.

A secret may lie in a file: set its name with `{SUFFIX}` behind it to the path of a file that holds it and nothing
else, such as `SOBAT_SECRET{SUFFIX}=/run/secrets/sobat_secret`. Setting both is refused.

"""

_GROUPS: Final = MappingProxyType(
    {
        "telegram_": "Telegram",
        "whatsapp_": "WhatsApp",
        "database": "Database, secret and backups",
        "sobat_": "Database, secret and backups",
        "backup": "Database, secret and backups",
        "operator_": "The operator",
        "console": "The web server and the console",
        "log_": "Logs and figures",
        "metrics_": "Logs and figures",
        "otel_": "Logs and figures",
        "sentry_": "Logs and figures",
        "": "The web server and the console",
    }
)

_SAID: Final[Mapping[str, str]] = MappingProxyType({"database_url": f"`{DEFAULT_DATABASE}`, once a token is set"})
"""Defaults that are not in the settings themselves."""


def page() -> str:
    """Return the page."""
    grouped: dict[str, list[str]] = {}
    for name, field in Settings.model_fields.items():
        group = next(group for begins, group in _GROUPS.items() if name.startswith(begins))
        grouped.setdefault(group, []).append(_row(name, field))
    return _HEAD + "\n".join(_table(group, rows) for group, rows in grouped.items())


def _table(group: str, rows: list[str]) -> str:
    head = "| variable | default | what it is | allowed |\n|---|---|---|---|\n"
    return f"## {group}\n\n{head}" + "".join(f"{row}\n" for row in rows)


def _row(name: str, field: FieldInfo) -> str:
    variable = f"`{name.upper()}`" + (f" or `…{SUFFIX}`" if name.upper() in secret_settings() else "")
    what = (field.description or "").replace("|", "\\|")
    return f"| {variable} | {_SAID.get(name) or _written(field.default)} | {what} | {'; '.join(_allowed(field))} |"


def _written(default: object) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return "`on`" if default else "`off`"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def _allowed(field: FieldInfo) -> Iterator[str]:
    """Name the choices or the bounds of a setting, where it has any."""
    kinds = [field.annotation, *get_args(field.annotation)]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            yield ", ".join(f"`{each}`" for each in kind)
        elif kind is bool:
            yield "`on`, `off`"
    for name, words in (("ge", "from"), ("gt", "above"), ("le", "up to")):
        bound = next((getattr(each, name) for each in field.metadata if hasattr(each, name)), None)
        if bound is not None:
            yield f"{words} {bound:g}"


def main(arguments: list[str]) -> int:
    """Write the page, or check that it is as the code has it; return the exit code."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stdout.write("docs/SETTINGS.md is not as the code has it: python -m bot.app.settings_page\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
