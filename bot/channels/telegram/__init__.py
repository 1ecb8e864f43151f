"""Telegram: PTB's bot and update types over our own network door, the limits and manners of the Bot API."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # how PTB 22 is asked for waiting times as timedelta
