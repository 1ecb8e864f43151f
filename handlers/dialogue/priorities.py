"""Priorities of intents: which of several things said at once comes first, and which is answered by another."""

from __future__ import annotations

NO_ANSWER = "out_of_scope"
"""The intent of what Sobat is not for."""

IDLE = frozenset(("thanks", "greeting", "help", NO_ANSWER))
"""What needs no answer of its own beside something else."""

_COVERS = {
    "deadline": ("revoked", "register_wave", "status"),
    "revoked": ("register_wave",),
    "incentive_problem": ("fraud", "payment_account", "incentive_history", "incentive_rules", "rating_review"),
    "fraud": ("privacy",),
    "purchase_problem": ("how_to_buy",),
}
"""What an answer says already, so that it needs no answer of its own."""


def in_order(intents: tuple[str, ...]) -> tuple[str, ...]:
    """Return the intents to answer, the deadline first: it can't wait."""
    said = {covered for intent in intents for covered in _COVERS.get(intent, ())}
    kept = [intent for intent in dict.fromkeys(intents) if intent not in said]
    return tuple(sorted(kept, key=lambda intent: intent != "deadline"))
