"""All tables. What is personal says so in its comment; `people.forget` and `people.export` cover it all."""

from bot.store.helpdesk_tables import (
    advised,
    agents,
    canned_replies,
    group_turns,
    incidents,
    invitations,
    muted,
    staff_notices,
    ticket_entries,
    tickets,
    topics_to_drop,
    uploads,
)
from bot.store.people_tables import addresses, dialogues, history, participants, payments, progress
from bot.store.programme_tables import cutoffs, missed_by, misses, number_keys, roster, roster_payments, trainings
from bot.store.schema import for_postgresql, metadata
from bot.store.staff_tables import audit, broadcasts, handing_out, staff
from bot.store.traffic_tables import dead_letters, deliveries, inbox, rate_budgets, reminder_rows, shared_messages

__all__ = [
    "addresses",
    "advised",
    "agents",
    "audit",
    "broadcasts",
    "canned_replies",
    "cutoffs",
    "dead_letters",
    "deliveries",
    "dialogues",
    "for_postgresql",
    "group_turns",
    "handing_out",
    "history",
    "inbox",
    "incidents",
    "invitations",
    "metadata",
    "missed_by",
    "misses",
    "muted",
    "number_keys",
    "participants",
    "payments",
    "progress",
    "rate_budgets",
    "reminder_rows",
    "roster",
    "roster_payments",
    "shared_messages",
    "staff",
    "staff_notices",
    "ticket_entries",
    "tickets",
    "topics_to_drop",
    "trainings",
    "uploads",
]
