"""What staff want done, read from a command, a button or plain words in a ticket's topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from programme.model.messages import Action, Button, Open

BUTTON = "desk"
"""The name under which the staff's buttons travel; no conversation of participants has it."""

NOTE_PROMPT = "📝 Balas pesan ini dengan catatanmu. Peserta tidak melihatnya."


class TicketAct(StrEnum):
    """What can be done with a ticket; each is the command and the button of that name."""

    SAY = "jawab"
    TAKE = "ambil"
    HAND = "serahkan"
    NOTE = "catat"
    CANNED = "balas"
    ASK = "minta"
    TO_BOT = "bot"
    OUTSIDE = "luar"
    CLOSE = "tutup"
    REOPEN = "buka"
    MUTE = "bisukan"
    UNMUTE = "suarakan"
    TIE = "insiden"
    PUT_OFF = "tunda"
    LABEL = "label"
    CARD = "kartu"
    HELP = "bantuan"


LABELS: Mapping[TicketAct, str] = {
    TicketAct.TAKE: "✋ Ambil",
    TicketAct.HAND: "➡️ Serahkan",
    TicketAct.NOTE: "📝 Catatan",
    TicketAct.CANNED: "💬 Balasan siap",
    TicketAct.ASK: "❓ Minta data",
    TicketAct.TO_BOT: "🤖 Kembali ke bot",
    TicketAct.OUTSIDE: "🏢 Ke luar",
    TicketAct.CLOSE: "✅ Tutup",
    TicketAct.REOPEN: "🔓 Buka lagi",
    TicketAct.TIE: "🔥 Insiden",
    TicketAct.MUTE: "🔇 Bisukan",
}

HELP = """<b>Perintah di topik aduan</b> (juga tombol di kartu)
Tulis biasa: terkirim ke peserta. Aduan tanpa pemegang langsung jadi milikmu.
/ambil - pegang aduan ini
/serahkan NAMA catatan - ke rekan, atau /serahkan tim:NAMA catatan
/catat teks - catatan internal
/balas NAMA - balasan siap; tanpa nama: daftarnya
/minta teks - minta data lagi ke peserta
/bot - kembalikan ke bot
/luar TUJUAN - eskalasi ke luar, lengkap dengan ringkasan
/insiden NOMOR - ikat ke insiden; tanpa nomor: daftarnya
/tunda JAM - keluarkan dari antrean selama itu, atau /tunda besok; /tunda batal mengembalikannya
/label KATA - beri label; /label -KATA melepasnya
/tutup kata penutup - selesai; peserta diminta memberi bintang
/buka - buka lagi
/bisukan dan /suarakan - tahan pesan pengirim spam, dan batalkan
/kartu - pasang kartu lagi"""


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to do: `target` is a name where the act needs one, `words` what goes with it."""

    act: TicketAct
    target: str = ""
    words: str = ""


_WITH_TARGET = frozenset(
    {TicketAct.HAND, TicketAct.CANNED, TicketAct.OUTSIDE, TicketAct.TIE, TicketAct.PUT_OFF, TicketAct.LABEL}
)


def read_order(text: str, action: Action | None = None) -> Order:
    """Return what the staff want; anything that is no command goes to the participant."""
    if isinstance(action, Open):
        return Order(TicketAct(action.answers.get("do", TicketAct.HELP)), action.answers.get("x", ""))
    if not text.startswith("/"):
        return Order(TicketAct.SAY, words=text.strip())
    word, _space, rest = text[1:].partition(" ")
    name = word.partition("@")[0].casefold()
    if name not in set(TicketAct) - {TicketAct.SAY}:
        return Order(TicketAct.HELP)
    act = TicketAct(name)
    if act not in _WITH_TARGET:
        return Order(act, words=rest.strip())
    target, _space, words = rest.strip().partition(" ")
    return Order(act, target, words.strip())


def ticket_of(action: Action | None) -> int | None:
    """Return the ticket that a button of the staff is about."""
    if isinstance(action, Open) and action.conversation == BUTTON and action.answers.get("t", "").isdecimal():
        return int(action.answers["t"])
    return None


def act_button(label: str, act: TicketAct | str, ticket: int | None = None, target: str = "") -> Button:
    """Make a button of the staff."""
    answers = {"do": str(act)} | ({"t": str(ticket)} if ticket else {}) | ({"x": target} if target else {})
    return Button(label, Open(BUTTON, answers))
