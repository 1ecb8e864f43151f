"""Warning to whoever sent a card number, an OTP, a NIK or a password."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from handlers.dialogue.reply import Reply, say
from locales import _

CUT: Final = "cut"
"""What is told of the matter of an answer that such a warning came with: the kinds that were cut."""


def named(kinds: Iterable[str]) -> list[str]:
    """Return what these kinds are called, each once."""
    names = {
        "card": _("nomor kartu"),
        "otp": _("kode OTP"),
        "nik": _("NIK"),
        "password": _("kata sandi"),
        "account": _("nomor rekening"),
        "card_detail": _("CVV atau masa berlaku kartu"),
        "document": _("nomor dokumen"),
        "mother": _("nama ibu kandung"),
    }
    return list(dict.fromkeys(names.get(kind, kind) for kind in kinds))


def warn(kinds: tuple[str, ...]) -> Reply:
    """Say what was cut out, why, and what to do now."""
    return say(
        _(
            "🔒 Di pesanmu ada {what}. Sudah langsung kuhapus: tidak kusimpan dan tidak kuteruskan. "
            "Jangan kirim itu ke siapa pun, termasuk ke aku atau yang mengaku petugas."
        ),
        what=named(kinds),
    )
