"""`/umumkan`: staff writes a broadcast, sees it as people will, and orders it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from handlers.dialogue.question import Misread, Option
from handlers.dialogue.register import conversation, open_to_people
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.staff.audience import ask_audience, audience_words, exclusion_lines
from handlers.staff.broadcast_text import typed_by_hand, wrong_buttons, wrong_text
from handlers.staff.photo import photo_apart, photo_with
from handlers.staff.progress_words import about
from handlers.staff.refused import refused
from handlers.staff.whatsapp_words import outlook_words
from handlers.understanding.moments import Past, SomeTime, read_moment
from locales import Html, _, fill, moment
from programme.announcement import LONGEST_WITH_PICTURE, compose_broadcast
from programme.model.broadcast_refusals import BroadcastRefused, NobodyMeant, NotAllowed, check_in_time
from programme.model.broadcasts import MAY_BROADCAST, Audience, BroadcastOrdered, Draft, Forecast
from programme.model.messages import Message, Open, Sort
from programme.model.participants import Participant
from programme.model.ports import StaffQueries
from programme.model.zones import Zone
from programme.placeholders import PLACES, sample

LONGEST = 1990  # no more of a message is read
NOW = "now"


@conversation("announce", commands=("umumkan",), staff=True)
async def announce(turn: Turn) -> Reply | Open:
    """Audience, text, buttons, preview, moment; then it is ordered, or waits for a second person."""
    if turn.staff is None:
        return Open("help")
    if not turn.staff.member.role.covers(MAY_BROADCAST):
        return refused(NotAllowed(MAY_BROADCAST))
    audience = await ask_audience(turn)
    outlook = turn.staff.outlook(audience)
    if outlook.count == 0:
        return refused(NobodyMeant()).button(_("Pilih penerima lain"), "announce")
    if (trouble := _trouble(turn.now, outlook, turn.now)) is not None:
        return refused(trouble).button(_("Pilih penerima lain"), "announce")
    messages = await _ask_words(turn, audience, outlook)
    draft = await _ask_again(turn, turn.staff, Draft(audience=audience, messages=messages))
    if draft is None:
        return say(_("Oke, tidak ada yang dikirim."))
    outlook = turn.staff.outlook(draft.meant(turn.now))
    person = turn.staff.example(draft.meant(turn.now), turn.participant.name) or turn.participant
    starts_at = await _ask_when(turn, _preview(turn, messages, person), outlook)
    turn.order(BroadcastOrdered(replace(draft, starts_at=starts_at, not_after=outlook.not_after), outlook))
    if outlook.needs_approval:
        return say(
            _("🔏 Tersimpan. Penerimanya banyak ({count} orang), jadi orang kedua harus menyetujui. Sudah kutanyakan."),
            count=outlook.count,
        )
    return say(_("✅ Siap. Kemajuannya kutunjukkan di pesan berikut."))


async def _ask_words(turn: Turn, audience: Audience, outlook: Forecast) -> dict[str, Message]:
    text = await turn.choose(
        "text", _counted(audience, outlook), [], read=lambda text: _read_text(text, turn, audience)
    )
    english = await turn.choose(
        "text_en",
        _("Versi bahasa Inggris? Tulis, atau lewati: yang berbahasa Inggris lalu mendapat versi Indonesia."),
        [],
        skip=_("Lewati"),
        read=lambda text: _read_words(text, turn, audience, LONGEST),
    )
    buttons = await turn.choose("buttons", _about_buttons(), [], skip=_("Tanpa tombol"), read=_read_buttons)
    photo, words = photo_apart(text or "")
    texts = {"id": words} | ({"en": english} if english else {})
    messages = compose_broadcast(texts, (buttons or "").splitlines(), conversations=open_to_people())
    return {language: replace(message, attachment=photo) for language, message in messages.items()}


async def _ask_again(turn: Turn, desk: StaffQueries, draft: Draft) -> Draft | None:
    """Where people already have these words, ask whether they get them again on purpose; None to send nothing."""
    outlook = desk.outlook(draft.meant(turn.now))
    had, left = outlook.exclusions.heard, outlook.count
    if not had:
        return draft
    rest = [Option("rest", fill(_("Kirim ke {count} yang lain"), count=left))] if left else []
    options = [*rest, Option("all", _("🔁 Sengaja kirim lagi ke semua")), Option("none", _("Jangan kirim"))]
    question = say(
        _(
            "⚠️ <b>{had}</b> dari {all} orang sudah mendapat kata-kata ini, jadi mereka dilewati "
            "walaupun pengumuman yang dulu dibatalkan."
        ),
        had=had,
        all=had + left,
    )
    chosen = await turn.choose("again", question, options)
    return None if chosen == "none" else replace(draft, again=chosen == "all")


def _counted(audience: Audience, outlook: Forecast) -> Reply:
    reply = say(
        _("👥 {audience}: <b>{count}</b> orang, {lasts}.\n\nTidak ikut:\n{left_out}"),
        audience=Html(audience_words(audience)),
        count=outlook.count,
        lasts=about(outlook.lasts),
        left_out=exclusion_lines(outlook.exclusions),
    )
    if outlook.stars:
        reply = reply.also(_("Biaya: {stars} Stars."), stars=outlook.stars)
    if outlook.whatsapp is not None:
        reply = reply.also("{whatsapp}", whatsapp=outlook_words(outlook.whatsapp))
    if outlook.not_after is not None:
        latest = _wib(outlook.latest_start(outlook.not_after))
        reply = reply.also(_("Paling lambat mulai {latest}."), latest=latest)
    return reply.also(
        _(
            "Tulis isi pengumumannya, atau kirim foto dengan isinya sebagai keterangan. "
            "Boleh pakai {places} dan &lt;b&gt;tebal&lt;/b&gt;."
        ),
        places=[f"{{{place}}}" for place in PLACES],
    )


def _about_buttons() -> str:
    return _(
        "Mau tombol? Satu baris satu tombol, misalnya:\n"
        "<i>Cara beli -&gt; how_to_buy</i>\n<i>Dashboard -&gt; https://www.prakerja.go.id</i>"
    )


def _read_text(text: str, turn: Turn, audience: Audience) -> str | Misread:
    """Read the words; of a photo whose caption they are, its reference is kept before them."""
    photo, words = photo_apart(text)
    if photo is None and turn.incoming.sort is Sort.PHOTO:
        photo = turn.incoming.attachment
    read = _read_words(words, turn, audience, LONGEST_WITH_PICTURE if photo else LONGEST)
    return read if isinstance(read, Misread) else photo_with(photo, read)


def _read_words(words: str, turn: Turn, audience: Audience, longest: int) -> str | Misread:
    wrong = wrong_text(words, longest) or next(iter(typed_by_hand(words, turn.programme, audience.waves)), None)
    return words.strip() if wrong is None else Misread(wrong)


def _read_buttons(text: str) -> str | Misread | None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if (wrong := wrong_buttons(lines)) is not None:
        return Misread(wrong)
    return "\n".join(lines)


async def _ask_when(turn: Turn, preview: Reply, outlook: Forecast) -> datetime:
    wib = turn.now.astimezone(Zone.WIB.tz)
    tonight, morning = _stands_for(SomeTime.TONIGHT, wib), _stands_for(SomeTime.TOMORROW_MORNING, wib)
    options = [Option(NOW, _("🚀 Kirim sekarang"), (_("sekarang"),))]
    for at, label in ((tonight, _("🌙 Nanti pukul 19.00 WIB")), (morning, _("🌅 Besok pukul 09.00 WIB"))):
        if at > turn.now and _trouble(at, outlook, turn.now) is None:
            options.append(Option(at.isoformat(), label))

    def read(text: str) -> str | Misread | None:
        at = _moment_in(text, turn)
        if at is None:
            return None
        if at <= turn.now:
            return Misread(_("Waktu itu sudah lewat."))
        trouble = _trouble(at, outlook, turn.now)
        return at.isoformat() if trouble is None else Misread(refused(trouble).messages[0].text)

    chosen = await turn.choose("when", preview, options, read=read)
    return turn.now if chosen in {None, NOW} else datetime.fromisoformat(str(chosen))


def _preview(turn: Turn, messages: dict[str, Message], person: Participant) -> Reply:
    """Show the broadcast with the data of somebody who is to get it, under the author's name, then ask."""
    message = messages.get(person.language, messages["id"])
    seen = sample(message, person, turn.programme, turn.now)
    question = _("☝️ Begini tampilannya nanti. Kirim kapan? Pilih, atau tulis misalnya <i>besok jam 10</i> (WIB).")
    return Reply((seen,)).then(say(question))


def _moment_in(text: str, turn: Turn) -> datetime | None:
    """Read a moment: as it was kept, or in words, an hour being one in WIB."""
    try:
        return datetime.fromisoformat(text).astimezone(Zone.WIB.tz)
    except ValueError:
        pass
    wib = turn.now.astimezone(Zone.WIB.tz)
    match read_moment(text, wib, asked_for=True):
        case datetime() as at:
            return at
        case Past(at):
            return at
        case SomeTime() as part:
            return _stands_for(part, wib)
        case None:
            return None


def _stands_for(part: SomeTime, wib: datetime) -> datetime:
    """Return the hour that is sent at in the evening and in the morning."""
    if part is SomeTime.TONIGHT:
        return datetime.combine(wib.date(), time(19), Zone.WIB.tz)
    return datetime.combine(wib.date() + timedelta(days=1), time(9), Zone.WIB.tz)


def _trouble(at: datetime, outlook: Forecast, now: datetime) -> BroadcastRefused | None:
    """Return what speaks against starting then; None where nothing does."""
    try:
        check_in_time(outlook, at, outlook.not_after, now)
    except BroadcastRefused as trouble:
        return trouble
    return None


def _wib(at: datetime) -> str:
    return moment(at, Zone.WIB.tz, Zone.WIB.value)
