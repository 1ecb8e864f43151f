"""How fast messages go out: one budget an account, shared by all workers, smoothed by each of them."""

from bot.pacing.budget import Budget, Grant
from bot.pacing.pacer import Pacer

__all__ = ["Budget", "Grant", "Pacer"]
