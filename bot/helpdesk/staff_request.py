"""A request of the staff outside any ticket, and the answer to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.helpdesk.keys import Rows
from bot.store import UnitOfWork
from handlers.helpdesk.orders import act_button
from handlers.phrases.matters import matters
from programme.model.messages import Incoming, Open, Sort
from programme.model.staff import Role, StaffMember

_ASKS = "ask"
_MATTERS = {
    "beli": "buying",
    "pembelian": "buying",
    "insentif": "incentive",
    "sertifikat": "certificate",
    "akun": "account",
    "dicabut": "revoked",
    "lain": "other",
}
MATTER_WORDS = "beli, insentif, sertifikat, akun, dicabut, lain"


@dataclass(frozen=True, slots=True)
class StaffRequest:
    """One request outside any ticket."""

    tx: UnitOfWork
    member: StaffMember
    room: str
    words: str

    @property
    def leads(self) -> bool:
        """Whether the member may decide for others."""
        return self.member.role.covers(Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """What the group reads, HTML. A reply to it goes on with the command that `completes` begins."""

    text: str
    keys: Rows = ()
    completes: str = ""


Verb = Callable[[StaffRequest], Awaitable[StaffAnswer]]
Verbs = Mapping[str, Verb]


def matter_of(word: str) -> str | None:
    """Return the matter that staff call `word`, by its name in the app."""
    name = _MATTERS.get(word.casefold(), word.casefold())
    return name if name in matters() else None


def command_of(incoming: Incoming) -> tuple[str, str]:
    """Return the command and its words; both are empty where it is plain talk."""
    if incoming.sort is Sort.PRESS:
        action = incoming.action
        return (action.answers.get("do", ""), action.answers.get("x", "")) if isinstance(action, Open) else ("", "")
    if not incoming.text.startswith("/"):
        return "", ""
    word, _space, rest = incoming.text[1:].partition(" ")
    return word.partition("@")[0].casefold(), rest.strip()


def notice_key(incoming: Incoming, answer: StaffAnswer) -> str:
    """Name the notice that carries an answer, once for each message."""
    return f"{_ASKS}/{answer.completes}/{incoming.id}" if answer.completes else f"answer/{incoming.id}"


def completed(notice: str | None, text: str) -> tuple[str, str]:
    """Return the command that a reply to this notice completes; both are empty where it asked for nothing."""
    kind, _slash, rest = (notice or "").partition("/")
    if kind != _ASKS or text.startswith("/"):
        return "", ""
    command, _space, words = rest.partition("/")[0].partition(" ")
    return command, f"{words} {text}".strip()


def keys_of(labels: Mapping[str, tuple[str, str]]) -> Rows:
    """Make rows of two buttons: each label with the command and the words that it stands for."""
    made = [act_button(label, command, target=words) for label, (command, words) in labels.items()]
    return [made[place : place + 2] for place in range(0, len(made), 2)]
