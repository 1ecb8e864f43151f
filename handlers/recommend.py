"""Trainings to choose from: by topic, profession, budget and platform, or as the programme recommends."""

from __future__ import annotations

from handlers.dialogue.by_place import OTHER_ONE, PLACES, place_said
from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Stage
from handlers.dialogue.question import MORE, Option, Question, Unanswered
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.choosing import cannot_choose, heard_while_choosing, wants_the_picks
from handlers.phrases.matches import matches, typed
from handlers.phrases.several_topics import Sides, lacks, of_topic, several_topics, side_by_side
from handlers.phrases.training_card import card, with_buy_links, with_dated_source
from handlers.phrases.training_wishes import AFFORDABLE, LAST_PAGE, Wishes, named, told, unpacked, written
from handlers.phrases.wave_number import wave_number
from handlers.phrases.which_platform import named_platforms
from handlers.understanding import understand
from handlers.understanding.phrases import says
from locales import N_, Html, Rupiah, _, fill
from programme.catalogue import SearchResult
from programme.model.messages import Button, Open, Sort
from programme.model.milestones import Milestone
from programme.trainings import Training

SHOWN = "shown"
"""The training that is shown, so that *berapa?* can be asked of it."""

_OTHER = "other"
SHOW_THE_OTHER = Open("recommend", {"picks": "1", "page": _OTHER})

_LIKELY = 0.6
"""The confidence from which a question is of another matter, whatever word of a training is in it."""
_ASKED_OF_IT = (
    *("the price is asked", "is it easy", "both of them", "buying or finishing"),
    *("its institution is asked", "what is left over"),
)
"""Questions about what is shown, or about buying, whatever title or place is in them."""
_TOPICS = {
    "masak": N_("🍳 Masak"),
    "jualan": N_("🛍 Jualan"),
    "komputer": N_("💻 Komputer"),
    "bahasa inggris": N_("🗣 Bahasa Inggris"),
    "desain grafis": N_("🎨 Desain grafis"),
    "customer service": N_("🎧 Customer service"),
}


@conversation(
    "recommend",
    about=N_("Cari pelatihan"),
    commands=("pelatihan",),
    traits=Traits(
        listens={Stage.TOLD: heard_while_choosing, Stage.WISH: wants_the_picks},
        slots=frozenset({"platform"}),
        choice="how_to_buy",
        follow_ups=dict(in_short("recommend"))
        | {"what it costs": Open("training_detail"), "for whom it is": Open("training_detail")}
        | {"where it is sold": Open("training_detail")}
        | {"is it easy": Open("training_detail"), "its institution is asked": Open("training_detail")}
        | {"what is left over": Open("balance"), "if it fails": Open("purchase_problem")}
        | dict.fromkeys(("how to do it", "what to do now"), Open("how_to_buy"))
        | dict.fromkeys(("the price is asked", "how much"), Open("training_detail", {ASKED: "what it costs"}))
        | {"buy that one": Open("how_to_buy"), "how long it takes": Open("finish_by")}
        | {"something else than that": Open("recommend", {"ask": "1"}), OTHER_ONE: SHOW_THE_OTHER}
        | {what: Open("recommend", {"picks": "1", "page": str(at)}) for at, what in enumerate(PLACES, start=1)},
    ),
)
async def recommend(turn: Turn) -> Reply:
    """Leaf through what fits the wishes, one training at a time; without a wish, start from the official picks."""
    if turn.told("picks") is not None:
        return _pick(turn)
    asked = turn.told("ask") is not None
    leaf = await _ask(turn) if asked else turn.told("leaf")
    packed = turn.told(MORE) or leaf
    wishes, page = (packed and unpacked(packed)) or (told(turn), 1)
    official = not packed and turn.said and says("the official picks", turn.said)
    if not wishes or official:
        return _start(turn)
    if not leaf and (sides := several_topics(_words(turn), wishes, turn)) is not None and sides.found:
        raise Unanswered(_sides(sides, wishes, turn))
    reply = _results(wishes, page, turn)
    paged = leaf and not asked and turn.incoming.sort is Sort.PRESS
    raise Unanswered(_left_open(reply.in_place() if paged else reply, wishes, page, turn))


def _words(turn: Turn) -> str:
    """Return the words that told the wishes: those of the message, else those that opened the search."""
    return typed(turn) or turn.said


def _sides(sides: Sides, wishes: Wishes, turn: Turn) -> Question:
    """Show what several topics found; where but one did, leaf through that, and say so of the others."""
    topic = next(iter(sides.found))
    of_one = of_topic(topic, wishes)
    if len({training.id for training in sides.found.values()}) > 1:
        reply = _with_way_out(side_by_side(sides, wishes, _words(turn)), turn)
    else:
        reply = _results(of_one, 1, turn)
        reply = reply.after(lacks(sides.lacking)) if sides.lacking else reply
    return _left_open(reply, of_one, 1, turn)


def _left_open(reply: Reply, wishes: Wishes, page: int, turn: Turn) -> Question:
    """Show the trainings as a question left open: *yang di Tokopedia*, *yang murah*, *lagi* go on from it."""

    several = len(named_platforms(turn)) > 1

    def read(text: str) -> str | None:
        if (known := unpacked(text)) is not None:
            return known[0].packed(known[1])
        if any(says(what, text) for what in _ASKED_OF_IT) and not says("wants it cheaper", text):
            return None
        if (place := place_said(text)) is not None and not several:
            return wishes.packed(place)
        if says("its seller is asked", text):
            return None
        if says("something else than that", text) or says("an acknowledgement", text):
            return None
        if says("more of them", text):
            return wishes.packed(min(page + 1, LAST_PAGE))
        if says(OTHER_ONE, text):
            return wishes.packed(_beside(page, wishes.how_many(turn.programme, turn.today.year)))
        understood = understand(text, today=turn.today)
        elsewhere = understood.intent != "recommend" and understood.confidence >= _LIKELY and says("a question", text)
        sure = understood.certain or understood.also or elsewhere
        learnt = understood.intent == "recommend" or (understood.intent == "language" and says("one of these", text))
        new = written(text, turn) if learnt else Wishes() if sure else named(text, turn)
        kept = Wishes() if wishes.found_nothing(turn.programme, turn.today.year) else wishes
        changed = kept.changed(new)
        onward = changed == wishes and not says("that one", text)
        return changed.packed(min(page + 1, LAST_PAGE) if onward else 1) if new else None

    return Question(MORE, reply, (), read)


async def _ask(turn: Turn) -> str | None:
    words = say(
        _(
            "🔎 Mau belajar apa? Tulis topik, profesi, harga, atau platform, misalnya <i>“kelas masak di bawah 500 "
            "ribu”</i>. Atau pilih:"
        )
    )
    options = [Option(Wishes(topic).packed(1), _(label), (topic,)) for topic, label in _TOPICS.items()]
    return await turn.choose("leaf", words, options, columns=2, read=lambda text: _read(text, turn))


def _read(text: str, turn: Turn) -> str | None:
    """Take what names a wish, unless it clearly asks for something else."""
    if (known := unpacked(text)) is not None:
        return known[0].packed(known[1])
    understood = understand(text, today=turn.today)
    if understood.certain and understood.intent not in {"recommend", "out_of_scope"}:
        return None
    wishes = written(text, turn)
    return wishes.packed(1) if wishes else None


def _start(turn: Turn) -> Reply:
    """Name the official picks of the wave, then ways to search."""
    if turn.said and cannot_choose(turn.said) and not says("the official picks", turn.said):
        return _how_to_choose(turn)
    wave = wave_meant(turn)
    picks = turn.programme.catalogue.picks(wave)
    search = _("Mau yang lain? Sebut topik, profesi, harga, atau platform: <i>“kelas masak di bawah 500 ribu”</i>.")
    if picks:
        titles = Html("\n".join(fill("• {title}{who}", title=one.title, who=_by(one)) for one in picks))
        reply = say(_("⭐ <b>Rekomendasi resmi gelombang {wave}</b>:\n{titles}"), wave=wave, titles=titles).also(search)
        reply = reply.row(_pick_button(_("⭐ Lihat yang resmi"), wave, 1, turn), _affordable())
    else:
        reply = say(_("🔎 Mau belajar apa? Sebut topik, profesi, harga, atau platform."))
        reply = reply.also(_("Misalnya <i>“kelas masak di bawah 500 ribu”</i>, atau pilih di bawah."))
        reply = reply.row(_affordable())
    return _with_topics(reply).button(_("🔎 Topik lain"), "recommend", ask="1")


def _how_to_choose(turn: Turn) -> Reply:
    """Say how to compare before it is bought, and ask for the work or liking to look by."""
    reply = say(
        _(
            "Wajar hati-hati, karena yang sudah dibeli <b>tidak bisa ditukar</b>. Caranya: di dashboard buka "
            "<b>Rekomendasi Pelatihan</b>, baca isi, jadwal, dan harganya, baru pilih yang paling dekat dengan kerja "
            "atau rencanamu.\n\nKamu kerja apa, atau suka bidang apa? Tulis saja, kucarikan."
        )
    )
    reply = with_cutoff(reply, turn)
    wave = wave_meant(turn)
    if turn.programme.catalogue.picks(wave):
        reply = reply.button(_("⭐ Lihat yang resmi"), "recommend", picks="1")
    reply = _with_topics(reply)
    return reply if turn.participant.wave is not None else reply.button(_("⏰ Cek batas beliku"), "deadline")


def _pick(turn: Turn) -> Reply:
    """Leaf through what the programme itself recommended to the wave."""
    wave = wave_meant(turn)
    picks = turn.programme.catalogue.picks(wave)
    if not picks:
        reply = say(_("Rekomendasi resmi gelombang {wave} tidak ada di catatanku. Mau cari sendiri?"), wave=wave)
        return _with_topics(reply.row(_affordable())).button(_("🔎 Topik lain"), "recommend", ask="1")
    page = _page_of_picks(turn, [one.id for one in picks])
    head = say(_("⭐ Rekomendasi resmi gelombang {wave} · {page}/{total}"), wave=wave, page=page, total=len(picks))
    turn.settle(SHOWN, picks[page - 1].id)
    reply = _with_card(head, picks[page - 1], turn)
    buttons = [_pick_button(label, wave, number, turn) for label, number in _neighbours(page, len(picks))]
    reply = _with_way_out(reply.row(*buttons), turn)
    return reply.in_place() if turn.told("page") is not None else reply


def _results(wishes: Wishes, page: int, turn: Turn) -> Reply:
    found = wishes.search(turn.programme, turn.today.year)
    trainings = (*found.trainings, *found.near)
    for kind, value in (("topic", wishes.topic or ""), ("profession", "")):
        turn.settle(kind, value)  # not what else was named: one's own work, what is denied
    if not trainings:
        words = _(
            "🔎 Untuk <i>{wishes}</i> belum ada di catatanku, begitu juga yang mendekati. Pilihan di dashboard lebih "
            "lengkap: cari di <b>Rekomendasi Pelatihan</b>.\n\nAtau coba kata lain, misalnya:"
        )
        return _elsewhere(words, wishes.in_words(turn.programme), turn)
    shown = _page(str(page), len(trainings))
    turn.settle(SHOWN, trainings[shown - 1].id)
    if wishes.platform is not None:
        turn.settle("platform", wishes.platform)
    if page > shown:
        words = _(
            "Itu sudah yang terakhir ya. Di catatanku untuk <i>{wishes}</i> tidak ada lagi. Pilihan di dashboard lebih "
            "lengkap: cari di <b>Rekomendasi Pelatihan</b>, atau sebut topik lain."
        )
        return _elsewhere(words, wishes.in_words(turn.programme), turn)
    if len(several := named_platforms(turn)) > 1:
        turn.lists("platform", [one.id for one in several])
    head = _with_doubt(_head(wishes, found, shown, turn), wishes, found, trainings[shown - 1])
    if wishes.cheapest and matches(turn, "cheaper still"):
        head = head.after(_("Lebih murah dari ini belum ada di catatanku."))
    if says("the price is asked", turn.said) and trainings[shown - 1].cheapest is None:
        head = head.after(_("💰 Harganya tidak ada di catatanku: lihat di dashboard."))
    if says("wants it easy", _words(turn)):
        head = head.after(_("Mudah atau tidaknya tidak ada di catatanku: baca isinya di platform sebelum beli."))
    reply = _with_card(head, trainings[shown - 1], turn, at=None if len(several) > 1 else wishes.platform)
    beside = _neighbours(shown, len(trainings))
    buttons = [button(label, "recommend", leaf=wishes.packed(other)) for label, other in beside]
    return _with_way_out(reply.row(*buttons), turn)


def _head(wishes: Wishes, found: SearchResult, page: int, turn: Turn) -> Reply:
    """Say what was looked for, in which order it comes, and which of how many this is."""
    words, order = wishes.in_words(turn.programme), _("dari yang termurah") if wishes.cheapest else ""
    place = {"page": page, "total": len(found.trainings) + len(found.near)}
    if found.trainings:
        asked = Html(", ".join(filter(None, (words, order))))
        return say(_("🔎 <i>{wishes}</i> · {page}/{total}"), wishes=asked, **place)
    shown = found.near[page - 1]
    unknown = "budget" in found.relaxed and wishes.price_of(shown) is None
    relaxed = [_relaxed()[name] for name in found.relaxed if not (unknown and name == "budget")]
    near = fill(_("Yang mendekati, dengan {relaxed} lain"), relaxed=relaxed) if relaxed else _("Yang mendekati")
    if unknown:
        return say(
            _("🔎 Yang pasti pas untuk <i>{wishes}</i> belum ada di catatanku. {near} · {page}/{total}"),
            wishes=words,
            near=Html(", ".join(filter(None, (near, order)))),
            **place,
        )
    return say(
        _("🔎 Belum ada yang pas untuk <i>{wishes}</i>. {near} · {page}/{total}"),
        wishes=words,
        near=Html(", ".join(filter(None, (near, order)))),
        **place,
    )


def _with_doubt(head: Reply, wishes: Wishes, found: SearchResult, training: Training) -> Reply:
    """Where a price was asked about and none is known, say so."""
    if wishes.budget and training in found.near and wishes.price_of(training) is None:
        return head.also(_("Harganya belum diketahui, jadi belum tentu sampai {budget}."), budget=Rupiah(wishes.budget))
    if wishes.cheapest and training.cheapest is None:
        return head.also(_("Harganya belum diketahui, jadi belum tentu murah."))
    return head


def _elsewhere(words: str, wished: Html, turn: Turn) -> Reply:
    """Lead on where there is nothing, or nothing more, to show."""
    reply = _with_topics(say(words, wishes=wished))
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("🔎 Topik lain"), "recommend", ask="1")


def _with_card(head: Reply, training: Training, turn: Turn, *, at: str | None = None) -> Reply:
    reply = head.also("{card}", card=Html(card(training, turn, at=at).messages[0].text))
    if turn.programme.scheme(wave_meant(turn)).exchange_allowed is False:
        reply = reply.also(
            _("Pilih yang benar-benar cocok: yang sudah dibeli <b>tidak bisa ditukar</b>, walau belum diikuti.")
        )
    return with_buy_links(with_dated_source(reply, training), training, turn, at=at)


def _with_way_out(reply: Reply, turn: Turn) -> Reply:
    other = button(_("🔎 Topik lain"), "recommend", ask="1")
    if turn.participant.has(Milestone.BOUGHT):
        return reply.row(other, button(_("🔁 Pelatihan kedua"), "second_training"))
    return reply.row(other, button(_("🛒 Cara beli"), "how_to_buy")).button(_("✅ Sudah beli"), "report_bought")


def _with_topics(reply: Reply) -> Reply:
    buttons = [button(_(label), "recommend", topic=topic) for topic, label in _TOPICS.items()]
    return reply.row(*buttons[:2]).row(*buttons[2:4])


def _affordable() -> Button:
    return button(fill(_("💰 Di bawah {budget}"), budget=Rupiah(AFFORDABLE)), "recommend", budget=str(AFFORDABLE))


def _pick_button(label: str, wave: int, page: int, turn: Turn) -> Button:
    own = {} if wave == turn.participant.wave else {"wave": str(wave)}
    paging = {"page": str(page)} if turn.told("picks") is not None else {}
    return button(label, "recommend", picks="1", **own, **paging)


def _neighbours(page: int, total: int) -> list[tuple[str, int]]:
    before = [(_("◀ Sebelumnya"), page - 1)] if page > 1 else []
    return before + ([(_("Berikutnya ▶"), page + 1)] if page < total else [])


def _page(told_page: str | None, total: int) -> int:
    return min(max(int(told_page), 1), total) if told_page and told_page.isdecimal() else 1


def _page_of_picks(turn: Turn, picks: list[str]) -> int:
    """Return the page that was asked for; *yang satunya* is the one beside what is shown."""
    shown = turn.told(SHOWN)
    if turn.told("page") != _OTHER:
        return _page(turn.told("page"), len(picks))
    return _beside(picks.index(shown) + 1 if shown in picks else 1, len(picks))


def _beside(page: int, total: int) -> int:
    """Return the next page, after the last the first."""
    return page % max(total, 1) + 1


def _by(training: Training) -> Html:
    return Html(fill(" ({name})", name=training.institution)) if training.institution else Html("")


def _relaxed() -> dict[str, str]:
    return {
        "topic": _("topik"),
        "profession": _("profesi"),
        "budget": _("harga"),
        "platform": _("platform"),
        "institution": _("lembaga"),
    }


def wave_meant(turn: Turn) -> int:
    """The wave that was named, else the person's own, else the newest."""
    named = wave_number(turn.told("wave"))
    if named is not None and any(scheme.covers(named) for scheme in turn.programme.schemes):
        return named
    latest = turn.programme.latest_wave(turn.now)
    return turn.participant.wave or (latest.number if latest else turn.programme.schemes[0].first_wave)
