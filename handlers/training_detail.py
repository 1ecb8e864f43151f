"""What is asked of the training that is shown: its price, for whom it is, and where it is sold."""

from __future__ import annotations

from handlers.dialogue.by_place import OTHER_ONE
from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.matches import matches, typed
from handlers.phrases.training_card import card, with_buy_links, with_dated_source
from handlers.phrases.training_wishes import wishes
from handlers.phrases.what_is_left import what_is_left
from handlers.recommend import SHOW_THE_OTHER, SHOWN, wave_meant
from handlers.understanding.phrases import first_said, says
from handlers.understanding.reports import Said, names_training, said_of
from handlers.understanding.spelling import spelt
from locales import Html, Rupiah, _, fill
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform
from programme.trainings import Training

_THERE = "there"
"""That it is asked whether a platform sells it."""
_SHORT = 2
"""Letters of a word that tells no title."""
_ENOUGH = 2
"""Words of a title that tell which training is meant."""
_WISHED = ("topic", "profession", "budget")
"""What a question of no training that is known still names of one."""


_ASKED_OF_IT = {
    "the price is asked": "what it costs",
    "is the balance enough": "what it costs",
    "where it is sold": "where it is sold",
}


def asks_of_that_one(spoken: Spoken) -> Recognised | None:
    """Hear *yang barista kemarin itu harganya berapa*, *cukup ga saldonya*: of what was shown, be it a day ago."""
    text, asked = spoken.text, first_said(_ASKED_OF_IT, spoken.text)
    topic = spoken.understood.entity("topic") or spoken.understood.entity("profession")
    shown = spoken.of_the_talk(SHOWN)
    named = topic is not None and says("that one", text) and not names_training(text)
    just_shown = shown is not None and topic is None and says("is the balance enough", text)
    if asked is None or not (named or just_shown) or spoken.understood.entity("platform") is not None:
        return None
    if says("what is left over", text) or said_of("bought", text, today=spoken.today) is Said.PLAINLY:
        return None
    told = {kind: value for kind, value in spoken.told.items() if kind != "budget"}  # the sum is that of the balance
    known = {} if shown is None else {SHOWN: shown}
    return Recognised(Open("training_detail", {**told, **known, ASKED: asked}), "recommend")


def asks_whether_it_is_there(spoken: Spoken) -> Open | None:
    """Hear *belinya di mana, Tokopedia bisa?* of the training that is shown, or of one that was shown before."""
    shown = spoken.of_the_talk(SHOWN)
    named = [one.value for one in spoken.understood.entities if one.kind == "platform"]
    topic = spoken.understood.entity("topic") or spoken.understood.entity("profession")
    if not named or shown is None or not says("is it sold there", spoken.text):
        return None
    training = spoken.programme.catalogue.trainings.get(shown)
    sold = training is not None and bool(training.offers)
    if (topic is not None or (sold and len(named) == 1)) and not says("that one", spoken.text):
        return None  # a search of its own
    if says("of the way", spoken.text) or said_of("bought", spoken.text, today=spoken.today) is Said.PLAINLY:
        return None
    told = {"topic": topic} if topic is not None else {}
    return Open("training_detail", {**told, SHOWN: shown, "platform": named[-1], ASKED: _THERE})


@conversation(
    "training_detail",
    traits=Traits(
        beside=True,
        expects=asks_whether_it_is_there,
        listens={Stage.FIRST: asks_of_that_one},
        follow_ups={
            **in_short("recommend"),
            "what it costs": Open("training_detail"),
            "the price is asked": Open("training_detail", {ASKED: "what it costs"}),
            "for whom it is": Open("training_detail"),
            "is it easy": Open("training_detail"),
            "its institution is asked": Open("training_detail"),
            "what is left over": Open("balance"),
            "where it is sold": Open("training_detail"),
            "buy that one": Open("how_to_buy"),
            OTHER_ONE: SHOW_THE_OTHER,
        },
    ),
)
async def training_detail(turn: Turn) -> Reply | Open:
    """Tell what the catalogue knows of it, and plainly what it does not."""
    known = _by_title(turn) or _by_topic(turn) or turn.told(SHOWN) or ""
    training = turn.programme.catalogue.trainings.get(known) or _named(turn)
    if training is None:
        return Open("recommend", {kind: value for kind in _WISHED if (value := turn.told(kind)) is not None})
    turn.settle(SHOWN, training.id)
    if turn.told(ASKED) == _THERE and (platform := turn.programme.platform(turn.told("platform") or "")) is not None:
        return _perhaps_there(training, platform, turn)
    match turn.told(ASKED):
        case "for whom it is":
            told = _for_whom(training)
        case "is it easy":
            told = say(_("Mudah atau tidaknya tidak ada di catatanku: baca isinya di platform sebelum beli."))
        case "its institution is asked":
            told = _institution(training)
        case "where it is sold":
            told = card(training, turn)
            told = told.after(_no_price()) if _lacks_the_price(training, turn) else told
        case _:
            told = _price(training, turn)
    return with_buy_links(with_dated_source(told, training), training, turn).button(_("🛒 Cara beli"), "how_to_buy")


def _perhaps_there(training: Training, platform: Platform, turn: Turn) -> Reply:
    """Say yes, or where else; where no source tells who sells it, the dashboard shows all sellers side by side."""
    if training.offers:
        return _there_or_elsewhere(training, platform, turn)
    reply = say(
        _(
            "🤷 Ada atau tidaknya <b>{title}</b> di {platform} tidak ada di sumberku. Buka <b>Rekomendasi "
            "Pelatihan</b> di dashboard, cari judulnya: semua penjualnya tampil berdampingan, {platform} juga kalau "
            "ada."
        ),
        title=training.title,
        platform=platform.name,
    )
    reply = with_cutoff(reply, turn).link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("🛒 Cara beli"), "how_to_buy", platform=platform.id)


def _there_or_elsewhere(training: Training, platform: Platform, turn: Turn) -> Reply:
    there = any(offer.platform == platform.id for offer in training.offers)
    words = _("✅ Bisa: <b>{title}</b> dijual di {platform} juga.") if there else _("Di {platform} tidak tercatat.")
    reply = say(words, title=training.title, platform=platform.name)
    reply = reply if there else reply.also("{card}", card=Html(card(training, turn).messages[0].text))
    reply = with_buy_links(with_cutoff(reply, turn), training, turn, at=platform.id if there else None)
    return reply.button(_("🛒 Cara beli"), "how_to_buy", **({"platform": platform.id} if there else {}))


def _by_title(turn: Turn) -> str | None:
    """Return the id of the training of whose title several words are named: *yang kelola tim penjualan*."""
    topics = turn.programme.catalogue.topics
    said = {*topics.words(typed(turn)), *topics.words(" ".join(token.word for token in spelt(typed(turn))))}
    shared = {
        one.id: (len(said & {word for word in one.title.casefold().split() if len(word) > _SHORT}), not one.sample)
        for one in turn.programme.catalogue.trainings.values()
    }
    most = max(shared.values(), default=(0, False))
    best = [name for name, words in shared.items() if words == most]
    return best[0] if most[0] >= _ENOUGH and len(best) == 1 else None


def _by_topic(turn: Turn) -> str | None:
    """Return the training that comes first for the topic that is named: the one that is shown, if it is of that."""
    wished = wishes(turn.told("topic"), turn.told("profession"), None, None)
    found = [one.id for one in wished.search(turn.programme, turn.today.year).trainings] if wished else []
    return turn.told(SHOWN) if turn.told(SHOWN) in found else next(iter(found), None)


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
        told = say(_("💰 Harga <b>{title}</b> tidak ada di catatanku: lihat di platformnya."), title=training.title)
    else:
        told = say(_("💰 <b>{title}</b>:\n{prices}"), title=training.title, prices=Html("\n".join(priced)))
    return _with_the_balance(told, training, turn) if matches(turn, "is the balance enough") else told


def _with_the_balance(told: Reply, training: Training, turn: Turn) -> Reply:
    """Say whether the balance is enough, as far as it is known: a rest only the dashboard shows."""
    sum_of_all = turn.programme.scheme(wave_meant(turn)).balance
    if turn.participant.has(Milestone.BOUGHT):
        return told.also(_("Cukup kalau harganya tidak lebih dari sisa saldo di dashboard-mu."))
    if (left := what_is_left(sum_of_all, training, turn)) is not None:
        return told.also("{left}", left=Html(left.messages[0].text))
    return told.also(_("Saldo awalmu {sum}: cukup, kalau harganya tidak lebih dari itu."), sum=Rupiah(sum_of_all))


def _lacks_the_price(training: Training, turn: Turn) -> bool:
    return training.cheapest is None and matches(turn, "the price is asked")


def _no_price() -> str:
    return _("💰 Harganya tidak ada di catatanku: lihat di dashboard.")


def _institution(training: Training) -> Reply:
    if training.institution is None:
        words = _("🏫 Lembaga <b>{title}</b> tidak ada di catatanku: lihat di halaman pelatihannya sebelum beli.")
        return say(words, title=training.title)
    return say(_("🏫 <b>{title}</b>: dari {institution}."), title=training.title, institution=training.institution)


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
