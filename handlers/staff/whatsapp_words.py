"""What staff is told of WhatsApp: what a broadcast comes to there before it is ordered, how far it came after."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_UP, Decimal
from typing import Final

from locales import Html, _, fill
from programme.model.receipts import ReceiptState
from programme.model.whatsapp_outlook import Cost, WhatsAppOutlook
from programme.notices import longest

_WHOLE: Final = Decimal(10)  # from so much money on, cents are not told


def outlook_words(whatsapp: WhatsAppOutlook) -> Html:
    """Say in a line how many get it over WhatsApp, what that costs, and how many days it takes."""
    reach, quota = whatsapp.reach, whatsapp.quota
    words = fill(
        _("Lewat WhatsApp: {people} orang, {outside} di luar jendela 24 jam: {cost}"),
        people=reach.people,
        outside=reach.outside,
        cost=_cost(whatsapp.cost),
    )
    if whatsapp.days == 1 or quota.per_day is None:
        told = f"{words}."
    else:
        spread = _("{words} dan {days} hari (kuota {quota} orang per hari, {free} sekarang).")
        told = fill(spread, words=Html(words), days=whatsapp.days, quota=quota.per_day, free=quota.free or 0)
    if not reach.outside:
        return Html(told)
    short = _("Di luar jendela yang sampai satu baris, paling banyak {most} huruf, tanpa gambar dan tombol.")
    return Html(f"{told} {fill(short, most=longest('text'))}")


def receipt_words(receipts: Mapping[ReceiptState | None, int]) -> Html | None:
    """Say how far those came that WhatsApp took; None where there are none. What was only taken did not arrive yet."""
    if not receipts:
        return None
    told = {state: receipts.get(state, 0) for state in (ReceiptState.DELIVERED, ReceiptState.READ)}
    named = (
        (_("diterima WhatsApp {count}"), sum(receipts.values())),
        (_("sampai di HP {count}"), sum(told.values())),
        (_("dibaca {count}"), told[ReceiptState.READ]),
        (_("belum ada kabar {count}"), receipts.get(None, 0)),
    )
    parts = [fill(words, count=count) for words, count in named if count]
    return Html(fill(_("Di WhatsApp: {parts}."), parts=parts))


def _cost(cost: Cost) -> Html:
    """Say what it costs; where a price is not known, how many messages are charged of each category."""
    if cost.amount is None:
        counted = [f"{count} {category}" for category, count in cost.messages.items() if count]
        return Html(fill(_("biayanya {messages} (harganya belum diketahui)"), messages=counted))
    if not cost.amount:
        return Html(_("gratis"))
    amount = cost.amount.quantize(Decimal(1) if cost.amount >= _WHOLE else Decimal("0.01"), ROUND_UP)
    priced = _("kira-kira {currency}{amount} (tarif {as_of}, cek dulu)")
    written = int(amount) if amount == amount.to_integral_value() else str(amount)
    return Html(fill(priced, currency=cost.currency, amount=written, as_of=cost.as_of))
