"""All tables. What is personal says so in its comment; `people.forget` and `people.export` cover it all."""

from bot.store.schema import broadcasting, console, helpdesk, imports, people, programme, staff, traffic, upkeep

__all__ = ["broadcasting", "console", "helpdesk", "imports", "people", "programme", "staff", "traffic", "upkeep"]
