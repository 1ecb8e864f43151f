"""`sobat chat`: talking to Sobat in a terminal; buttons are numbered."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.cli.chat import Chat, NoSuchButton, Shown, lines, open_chat
from bot.cli.explained import explained
from bot.look.whatsapp_bubble import Bubble
from bot.look.whatsapp_markup import plain_of
from programme.model.messages import Document
from programme.model.phones import normal_phone
from programme.model.zones import Zone

console = Console()
_HELP = "[dim]Ketik pesan, nomor tombol, /jam 2021-10-21T20:00+07:00, /nomor 0812..., atau Ctrl-D untuk selesai.[/]"


async def run_terminal(
    *, at: datetime, person: str, database: str | None, vouch: bool = False, why: bool = False, whatsapp: bool = False
) -> None:
    """Talk until the input ends."""
    async with open_chat(at=at, person=person, database=database, vouch=vouch, whatsapp=whatsapp) as chat:
        console.print(_HELP)
        numbered = _show(await chat.say("/start"))
        _prompt(chat)
        async for line in lines():
            news = await _obey(chat, line.strip(), numbered)
            if why and chat.outcome is not None and chat.outcome.why is not None:
                console.print("\n".join(explained(chat.outcome)), style="dim", highlight=False, markup=False)
            if news:
                numbered = _show(news)
            _prompt(chat)


async def _obey(chat: Chat, line: str, numbered: list[str]) -> list[Shown]:
    word, _space, rest = line.partition(" ")
    if word == "/jam":
        return await _move_clock(chat, rest)
    if word == "/nomor":
        if not chat.vouches:
            return _complain("Di database bersama, nomor hanya diterima dengan --vouch.")
        phone = normal_phone(rest)
        return await chat.share_contact(phone) if phone else _complain("Itu bukan nomor HP Indonesia.")
    if line.isdigit() and 0 < int(line) <= len(numbered):
        try:
            return await chat.press(numbered[int(line) - 1])
        except NoSuchButton:
            return _complain("Bagikan nomor dengan /nomor 0812...")
    return await chat.say(line)


async def _move_clock(chat: Chat, text: str) -> list[Shown]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _complain("Contoh: /jam 2021-10-21T20:00+07:00")
    return await chat.set_clock(moment if moment.tzinfo else moment.replace(tzinfo=Zone.WIB.tz))


def _complain(sentence: str) -> list[Shown]:
    console.print(f"[yellow]{sentence}[/]")
    return []


def _prompt(chat: Chat) -> None:
    console.print(f"[dim]{chat.clock.now().astimezone(Zone.WIB.tz):%a %d %b %Y %H.%M} WIB[/] ❯ ", end="")


def _show(news: list[Shown]) -> list[str]:
    """Print messages and return the labels of their buttons, in the order of their numbers."""
    labels: list[str] = []
    for shown in news:
        if shown.whatsapp is None:
            _print(_body(shown, labels), shown.kind.value, shown.at)
        for bubble in shown.whatsapp.bubbles if shown.whatsapp else ():
            category = shown.whatsapp.category if shown.whatsapp else ""
            title = f"template: {bubble.template} · {category}" if bubble.template else shown.kind.value
            _print(_bubble(bubble, labels), title, shown.at)
    return labels


def _print(body: str, title: str, at: datetime) -> None:
    when = f"{at.astimezone(Zone.WIB.tz):%d %b %H.%M} WIB"
    console.print(Panel(body, title=title, subtitle=when, width=64, border_style="dim"))


def _body(shown: Shown, labels: list[str]) -> str:
    """Write one message; the labels of its buttons are added to `labels`."""
    body = escape(shown.text)
    if shown.message.picture:
        body = f"[italic]🖼  {escape(shown.message.picture.alt)}[/]\n\n{body}"
    body += "".join(_numbered(label, labels) for label in shown.buttons)
    body += "".join(f"\n[blue]↗ {escape(link)}[/]" for link in shown.links)
    return body + (_file(shown.message.document) if shown.message.document else "")


def _bubble(bubble: Bubble, labels: list[str]) -> str:
    """Write one message as WhatsApp shows it; what can be chosen is added to `labels`."""
    body = escape(plain_of(bubble.words))
    if bubble.picture:
        body = f"[italic]🖼  {escape(bubble.picture.alt)}[/]\n\n{body}"
    if bubble.footer:
        body += f"\n[dim]{escape(plain_of(bubble.footer))}[/]"
    body += "".join(_numbered(choice.title, labels) for choice in bubble.replies)
    if bubble.rows:
        body += f"\n[cyan]☰ {escape(bubble.opens)}[/]"
    for row in bubble.rows:
        body += _numbered(row.title, labels) + (f" [dim]{escape(row.description)}[/]" if row.description else "")
    if bubble.link:
        body += f"\n[blue]↗ {escape(bubble.link.label)}: {escape(bubble.link.url)}[/]"
    if bubble.asks:
        body += "\n[cyan]👤[/] /nomor 0812..."
    return body + (_file(bubble.file) if bubble.file else "")


def _numbered(label: str, labels: list[str]) -> str:
    labels.append(label)
    return f"\n[cyan]{len(labels)}[/] {escape(label)}"


def _file(document: Document) -> str:
    return f"\n\n📄 {document.name}\n{escape(document.data.decode())}"
