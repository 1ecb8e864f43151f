"""Takes the pictures of docs/HELPDESK.md: what the bot really writes, as people see it in their chats.

Run `python docs/pictures/helpdesk.py` in the project's environment, with Debian's chromium installed. Words and
buttons come from the whole bot at a strict Bot API server; only the frame around them is drawn here.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from base64 import b64encode
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
_FONTS = FOLDER.parents[1] / "reminders" / "pictures" / "fonts"
_STYLE = """
body{margin:0;background:#d7e3ec;font:15px/1.45 "Plus Jakarta Sans",system-ui,sans-serif;width:430px;color:#17212b}
h1{margin:0;padding:12px 16px;background:#fff;font-size:16px;border-bottom:1px solid #c3d0da}
main{padding:12px;display:flex;flex-direction:column;gap:8px}
.b{display:flex;flex-direction:column;gap:3px;align-self:flex-start;max-width:90%}
.b.keyed{width:90%}
.b.mine{align-self:flex-end}
.m{border-radius:14px;padding:8px 12px;background:#fff;white-space:pre-wrap;overflow-wrap:anywhere;
box-shadow:0 1px 1px #0002}
.mine .m{background:#e3fbd3}
.who{font-weight:700;color:#2271a8;display:block}
.m a{color:#2271a8;text-decoration:none}
.m pre{margin:4px 0 0;padding:6px 8px;background:#eef3f7;border-radius:8px;font:13px/1.4 monospace;white-space:pre-wrap}
.k{display:flex;gap:3px}
.k span{flex:1;background:#2f6ea5;color:#fff;border-radius:9px;padding:6px 4px;text-align:center;font-size:14px}
"""
_TAGS = {"bold": "b", "italic": "i", "text_link": "a", "pre": "pre", "code": "code"}


def _message(sent: Sent, mine: bool, who: str) -> str:
    rows = "".join('<div class="k">' + "".join(map(_key, row)) + "</div>" for row in _rows(sent))
    name = f'<span class="who">{escape(who)}</span>' if who else ""
    kind = ("b mine" if mine else "b") + (" keyed" if rows else "")
    return f'<div class="{kind}"><div class="m">{name}{_words(sent) or "🖼"}</div>{rows}</div>'


def _rows(sent: Sent) -> list[list[dict[str, str]]]:
    return rows_of(sent.markup) if sent.markup else []


def _words(sent: Sent) -> str:
    """Write the text with what is bold, a link or to be copied; offsets are in UTF-16 units."""
    units = sent.shown.text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for kind, start, length, _address in sent.shown.entities:
        if (tag := _TAGS.get(kind)) is not None:
            marks += [(start, 1, f"<{tag}>"), (start + length, 0, f"</{tag}>")]
    written, at = "", 0
    for place, _order, tag in sorted(marks):
        written += escape(units[2 * at : 2 * place].decode("utf-16-le")) + tag
        at = place
    return written + escape(units[2 * at :].decode("utf-16-le"))


def _key(key: dict[str, str]) -> str:
    return f"<span>{escape(key['text'])}</span>"


def _faces() -> str:
    """Return the app's own letters, inside the page: it is loaded from nowhere."""
    faces = ""
    for weight, name in ((400, "Medium"), (700, "ExtraBold")):
        data = b64encode((_FONTS / f"PlusJakartaSans-{name}.ttf").read_bytes()).decode()
        faces += (
            f"@font-face{{font-family:'Plus Jakarta Sans';font-weight:{weight};src:url(data:font/ttf;base64,{data})}}"
        )
    return faces


def _page(title: str, messages: list[tuple[Sent, bool, str]]) -> str:
    drawn = "".join(_message(*one) for one in messages)
    return f"<meta charset=utf-8><style>{_faces()}{_STYLE}</style><h1>{escape(title)}</h1><main>{drawn}</main>"


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
    await desk.budi.writes("/luar tokopedia", topic)
    await desk.forum.shows("Eskalasi ke Tokopedia", topic)
    pages["helpdesk-topik"] = _topic(desk, topic, desk.forum.topics[topic]["name"])
    await desk.budi.writes("Sudah bisa sekarang, silakan coba bayar lagi.", topic)
    await ani.hears("silakan coba bayar lagi")
    await desk.budi.writes("/tutup", topic)
    await ani.hears("sudah ditutup petugas")
    pages["helpdesk-peserta"] = _chat(ani.chat, 8)
    await complains(desk, 72)
    await complains(desk, 73)
    await desk.forum.opens("#3")
    await desk.budi.writes("/antrean")
    await desk.forum.shows("aduan menunggu")
    await desk.sari.writes("/insiden beli tokopedia")
    await desk.forum.shows("Insiden 1")
    await desk.sari.presses("📢 Kabar 1")
    ask = await desk.forum.shows("Balas pesan ini dengan kabar")
    await desk.sari.writes("Tokopedia sedang gangguan, kami pantau.", answers=ask.id)
    await desk.forum.shows("Kabar insiden 1 dikirim")
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
