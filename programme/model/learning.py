"""Learning: what becomes of a model that was trained from what the staff labelled."""

from __future__ import annotations

from enum import StrEnum


class ModelState(StrEnum):
    """Where a model stands. At most one is in use; without one the shipped model is."""

    TRAINING = "training"
    TRAINED = "trained"
    IN_USE = "in_use"
    RETIRED = "retired"
    FAILED = "failed"
