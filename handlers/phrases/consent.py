"""The words to which a participant agrees; their versions are kept in `programme/data/consents.toml`."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, say
from locales import N_, _

CONSENT = N_(
    "🔒 Yang kusimpan: nama panggilan, gelombang, zona waktu, dan kemajuanmu, supaya pengingatnya tepat. "
    "Tidak pernah nomor kartu, NIK, OTP, atau kata sandi. Nomor HP yang kamu bagikan hanya disimpan dalam"
    " bentuk acak yang tidak bisa dibaca lagi. Dengan lanjut memakai Sobat kamu setuju; kapan saja bisa "
    "ditarik: /privasi."
)
"""What is kept, what for, and that one agrees by going on."""


def consent() -> Reply:
    """Show the words in the person's language."""
    return say(_(CONSENT))
