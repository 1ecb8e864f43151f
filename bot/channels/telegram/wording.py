"""The words of a message as somebody sees them who reads along: links behind words, quotes, places, polls, dice."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Checklist, Contact, Location, Message, MessageEntity, Poll, Venue

from bot.channels.places import place_in_words

_QUOTED = 120  # characters of what somebody answers


def words_of(message: Message) -> str:
    """Return the text or caption; an address that hides behind words stands after them."""
    if message.text:
        return _with_links(message.text, message.entities)
    return _with_links(message.caption or "", message.caption_entities)


def sight_of(message: Message) -> str:
    """Return in words what is shown by no text and no file; empty where words can't tell it."""
    if message.venue is not None:
        return _venue(message.venue)
    if message.location is not None:
        return _place(message.location)
    if message.poll is not None:
        return _poll(message.poll)
    if message.checklist is not None:
        return _checklist(message.checklist)
    if message.game is not None:
        return f"🎮 {message.game.title}"
    if message.dice is not None:
        return f"{message.dice.emoji} {message.dice.value}"
    if message.sticker is not None:
        return f"[stiker {message.sticker.emoji}]" if message.sticker.emoji else "[stiker]"
    return ""


def quote_of(message: Message) -> str:
    """Return the words that a message answers, which mean more than *yang ini kak*; empty where it answers none."""
    return " ".join((message.quote.text if message.quote else _answered(message)).split())


def shortened(quoted: str) -> str:
    """Return the beginning of what is answered; of half a number nobody can tell any more that it is a secret."""
    return quoted if len(quoted) <= _QUOTED else f"{quoted[:_QUOTED]}…"


def _answered(message: Message) -> str:
    return words_of(message.reply_to_message) if isinstance(message.reply_to_message, Message) else ""


def contact_of(contact: Contact) -> str:
    """Return a contact that somebody of the staff passes on."""
    name = " ".join(filter(None, (contact.first_name, contact.last_name)))
    return f"👤 {name}: {contact.phone_number}"


def _with_links(text: str, entities: Sequence[MessageEntity]) -> str:
    """Put each hidden address behind its words; Telegram counts in units of UTF-16."""
    units = text.encode("utf-16-le")
    for entity in sorted(entities, key=lambda one: one.offset, reverse=True):
        if entity.type != MessageEntity.TEXT_LINK or not entity.url:
            continue
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        shown = units[start:end].decode("utf-16-le", "replace")
        if entity.url.rstrip("/") != shown.rstrip("/"):
            units = units[:end] + f" ({entity.url})".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace")


def _place(place: Location) -> str:
    return place_in_words(place.latitude, place.longitude)


def _venue(venue: Venue) -> str:
    return place_in_words(venue.location.latitude, venue.location.longitude, venue.title, venue.address)


def _poll(poll: Poll) -> str:
    return "\n".join([f"📊 {poll.question}", *(f"• {option.text}" for option in poll.options)])


def _checklist(checklist: Checklist) -> str:
    tasks = (f"{'☑' if task.completion_date else '☐'} {task.text}" for task in checklist.tasks)
    return "\n".join([f"📋 {checklist.title}", *tasks])
