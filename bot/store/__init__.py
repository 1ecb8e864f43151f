"""What must outlive the process, in SQLite or PostgreSQL. Begin with `open_store`."""

from bot.store.delivery_queue.states import LogEntry, State
from bot.store.repositories.inbox import InboxRow
from bot.store.repositories.lines import Line, Lines
from bot.store.repositories.misses import Miss
from bot.store.repositories.roster import RosterPayment, RosterRow
from bot.store.store import Store, open_store
from bot.store.unit_of_work import UnitOfWork

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
    "UnitOfWork",
    "open_store",
]
