"""A long list is turned page by page, and back the way one came."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from nicegui import ui
from nicegui.testing.user import User

from bot.console.parts import box, words
from bot.console.turning import Turning
from tests.console.conftest import Staffed

PAGES: Sequence[tuple[str, int | None]] = (("satu", 10), ("dua", 20), ("tiga", None))
"""What each page of a list holds, and the place after which the next one begins."""


class Listed:
    """A list of three pages as it is shown."""

    def __init__(self) -> None:
        self.turning: Turning[int] = Turning(self.read)
        self.holder = box()

    async def read(self) -> None:
        told, further = PAGES[(self.turning.after or 0) // 10]
        self.holder.clear()
        with self.holder:
            words(told)
            self.turning.draw(further, back="Kembali", on="Lanjut")


@pytest.fixture
async def user(staffed: Staffed) -> User:
    """Somebody who looks at the first page."""

    @ui.page("/listed")
    async def listed() -> None:
        await Listed().read()

    user = staffed.browser()
    await user.open("/listed")
    return user


async def test_the_way_back_is_the_way_one_came(user: User) -> None:
    """On to the last page, which leads no further, and back to the first, which leads nowhere back."""
    await user.should_not_see("Kembali")
    for told in ("dua", "tiga"):
        user.find(marker="Lanjut").click()
        await user.should_see(told)
    await user.should_not_see("Lanjut")
    for told in ("dua", "satu"):
        user.find(marker="Kembali").click()
        await user.should_see(told)
    await user.should_not_see("Kembali")


async def test_a_button_pressed_twice_turns_one_page(user: User) -> None:
    """Both presses are on their way before the list is read: the second one turns nothing."""
    user.find(marker="Lanjut").click().click()
    await user.should_see("dua")
    user.find(marker="Kembali").click()
    await user.should_see("satu")
    await user.should_not_see("Kembali")
