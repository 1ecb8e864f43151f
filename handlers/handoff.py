"""Somebody wants a person: whom they can reach today, and a summary ready to paste."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handlers.dialogue.complaint_memory import STORY
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import MISSED, Turn
from handlers.dialogue.whose import as_sent
from handlers.helpdesk.hearing import asks_for_ticket
from handlers.helpdesk.screenshots import screenshots, with_screenshot
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.complaint_summary import summary
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.matters import MATTER_HEARD, MATTER_OF, OTHER, SELF_HELP, matters, names_of, spoken_of
from handlers.phrases.next_step import with_next_step
from handlers.phrases.prefill import prefill
from handlers.phrases.which_platform import own_platform
from handlers.understanding import find_entities, understand
from handlers.understanding.phrases import says
from locales import N_, Html, _, fill
from programme.contacts import Contact
from programme.model.dialogues import BROUGHT, Dialogue
from programme.model.messages import Open
from programme.model.tickets import Handover, SelfHelpOffered, TicketReopened, TicketState, TicketWished
from programme.partners import Partner
from programme.platforms import Platform

_COMPLAINTS = frozenset(
    {*SELF_HELP.values(), "handoff", "out_of_scope", "balance", "incentive_history", "fraud", "status"}
)
"""What a complaint may sound like; anything else said instead of an answer is answered first."""
_CONCERNS = {"buying": "platform", "certificate": "platform", "incentive": "partner"}
_WISHED, _TOLD = "wished", "told"
"""The answer that tells that a person was asked for in so many words, and that those tell the story, too."""
_PERSON, _SELF_HELP = "1", "help"
_SHORTEST_STORY = 3
_SHORTEST_COMPLAINT = 6  # words; "mau komplain insentif dong" tells no story
_SHORTEST_WISH_WITH_A_STORY = 12  # words
_SHOWN = 200  # characters of what was brought along, when it is shown


def complains(spoken: Spoken) -> Recognised | None:
    """Hear who says that they complain, and of what, where there is somebody to complain to: nothing is asked again."""
    understood = spoken.understood
    about = MATTER_OF.get(understood.intent) if understood.certain and spoken.helpdesk is not None else None
    if about is None or not says("a complaint", understood.text):
        return None
    is_story = len(understood.text.split()) >= _SHORTEST_COMPLAINT
    story = {"complaint": as_sent(spoken.incoming)[:STORY]} if is_story else {}
    return Recognised(Open("handoff", {**spoken.told, "about": about, **story}), "handoff", understood.confidence)


def wants_a_person(spoken: Spoken) -> Open | None:
    """Hear *udah ah capek, sambungin ke petugas*: whatever else is in it, the wish goes before the matter."""
    if not says("wants a person", spoken.text) or says("a liking", spoken.text) or asks_for_ticket(spoken.text):
        return None
    known = {kind: spoken.told.get(kind) or spoken.of_the_talk(kind) for kind in ("platform", "partner", "wave")}
    named = {kind: value for kind, value in known.items() if value is not None}
    if len(spoken.text.split()) >= _SHORTEST_WISH_WITH_A_STORY:
        named["complaint"] = as_sent(spoken.incoming)[:STORY]
    about = next((about for matter in spoken.matters if (about := _about(matter.conversation)) is not None), None)
    insists = says("tired of the bot", spoken.text) or "complaint" in named
    kept = {**({"about": about} if about is not None else {}), **({"tried": _PERSON} if insists else {})}
    return Open("handoff", {**named, **kept, _WISHED: _TOLD if "complaint" in named else "1"})


def _about(name: str) -> str | None:
    return MATTER_OF.get(name) or MATTER_OF.get(family_of(name))


def _brought(kept: Dialogue, text: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what a story in mind tells; nothing where people are wanted for something else."""
    about = _about(kept.conversation)
    if about is None:
        return {BROUGHT: kept.answers[BROUGHT]}
    elsewhere = answers.get("about", spoken_of(text)) not in {about, OTHER}
    return {} if elsewhere else {**kept.answers, "about": about, "tried": _PERSON}


@conversation(
    "handoff",
    about=N_("Bicara dengan petugas"),
    commands=("petugas",),
    traits=Traits(
        listens={Stage.TOLD: complains},
        expects=wants_a_person,
        purpose=Purpose.PERSON,
        with_picture=with_screenshot,
        brings=_brought,
        after_any=frozenset({"make me the report"}),
    ),
)
async def handoff(turn: Turn) -> Reply | Open:
    """Learn what it is about, offer self-help once, then open a ticket, or say honestly who can help and how."""
    if (under_way := _under_way(turn)) is not None:
        return under_way
    if turn.told(_WISHED) == _TOLD and turn.helpdesk is None:
        return _at_once(turn)
    if turn.told(MISSED) is None and (opening := prefill(turn, "handoff", "about", MATTER_HEARD)) is not None:
        return opening
    matter = await _matter(turn)
    about = matter if matter in matters() else spoken_of(matter)
    hurdle = about in SELF_HELP and (turn.helpdesk is not None or not _tells_it(matter, turn))
    tried = await _tried(turn, about) if hurdle else _PERSON
    if tried == _SELF_HELP:
        return Open(SELF_HELP[about], _carried(turn, matter if matter != about else ""))
    story = [words for words in (matter, tried) if words not in {about, _PERSON}] or [await _complaint(turn)]
    story.insert(0, turn.told(BROUGHT) or "")
    unnamed = about == OTHER
    about = spoken_of("\n".join(story)) if unnamed else about
    concerned = _named_in(about, "\n".join(story), turn) or (None if unnamed else await _concerned(about, turn))
    if isinstance(concerned, str):
        story, concerned = [*story, concerned], None
    complaint = "\n".join(filter(None, story)) or None
    told = summary(turn, about, _called(concerned, complaint or "", turn), complaint)
    if turn.helpdesk is not None:
        number = concerned.id if concerned else None
        turn.wish(TicketWished(about, number, complaint or "", told, screenshots(turn), _why(turn, about)))
        return say(_("💬 Ceritamu sudah kuteruskan ke petugas."))
    return _who_helps(concerned, turn).then(_to_copy(told, turn))


def _to_copy(told: Html, turn: Turn) -> Reply:
    """Show the summary to be copied; the next step is known of whoever's wave is."""
    lead = say(_("📋 Ini ringkasan yang bisa kamu <b>salin</b> ke formulir atau pesan:"))
    reply = lead.also("{summary}", summary=told)
    return reply if turn.participant.wave is None else with_next_step(reply, turn)


def _tells_it(matter: str, turn: Turn) -> bool:
    """Whether the trouble was told in words, so that nothing need come before whom to turn to."""
    return matter not in matters() or turn.told(BROUGHT) is not None


def _at_once(turn: Turn) -> Reply:
    """Where no helpdesk is, and the wish tells its story, nothing need be asked before the contacts."""
    story = "\n".join(filter(None, (turn.told(BROUGHT), turn.told("complaint"))))
    about = turn.told("about") or spoken_of(story)
    about = about if about in matters() else OTHER
    concerned = _named_in(about, story, turn) or _known(about, turn)
    return _who_helps(concerned, turn).then(
        _to_copy(summary(turn, about, _called(concerned, story, turn), story), turn)
    )


def _contacts_first(asked: Reply, turn: Turn) -> Reply:
    """Where no helpdesk is, tell whom to call before anything is asked of somebody who wants a person."""
    if turn.helpdesk is not None or turn.told(_WISHED) is None:
        return asked
    phone, form = turn.programme.contacts["phone"], turn.programme.contacts["complaint_form"]
    words = _("☎️ Orang yang bisa menolong: Call Center Prakerja <b>{phone}</b> (bebas pulsa), atau Formulir Pengaduan.")
    asked = asked.after(fill(words, phone=phone.value))
    return asked.link(_("☎️ Telepon Prakerja"), phone.url).link(_("📝 Isi Formulir Pengaduan"), form.url)


def _known(about: str, turn: Turn) -> Platform | Partner | None:
    """Return whom it concerns, as far as that is known already."""
    if about == "incentive":
        return _partner(turn)
    return own_platform(turn) if about in {"buying", "certificate"} else None


def _why(turn: Turn, about: str) -> Handover:
    """Return why people are needed, for whoever takes it on."""
    if turn.told(MISSED) is not None:
        return Handover.MISSED
    advised = turn.helpdesk is not None and about in turn.helpdesk.advised
    return Handover.UNHELPED if advised or turn.told(BROUGHT) is not None else Handover.ASKED


def _under_way(turn: Turn) -> Reply | Open | None:
    """One complaint at a time: who has one hears how far it is; one given back to the bot goes to people again."""
    ticket = turn.helpdesk.ticket if turn.helpdesk else None
    if ticket is None or not ticket.is_open:
        return None
    if ticket.state is TicketState.WITH_BOT:
        turn.wish(TicketReopened(ticket.id))
        return say(_("Aku teruskan lagi ke petugas."))
    return Open("ticket_status")


async def _complaint(turn: Turn) -> str:
    """Ask for the story; of what was told before, only whether there is more to it."""
    brought = turn.told(BROUGHT)
    asked = _contacts_first(_ask(turn) if brought is None else _ask_for_more(brought, turn), turn)
    if brought is None:
        return await turn.words("complaint", asked, skip=_("Lewati"), at_most=STORY) or ""
    more = await turn.words("complaint", asked, skip=_("✅ Cukup, lanjut"), at_most=STORY)
    return "" if more is None or says("nothing to add", more) else more


def _ask_for_more(brought: str, turn: Turn) -> Reply:
    shown = brought if len(brought) <= _SHOWN else f"{brought[:_SHOWN]}…"
    reply = say(_("✍️ Yang tadi kamu tulis sudah kucatat:\n<i>“{story}”</i>"), story=shown)
    if turn.helpdesk is None:
        return reply.also(
            _(
                "Ada yang mau ditambahkan? Tulis di sini, tanpa nomor kartu, NIK, OTP, dan kata sandi ya. "
                "Kalau tidak, tekan tombolnya."
            )
        )
    reply = reply.also(
        _(
            "Ada yang mau ditambahkan? Tulis di sini, atau kirim tangkapan layar, tanpa nomor kartu, NIK, OTP, dan "
            "kata sandi ya. Kalau tidak, tekan tombolnya."
        )
    )
    return _with_pictures(reply, turn)


def _ask(turn: Turn) -> Reply:
    if turn.helpdesk is None:
        return say(
            _("✍️ Ceritakan masalahnya dengan kata-katamu. Nomor kartu, NIK, OTP, dan kata sandi jangan ditulis ya.")
        )
    ask = say(
        _(
            "✍️ Ceritakan masalahnya dengan kata-katamu; tangkapan layar boleh dikirim juga. "
            "Nomor kartu, NIK, OTP, dan kata sandi jangan ditulis ya."
        )
    )
    return _with_pictures(ask, turn)


def _with_pictures(ask: Reply, turn: Turn) -> Reply:
    kept = len(screenshots(turn))
    return ask.also(_("🖼 Gambar tersimpan: {count}."), count=kept) if kept else ask


async def _matter(turn: Turn) -> str:
    """Return what it is about by its name, or the complaint that was typed instead."""
    missed = turn.told(MISSED) is not None
    if turn.helpdesk is None:  # nobody is promised where there is nobody
        words = _("💬 Siap, kutunjukkan siapa yang bisa menolong. Ini soal apa?")
        if missed:
            words = _("🙏 Maaf, aku belum berhasil memahamimu. Kutunjukkan siapa yang bisa menolong. Ini soal apa?")
    elif missed:
        words = _("🙏 Maaf, aku belum berhasil memahamimu. Kubantu sampai ke petugas ya. Ini soal apa?")
    else:
        words = _("💬 Siap, kubantu sampai ke petugas. Ini soal apa?")
    options = [Option(name, label) for name, label in matters().items()]
    read = partial(_as_story, turn=turn, insisting=OTHER)
    asked = _contacts_first(say(words), turn)
    return await turn.choose("about", asked, options, columns=2, read=read, open_ended=True) or OTHER


def _as_story(text: str, turn: Turn, insisting: str | None = None) -> str | None:
    """Take words that fit no option as the complaint, unless they clearly ask for something else.

    `insisting` stands for words that only ask for a person once more.
    """
    understood = understand(text, today=turn.today)
    if understood.certain and understood.intent == "handoff" and insisting is not None:
        return insisting
    elsewhere = understood.certain and understood.intent not in _COMPLAINTS
    return None if elsewhere or len(text.split()) < _SHORTEST_STORY else text.strip()[:STORY]


async def _tried(turn: Turn, about: str) -> str:
    """Offer self-help once: most complaints are settled faster by it. A complaint typed instead insists too."""
    if turn.helpdesk is not None and about in turn.helpdesk.advised and turn.told("tried") is None:
        return _PERSON
    words = _("Sebelum itu: banyak yang langsung beres dengan panduan singkat. Mau coba dulu?")
    options = [
        Option(_SELF_HELP, _("🧰 Coba panduan dulu"), (_("ya"), _("mau"), _("boleh"), _("coba"))),
        Option(_PERSON, _insisting(turn), (_("tidak"), _("nggak"), _("petugas"), _("langsung"))),
    ]
    read = partial(_as_story, turn=turn, insisting=_PERSON)
    asked = _contacts_first(say(words), turn)
    tried = await turn.choose("tried", asked, options, read=read, open_ended=True) or _PERSON
    if turn.helpdesk is not None:
        turn.wish(SelfHelpOffered(about))
    return tried


def _insisting(turn: Turn) -> str:
    return _("💬 Tetap mau bicara petugas") if turn.helpdesk else _("💬 Langsung saja, siapa yang menolong?")


def _carried(turn: Turn, story: str) -> dict[str, str]:
    known = {name: value for name in ("platform", "partner", "wave") if (value := turn.told(name)) is not None}
    brought = "\n".join(filter(None, (turn.told(BROUGHT), story)))[:STORY]
    return {**known, BROUGHT: brought} if brought else known


def _named_in(about: str, story: str, turn: Turn) -> Platform | Partner | None:
    """Return the one platform or payment partner that the story names."""
    kind = _CONCERNS.get(about)
    named = set(names_of(story, kind)) if kind else set()
    if len(named) != 1:
        return None
    return turn.programme.platform(*named) if kind == "platform" else turn.programme.partner(*named)


async def _concerned(about: str, turn: Turn) -> Platform | Partner | str | None:
    """Return the platform or partner that is concerned; words that name none are more of the complaint."""
    if about in {"buying", "certificate"}:
        words, name = _("Pelatihannya di platform mana?"), "platform"
        known: Platform | Partner | None = own_platform(turn)
        choices: list[Platform | Partner] = [*turn.programme.sellers(turn.today.year)]
    elif about == "incentive":
        words, name = _("Insentifmu masuk ke mana?"), "partner"
        known, choices = _partner(turn), list(turn.programme.partners.values())
    else:
        return None
    if known is not None:
        return known
    options = [Option(one.id, one.name, one.aliases) for one in choices]
    read = partial(_named_or_story, kind=name, turn=turn)
    skip = _("Belum tahu / lewati")
    chosen = await turn.choose(name, words, options, columns=2, skip=skip, read=read, open_ended=True)
    return next((one for one in choices if one.id == chosen), chosen)


def _named_or_story(text: str, kind: str, turn: Turn) -> str | None:
    found = find_entities(text, today=turn.today, kinds=(kind,))
    return found[0].value if found else _as_story(text, turn)


def _partner(turn: Turn) -> Partner | None:
    paid_to = max((one for one in turn.participant.payments if one.partner), default=None)
    named = turn.told("partner") or (paid_to.partner if paid_to else None)
    return turn.programme.partner(named) if named else None


def _called(concerned: Platform | Partner | None, story: str, turn: Turn) -> str | None:
    """Return the names of all whom the trouble is told of, so that whoever reads it misses none."""
    platforms = [turn.programme.platform(one) for one in names_of(story, "platform")]
    partners = [turn.programme.partner(one) for one in names_of(story, "partner")]
    named = [one.name for one in (*platforms, *partners, concerned) if one is not None]
    return ", ".join(dict.fromkeys(named)) or None


def _who_helps(concerned: Platform | Partner | None, turn: Turn) -> Reply:
    phone, form = turn.programme.contacts["phone"], turn.programme.contacts["complaint_form"]
    reply = say(
        _(
            "💬 Jujur ya: aku belum bisa menyambungkanmu langsung ke orang. Yang bisa menolong sekarang:\n"
            "☎️ Call Center Prakerja <b>{phone}</b> (bebas pulsa)\n"
            "📝 <b>Formulir Pengaduan</b> Prakerja"
        ),
        phone=phone.value,
    )
    contacts: tuple[Contact, ...] = concerned.contacts if concerned else ()
    if concerned is not None and contacts:
        reply = reply.also(_("Atau <b>{name}</b>: {ways}."), name=concerned.name, ways=in_words(contacts))
    reply = reply.also(
        _("Jam layanan mereka belum bisa kupastikan. OTP, PIN, dan kata sandi jangan diberikan ke siapa pun.")
    )
    reply = with_contacts(with_cutoff(reply, turn), "Prakerja", [phone]).link(_("📝 Isi Formulir Pengaduan"), form.url)
    return with_contacts(reply, concerned.name, contacts) if concerned else reply
