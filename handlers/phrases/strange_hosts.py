"""Addresses in a text that are neither the programme's nor a partner's."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from programme.programme import load_programme

_HOST: Final = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|id|net|org|info|vip|xyz|site|online|club|top|me|co|link|ly|shop|app)\b"
    r"|\b(?:[a-z0-9]+-)*prakerja(?:-[a-z0-9]+)+\.[a-z]{2,}\b|\b(?:[a-z0-9]+-)+prakerja\.[a-z]{2,}\b",
    re.IGNORECASE,
)
"""Addresses by their endings; with any ending where a hyphen joins the programme's name to others."""


def strange_hosts(text: str) -> list[str]:
    """Return the addresses that a text names and that none of ours is or ends with."""
    hosts = [found[0].casefold() for found in _HOST.finditer(text)]
    return [host for host in hosts if not any(host == own or host.endswith(f".{own}") for own in _own_hosts())]


@cache
def _own_hosts() -> frozenset[str]:
    programme = load_programme()
    platforms, partners = programme.platforms.values(), programme.partners.values()
    contacts = [*programme.contacts.values(), *(each for one in platforms for each in one.contacts)]
    contacts += [each for one in partners for each in one.contacts]
    urls = [contact.url for contact in contacts] + [one.url for one in platforms if one.url]
    hosts = {found[0].casefold().removeprefix("www.") for url in urls for found in _HOST.finditer(url)}
    return frozenset(hosts | {"prakerja.go.id"})
