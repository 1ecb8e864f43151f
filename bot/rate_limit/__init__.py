"""How fast messages go out: one budget an account, shared by all workers, smoothed by each of them."""

from bot.rate_limit.budget import Budget, Grant
from bot.rate_limit.smoother import Pacer

__all__ = ["Budget", "Grant", "Pacer"]
