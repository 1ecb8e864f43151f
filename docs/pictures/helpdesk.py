"""Takes the pictures of docs/HELPDESK.md: what the bot really writes, as people see it in their chats.

Run `python docs/pictures/helpdesk.py` in the project's environment, with Debian's chromium installed. Words and
buttons come from the whole bot at a strict Bot API server; only the frame around them is drawn here.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from html import escape
from pathlib import Path

from playwright.async_api import async_playwright

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER.parents[1]), str(FOLDER.parents[1] / "tests" / "helpdesk")]

from complaining import complains  # noqa: E402 - found by the line above
from staffed import Desk, open_desk  # noqa: E402

from tests.fakes.bot_api import FakeBotApi  # noqa: E402
from tests.fakes.bot_api_rules import rows_of  # noqa: E402
from tests.fakes.bot_api_state import Chat, Sent  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
_STYLE = """
body{margin:0;background:#d7e3ec;font:15px/1.4 system-ui,sans-serif;width:430px;color:#17212b}
h1{margin:0;padding:12px 16px;background:#fff;font-size:16px;border-bottom:1px solid #c3d0da}
main{padding:12px;display:flex;flex-direction:column;gap:8px}
.m{max-width:88%;border-radius:12px;padding:8px 12px;background:#fff;white-space:pre-wrap;align-self:flex-start}
.m.mine{align-self:flex-end;background:#e3fbd3}.who{font-weight:600;color:#2271a8;display:block}
.k{display:flex;gap:4px;margin-top:4px}.k span{flex:1;background:#2f6ea5;color:#fff;border-radius:8px;padding:6px 4px;
text-align:center;font-size:14px}.b{display:flex;flex-direction:column;gap:2px;align-self:flex-start;max-width:94%}
"""


def _message(sent: Sent, mine: bool, who: str) -> str:
    words = escape(sent.shown.text) or "🖼"
    keys = rows_of(sent.markup) if sent.markup else []
    rows = "".join('<div class="k">' + "".join(map(_key, row)) + "</div>" for row in keys)
    name = f'<span class="who">{escape(who)}</span>' if who else ""
    return f'<div class="b"><div class="m{" mine" if mine else ""}">{name}{words}</div>{rows}</div>'


def _key(key: dict[str, str]) -> str:
    return f"<span>{escape(key['text'])}</span>"


def _page(title: str, messages: list[tuple[Sent, bool, str]]) -> str:
    drawn = "".join(_message(*one) for one in messages)
    return f"<meta charset=utf-8><style>{_STYLE}</style><h1>{escape(title)}</h1><main>{drawn}</main>"


def _topic(desk: Desk, topic: int | None, title: str) -> str:
    sent = [one for one in desk.forum.chat.messages.values() if one.topic == topic and (one.shown.text or one.photo)]
    return _page(
        title, [(one, False, "Sobat" if one.by_bot else str((one.sender or {})["first_name"])) for one in sent]
    )


def _chat(chat: Chat, last: int) -> str:
    sent = [one for one in chat.messages.values() if one.shown.text][-last:]
    return _page("Sobat Prakerja", [(one, not one.by_bot, "") for one in sent])


async def _story(desk: Desk) -> dict[str, str]:
    ani = await complains(desk)
    topic = await desk.forum.opens("#1")
    pages: dict[str, str] = {}
    await desk.budi.writes("Halo, saya cek dulu ya. Bayarnya lewat apa?", topic)
    await ani.hears("Bayarnya lewat apa")
    await ani.says("pakai virtual account, OTP saya 482913")
    await desk.forum.shows("virtual account", topic)
    await desk.budi.writes("/catat sudah tanya Tokopedia, rujukan T-77", topic)
    await desk.sari.writes("saya bantu jawab ya", topic)
    await desk.forum.shows("Tidak terkirim", topic)
    await desk.budi.presses("🏢 Ke luar", topic)
    await desk.forum.shows("Eskalasi ke mana?", topic)
    pages["helpdesk-topik"] = _topic(desk, topic, desk.forum.topics[topic]["name"])
    await desk.budi.writes("Sudah bisa sekarang, silakan coba bayar lagi.", topic)
    await ani.hears("silakan coba bayar lagi")
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup petugas")
    pages["helpdesk-peserta"] = _chat(ani.chat, 7)
    await desk.budi.writes("/antrean")
    await desk.forum.shows("aduan menunggu")
    await desk.sari.writes("/insiden buying tokopedia")
    await desk.forum.shows("Insiden 1")
    await desk.budi.writes("/bantuan")
    await desk.forum.shows("Perintah di grup petugas")
    pages["helpdesk-grup"] = _topic(desk, None, "Petugas Sobat: General")
    return pages


async def main() -> None:
    """Play the story and write a picture of each page."""
    with tempfile.TemporaryDirectory() as place:
        async with FakeBotApi() as api, open_desk(api, f"sqlite:///{place}/desk.db") as desk:
            pages = await _story(desk)
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 430, "height": 300}, device_scale_factor=2)
        for name, html in pages.items():
            await page.set_content(html)
            await page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
