"""The tables of the helpdesk: tickets, what was said on them, how the staff see them, and who works when."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId, personal
from bot.store.schema.conventions import PERSONAL, USING, metadata, owner, owner_key
from programme.model.staff import Role
from programme.model.tickets import Author, Handover, TicketState

tickets = Table(
    "tickets",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("about", Text, nullable=False),
    Column("concerned", Text),
    personal("complaint", Text, nullable=False),
    personal("summary", Text, nullable=False),
    personal("heard", Text, nullable=False),
    Column("state", Choice(TicketState), nullable=False),
    Column("owner", Text),
    Column("team", Text),
    Column("fence", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("waits_since", Moment),
    Column("answered_at", Moment),
    Column("touched_at", Moment),
    Column("closed_at", Moment),
    Column("cutoff", Moment),
    Column("outside", Text),
    Column("stars", SmallInteger),
    personal("word", Text),
    Column("reopened", Integer, nullable=False),
    Column("incident", RowId),
    Column("why", Choice(Handover)),  # the bot passed it on to people
    Column("labels", Text),  # of the staff, with a space before and behind each
    Column("put_off_to", Moment),  # until then it is out of the queue
    Column("emptied_at", Moment),  # when its words were dropped, being old
    Column("warned", Text, nullable=False),  # the targets of which a warning went out, by name
    # How the staff see it: a view that is rebuilt from the rest wherever it was lost.
    Column("room", Text),
    Column("topic", Text),
    Column("card", Text),
    Column("card_digest", Text),
    Column("topic_face", Text),  # the topic's name and whether it is closed, as shown
    Column("shown_to", RowId, nullable=False),  # the last entry that the staff see
    Column("view_at", Moment),  # when the view is to be brought up to date; nothing while it is
    Column("view_rank", SmallInteger, nullable=False),
    Column("view_lease", Moment),  # until when a worker has it in hand
    Column("view_turn", Integer, nullable=False),  # grows whenever there is something to show
    Index("ix_tickets_participant", "participant", "id"),
    Index("ix_tickets_open", "state", "cutoff", "opened_at", sqlite_where=text("state <> 'closed'")),
    Index("ix_tickets_view", "room", "view_rank", "view_at", sqlite_where=text("view_at IS NOT NULL")),
    Index("ix_tickets_opened", "opened_at"),
    Index("ix_tickets_incident", "incident"),
    Index("ix_tickets_kept", "closed_at", sqlite_where=text("closed_at IS NOT NULL AND room IS NOT NULL")),
    Index("ix_tickets_worded", "closed_at", sqlite_where=text("closed_at IS NOT NULL AND emptied_at IS NULL")),
    Index("ix_tickets_words", text("to_tsvector('simple', complaint)"), info={USING: "gin"}).ddl_if(
        dialect="postgresql"
    ),
    Index("ix_tickets_put_off", "put_off_to", sqlite_where=text("put_off_to IS NOT NULL")),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

ticket_entries = Table(
    "ticket_entries",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("ticket", RowId, ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("author", Choice(Author), nullable=False),
    Column("who", Text),
    personal("text", Text, nullable=False),
    personal("attachment", JsonDocument),
    Column("origin", Text),
    Column("replies_to", RowId),
    Column("corrects", RowId),
    Column("shown", Text),
    Column("keys", JsonDocument),  # buttons for the staff below it
    Column("source", Text),  # of the delivery that carries it to the person
    Column("fate", Text),  # what became of that delivery, once the staff need not wonder any more
    Index("ix_ticket_entries_ticket", "ticket", "id"),
    Index("ix_ticket_entries_shown", "ticket", "shown"),
    Index("ix_ticket_entries_origin", "ticket", "origin"),
    Index("ix_ticket_entries_words", text("to_tsvector('simple', text)"), info={USING: "gin"}).ddl_if(
        dialect="postgresql"
    ),
    Index("ix_ticket_entries_fate", "id", sqlite_where=text("source IS NOT NULL AND fate IS NULL")),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

topics_to_drop = Table(
    "topics_to_drop",
    metadata,
    Column("room", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    comment="topics of people who asked to be forgotten",
)

staff_notices = Table(
    "staff_notices",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("room", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("keys", JsonDocument),
    Column("posted_at", Moment),
    Column("shown", Text),  # the id under which the staff see it, for what they reply
    UniqueConstraint("key"),
    Index("ix_staff_notices_waiting", "id", sqlite_where=text("posted_at IS NULL")),
    Index("ix_staff_notices_posted_at", "posted_at", sqlite_where=text("posted_at IS NOT NULL")),
    sqlite_autoincrement=True,
)

group_turns = Table(
    "group_turns",
    metadata,
    Column("room", Text, primary_key=True),
    Column(
        "sent", JsonDocument, nullable=False
    ),  # the moments of the last minute, in seconds of a clock that all share
    Column("frozen", JsonDocument),  # since when and until when the channel wants to hear nothing
    comment="how fast each group of the staff is written to",
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Text, primary_key=True),
    owner(),
    Column("at", Moment, nullable=False),
    personal("name", Text, nullable=False),
    personal("data", LargeBinary, nullable=False),
    Index("ix_uploads_participant", "participant", "at"),
    Index("ix_uploads_at", "at"),
    comment=PERSONAL,
)

advised = Table(
    "advised",
    metadata,
    owner_key(),
    Column("about", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    comment=PERSONAL,
)

agents = Table(
    "agents",
    metadata,
    Column("who", Text, primary_key=True),
    Column("shift", Text),
    Column("team", Text),
    Column("capacity", Integer),
    Column("on_duty", Boolean, nullable=False),
    Column("given_at", Moment),
    comment="how the members of the staff work at the helpdesk",
)

invitations = Table(
    "invitations",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("role", Choice(Role, otherwise=Role.AGENT), nullable=False),
    Column("shift", Text),
    Column("team", Text),
    Column("made_by", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", Text),
    Column("used_at", Moment),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("about", Text, nullable=False),
    Column("concerned", Text),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("news", Text),
    Column("told", Integer, nullable=False),  # how many updates went out
    Column("spread", Boolean, nullable=False),  # whether the latest update reached every ticket
    Column("proposed", Text),  # an update that waits for a second person
    Column("proposed_last", Boolean),
    Column("proposed_by", Text),
    sqlite_autoincrement=True,
)

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("intent", Text, nullable=False),
    Column("text", Text, nullable=False),
)

muted = Table(
    "muted",
    metadata,
    owner_key(),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    comment=PERSONAL,
)
