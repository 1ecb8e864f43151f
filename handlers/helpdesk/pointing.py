"""How a ticket and a colleague are named to the staff: one tap leads to the topic, and who is called hears of it."""

from __future__ import annotations

from html import escape

CALLED = "staff:"
"""What an address begins with that stands for a member of the staff; their channel turns it into its own."""


def called(who: str, name: str) -> str:
    """Name a member of the staff so that they are told of it."""
    return f'<a href="{CALLED}{escape(who)}">{escape(name)}</a>'


def numbered(ticket: int, link: str) -> str:
    """Name a ticket, leading to its topic where there is one already."""
    return f'<a href="{escape(link)}">#{ticket}</a>' if link else f"#{ticket}"
