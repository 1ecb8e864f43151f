"""How fast messages go out: one budget an account, shared by all workers, smoothed by each of them."""

from bot.rate_limit.budget import Grant, TokenBucket
from bot.rate_limit.smoother import RateSmoother

__all__ = ["Grant", "RateSmoother", "TokenBucket"]
