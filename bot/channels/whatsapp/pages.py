"""Pages of a list that is longer than WhatsApp shows: the button to the next one is the channel's own."""

from __future__ import annotations

import re

_PAGE = re.compile(r"page:([A-Za-z0-9_.-]{1,128}):([0-9]{1,4})")


def page_id(reference: str, page: int) -> str:
    """Return the id of a button to `page` of what is kept as `reference`. Raises ValueError for what can't be told."""
    if read_page(button := f"page:{reference}:{page}") is None:
        raise ValueError("a reference is of A-Z, a-z, 0-9, _, . and -, a page from 0 to 9999")
    return button


def read_page(button: str) -> tuple[str, int] | None:
    """Return the reference and the page of a button's id; None where it is none of these."""
    found = _PAGE.fullmatch(button)
    return (found[1], int(found[2])) if found else None
