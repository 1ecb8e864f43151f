"""The difference that a list would make, as it is written down for whoever approves it."""

from __future__ import annotations

from typing import Any, Final

from bot.importing.intake import Report

_MOST: Final = 8
"""So many of what an effect is about, such as waves, are named."""


def found_by(report: Report) -> dict[str, Any]:
    """Return what a look at a list came to: counts, effects, what looks wrong, notes, and the first bad rows."""
    changes = report.changes
    return {
        "new": changes.new,
        "changed": changes.changed,
        "unchanged": changes.unchanged,
        "repeated": changes.repeated,
        "bad": changes.bad,
        "effects": {kind.name: count for kind, count in changes.effects.items()},
        "about": {kind.name: dict(counts.most_common(_MOST)) for kind, counts in changes.about.items()},
        "of": {kind.name: len(counts) for kind, counts in changes.about.items()},
        "doubts": [(kind.name if kind else "", count, of) for kind, count, of in changes.doubtful()],
        "notes": report.notes,
        "rows": report.bad[:_MOST],
    }
