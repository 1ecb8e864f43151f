"""One's own checkout: what a shop asks of whoever pays there, and that it was paid, are nothing of a fraud.

*Di Tokopedia minta nomor kartu 16 angka, aman ga?*, *OTP masuk, dah bayar, udah muncul di dashboard*.
"""

from __future__ import annotations

from datetime import date

from handlers.understanding.entities import find_entities
from handlers.understanding.phrases import says


def asks_if_safe_to_pay(text: str, *, today: date) -> bool:
    """Tell whether a text asks if what an official shop wants at its checkout may be typed there."""
    asked = says("whether to type it", text) and not says("typed in vain", text)
    if says("more than a checkout wants", text):
        return False
    return asked and says("typed at a checkout", text) and is_at_a_shop(text, today=today)


def is_at_a_shop(text: str, *, today: date) -> bool:
    """Tell whether a text speaks of paying in a shop or by the dashboard, and of nobody who wants something."""
    if says("a person asks for it", text):
        return False
    named = bool(find_entities(text, today=today, kinds=("platform",)))
    return named or (says("by the dashboard", text) and says("about buying", text))


def was_paid(text: str) -> bool:
    """Tell whether a text says that the person's own training was paid for, and shows or succeeded."""
    if says("given to a person", text) or says("a person asks for it", text):
        return False
    paid = says("about buying", text) or says("typed at a checkout", text)
    if any(says(what, text) for what in ("no purchase after all", "not in the dashboard", "it does not show")):
        return False
    return paid and (says("the training shows", text) or says("the payment went through", text))
