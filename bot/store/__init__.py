"""What must outlive the process, in SQLite or PostgreSQL. Begin with `open_store`."""

from bot.store.inbox import InboxRow
from bot.store.lines import Line, Lines
from bot.store.misses import Miss
from bot.store.roster import RosterPayment, RosterRow
from bot.store.states import LogEntry, State
from bot.store.store import Store, open_store
from bot.store.transaction import Transaction

__all__ = [
    "InboxRow",
    "Line",
    "Lines",
    "LogEntry",
    "Miss",
    "RosterPayment",
    "RosterRow",
    "State",
    "Store",
    "Transaction",
    "open_store",
]
