"""What is asked of the training that is shown: its price, for whom it is, and where it is sold."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches, typed
from handlers.phrases.training_card import card, with_buy_links, with_dated_source
from handlers.recommend import SHOWN
from locales import Html, Rupiah, _, fill
from programme.model.messages import Open
from programme.trainings import Training

_SHORT = 2
"""Letters of a word that tells no title."""
_ENOUGH = 2
"""Words of a title that tell which training is meant."""
_WISHED = ("topic", "profession", "budget")
"""What a question of no training that is known still names of one."""


@conversation(
    "training_detail",
    traits=Traits(
        beside=True,
        follow_ups={
            "what it costs": Open("training_detail"),
            "the price is asked": Open("training_detail", {ASKED: "what it costs"}),
            "for whom it is": Open("training_detail"),
            "where it is sold": Open("training_detail"),
            "buy that one": Open("how_to_buy"),
        },
    ),
)
async def training_detail(turn: Turn) -> Reply | Open:
    """Tell what the catalogue knows of it, and plainly what it does not."""
    training = turn.programme.catalogue.trainings.get(_by_title(turn) or turn.told(SHOWN) or "") or _named(turn)
    if training is None:
        return Open("recommend", {kind: value for kind in _WISHED if (value := turn.told(kind)) is not None})
    turn.settle(SHOWN, training.id)
    match turn.told(ASKED):
        case "for whom it is":
            told = _for_whom(training)
        case "where it is sold":
            told = card(training, turn)
            told = told.after(_no_price()) if _lacks_the_price(training, turn) else told
        case _:
            told = _price(training, turn)
    return with_buy_links(with_dated_source(told, training), training, turn).button(_("🛒 Cara beli"), "how_to_buy")


def _by_title(turn: Turn) -> str | None:
    """Return the id of the training of whose title several words are named: *yang kelola tim penjualan*."""
    said = set(typed(turn).casefold().split())
    shared = {
        one.id: len(said & {word for word in one.title.casefold().split() if len(word) > _SHORT})
        for one in turn.programme.catalogue.trainings.values()
    }
    most = max(shared.values(), default=0)
    best = [name for name, words in shared.items() if words == most]
    return best[0] if most >= _ENOUGH and len(best) == 1 else None


def _named(turn: Turn) -> Training | None:
    """Return the official pick whose institution is named, where several were listed: *yang dari Cakap*."""
    wave = turn.participant.wave or 0
    picks = [one for one in turn.programme.catalogue.picks(wave) if one.institution]
    named = [one for one in picks if (one.institution or "").casefold() in typed(turn).casefold()]
    return named[0] if len(named) == 1 else None


def _price(training: Training, turn: Turn) -> Reply:
    priced = [
        fill("• {seller}: <b>{price}</b>", seller=platform.name, price=Rupiah(offer.price))
        for offer in training.offers
        if offer.price is not None and (platform := turn.programme.platform(offer.platform)) is not None
    ]
    if not priced:
        return say(_("💰 Harga <b>{title}</b> tidak ada di catatanku: lihat di platformnya."), title=training.title)
    return say(_("💰 <b>{title}</b>:\n{prices}"), title=training.title, prices=Html("\n".join(priced)))


def _lacks_the_price(training: Training, turn: Turn) -> bool:
    return training.cheapest is None and matches(turn, "the price is asked")


def _no_price() -> str:
    return _("💰 Harganya tidak ada di catatanku: lihat di dashboard.")


def _for_whom(training: Training) -> Reply:
    if training.profession is None:
        return say(
            _("👤 Untuk siapa <b>{title}</b> tidak disebut di catatanku. Baca syaratnya di platform sebelum beli."),
            title=training.title,
        )
    return say(
        _(
            "👤 <b>{title}</b> ditujukan untuk {profession}. Bisa untuk pemula atau tidak, tidak disebut di catatanku: "
            "baca syaratnya di platform sebelum beli, karena tidak bisa ditukar."
        ),
        title=training.title,
        profession=training.profession,
    )
