"""Every page, address and socket event, for every role: found by themselves, so that a new one is walked as well."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from nicegui import Client, background_tasks, core
from nicegui.element import Element
from sqlalchemy import select

import bot.console
from bot.console.access import NEEDS
from bot.console.composing import Composing
from bot.console.pages import PAGES
from bot.demo.town import found_town
from bot.editing.service import Wish, propose
from bot.store.schema.conventions import metadata
from programme.edits import Place
from programme.model.broadcasts import BroadcastOrdered
from programme.model.imports import ImportState
from programme.model.staff import Role, StaffMember
from tests.console.conftest import OURS, STAFF, Staffed

DOORS = re.compile(r"/konsol/(masuk|masuk/\{code}|keluar|bahasa/\{code}|demo|demo/\{who})")
"""What whoever is not signed in may ask for: the door itself."""

OPENED = {
    "/konsol/aduan": ("?tumpukan=terbuka&aduan=1",),
    "/konsol/siaran/lihat": ("?nomor=1",),
    "/konsol/siaran/baru": ("?untuk=belum-beli&gelombang=21", "?siaran=1&sisa=ya"),
    "/konsol/program": (
        "?berkas=waves.tsv&baris=21&isian=cutoff", "?usulan=1", "?lihat=policy.toml", "?lihat=riwayat&sebelum=9",
    ),
    "/konsol/impor": ("", "?nomor=1"),
    "/konsol/peserta": ("?orang=121003",),
    "/konsol/jejak": ("?pada=import/1",),
}  # fmt: skip
"""What a page shows more of when it is asked for so."""

OPENS = {
    "/konsol/aduan": (
        "Serahkan", "Eskalasi ke luar", "Tunda", "Label", "Ikat ke insiden", "Bisukan pengirim", "insiden",
        "simpan tampilan",
    ),
    "/konsol/impor": ("Setujui dan masukkan",),
    "/konsol/peserta": ("betulkan bought",),
}  # fmt: skip
"""What is pressed to see still more: sheets, forms and questions, which change nothing by themselves."""

ASKS = re.compile(r'asked\.get\("(\w+)"|query_params\.get\("(\w+)"')
"""How the code reads what a page is asked for."""

BY_ROLE = {one.role: one for one in STAFF}
PAGE_PATHS = {path for path, _right, _draw in PAGES}
SOURCES = sorted(Path(bot.console.__path__[0]).glob("*.py"))


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the console with each of its methods."""
    for route in core.app.routes:
        if isinstance(route, APIRoute) and route.path.startswith("/konsol"):
            yield from ((method, route.path) for method in sorted(route.methods))


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*}", "1", path)


async def asked(browser: httpx.AsyncClient, method: str, path: str, **more: Any) -> int:
    answer = await browser.request(method, filled(path) + OPENED.get(path, ("",))[0], **more)
    return answer.status_code


async def test_no_address_serves_a_stranger(staffed: Staffed) -> None:
    """Pages, files and forms: without a session, or with one that is made up, all but the door leads to the door."""
    await staffed.complains("siti", "Saldo saya nol")
    stranger = staffed.browser().http_client
    found = [(method, path) for method, path in addresses() if not DOORS.fullmatch(path)]
    assert {path for _method, path in found} >= PAGE_PATHS
    for cookies in ({}, {"sobat-konsol": "made-up"}):
        stranger.cookies.update(cookies)
        for method, path in found:
            assert await asked(stranger, method, path, headers=OURS) in {303, 401, 403}, (method, path)


async def test_no_address_serves_more_to_a_lesser_role(staffed: Staffed) -> None:
    """A page opens by its right; a file for every role above one that may have it. What is refused is in the trail."""
    await staffed.complains("siti", "Saldo saya nol")
    rights = {path: right for path, right, _draw in PAGES}
    reached: dict[tuple[str, str], list[Role]] = {}
    for role, member in sorted(BY_ROLE.items(), key=lambda one: one[0].covers(Role.SUPERVISOR)):
        browser = (await staffed.signed_in(member.address)).http_client
        for method, path in addresses():
            if DOORS.fullmatch(path) or method != "GET":
                continue
            refused = await asked(browser, method, path) == 403
            assert ((member.who, "console.refused", path) in await staffed.trail("console.refused")) is refused, path
            if not refused:
                reached.setdefault((method, path), []).append(role)
            if path in rights:
                assert refused is not role.covers(NEEDS[rights[path]]), (path, role)
        await staffed.later(hours=1)  # so many refusals of an hour are written down
    for address, roles in reached.items():
        assert all(role in roles for role in Role if any(role.covers(one) for one in roles)), address


async def test_no_form_of_another_site_does_anything(staffed: Staffed) -> None:
    """What changes something is taken from a page of ours alone: else nothing changes, and the trail says so."""
    await staffed.complains("siti", "Saldo saya nol")
    admin = (await staffed.signed_in("tari")).http_client
    before = await kept(staffed)
    for method, path in addresses():
        if method == "GET" or path == "/konsol/demo/{who}":  # there everybody may be anybody
            continue
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}):
            told = len(await staffed.trail("console.refused"))
            assert await asked(admin, method, path, headers=headers) == 403, (method, path)
            assert len(await staffed.trail("console.refused")) == told + 1, path
    assert await kept(staffed) == before


@pytest.mark.parametrize("page", sorted(PAGE_PATHS))
async def test_a_tab_that_stayed_open_does_nothing_more(staffed: Staffed, page: str) -> None:
    """An admin's page with all that can be pressed, typed and chosen on it; then they are removed: not one of these
    socket events changes a row, and the trail says that it was refused."""
    await move_in(staffed)
    member = BY_ROLE[Role.ADMIN]
    clients = await tabs_of(staffed, member, page)
    async with staffed.app.store.writing() as tx:
        await tx.staff.remove(member.channel, member.address)
    before = await kept(staffed)
    sent = [await press_all(client, client.elements.values()) for client in clients]
    if any(sent):
        assert (member.who, "console.refused", page) in await staffed.trail("console.refused")
    assert await kept(staffed) == before


@pytest.mark.parametrize("page", sorted(PAGE_PATHS))
async def test_what_is_not_drawn_for_a_role_is_not_done_for_it(staffed: Staffed, page: str) -> None:
    """What an admin's page has and an agent's has not changes nothing, pressed by an admin who became an agent."""
    await move_in(staffed)
    admin, agent = BY_ROLE[Role.ADMIN], BY_ROLE[Role.AGENT]
    right = next(right for path, right, _draw in PAGES if path == page)
    drawn = set[str]()
    if agent.role.covers(NEEDS[right]):
        shown = await tabs_of(staffed, agent, page)
        drawn = {named(each) for client in shown for each in client.elements.values()}
    clients = await tabs_of(staffed, admin, page)
    async with staffed.app.store.writing() as tx:
        await tx.staff.put(replace(admin, role=Role.AGENT))
    before = await kept(staffed)
    for client in clients:
        await press_all(client, [each for each in client.elements.values() if named(each) not in drawn])
    assert await kept(staffed) == before


def test_whatever_a_page_can_be_asked_for_is_walked() -> None:
    """Each name that the code reads from an address stands in one that is opened here; a new view is no exception."""
    read = {name for one in SOURCES for found in ASKS.findall(one.read_text()) for name in found if name}
    walked = {name for views in OPENED.values() for view in views for name in re.findall(r"[?&](\w+)=", view)}
    assert read - walked == set()
    assert "nomor" in read


def test_no_page_reaches_the_store_by_itself() -> None:
    """Whatever is done at a page is done where its session is asked again, whether or not it is walked."""
    drawing = [one for one in SOURCES if re.search(r"_(page|view|sheet|form|sheets|audience|composer)$", one.stem)]
    assert len(drawing) > 15
    assert not [one.name for one in drawing if re.search(r"store\.(reading|writing)\(", one.read_text())]


async def move_in(staffed: Staffed) -> None:
    """A town, and what waits in it for a second person: a broadcast, a list, a proposal; and words to be labelled."""
    await found_town(staffed.app.store)
    office, sari = staffed.app.staff.office, BY_ROLE[Role.SUPERVISOR]
    office.rules = replace(office.rules, approval_above=1)
    draft = Composing(text="Halo {nama}", waves=(21,)).draft(staffed.clock.now())
    outlook = await office.outlook(draft.meant(staffed.clock.now()))
    async with staffed.app.store.writing() as tx:
        await staffed.app.staff.obey(tx, BroadcastOrdered(draft, outlook), sari, "walk")
        await tx.imports.begin("roster", "lolos.csv", sari.who, ImportState.ORDERED, total=9)
        cutoff = Place("waves.tsv", "21", "cutoff")
        await propose(tx, Wish(place=cutoff, value="2021-10-25", source="@prakerja.go.id", as_of="2021-10-18"), sari)
        for place, text in enumerate(("sertifikatku mana", "sertifikatku mana ya", "kucing"), start=1):
            await tx.misses.add(text, "help", 0.2)
            if place == 1:
                await tx.misses.label_all([place], "certificate", sari.who)


async def tabs_of(staffed: Staffed, member: StaffMember, page: str) -> list[Client]:
    """A page that is open in somebody's browser, in each of its views, with all that lies over it."""
    clients = list[Client]()
    for view in OPENED.get(page, ("",)):
        user = await staffed.signed_in(member.address)
        await user.open(filled(page) + view)
        assert user.client is not None
        marked = {mark for each in user.client.elements.values() for mark in each._markers}
        opening = [
            each
            for name in OPENS.get(page, ())
            if set(name.split()) <= marked
            for each in user.find(marker=name).elements
        ]
        await press_all(user.client, opening)
        clients.append(user.client)
    return clients


def named(element: Element) -> str:
    """What an element is to whoever sees it; a row of a list is one of many."""
    texts = [
        text for each in element.descendants(include_self=True) for text in each._displayed_contents(only_visible=False)
    ]
    words = " ".join(str(text) for text in texts if text)
    return re.sub(r"\d+", "", f"{element.tag} {element.props.get('aria-label', '')} {words}")


async def press_all(client: Client, elements: Any) -> int:
    """Send each event that the browser could; return how many there were."""
    sent, known = 0, set(background_tasks.running_tasks)
    for element in list(elements):
        if element is client.layout:  # NiceGUI's own
            continue
        for listener in list(element._event_listeners.values()):
            if listener.handler is None:
                continue
            args = ['"1"'] if listener.js_handler else []
            client.handle_event({"id": element.id, "listener_id": listener.id, "args": args})
            sent += 1
    if begun := background_tasks.running_tasks - known:
        await asyncio.wait(begun)
    return sent


async def kept(staffed: Staffed) -> dict[str, list[Any]]:
    """Every row of the store, but for the trail and what is counted by the clock."""
    async with staffed.app.store.reading() as tx:
        return {
            table.name: [tuple(row) for row in await tx.connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name not in {"audit", "tallies"}
        }
