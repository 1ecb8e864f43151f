"""Telegram: PTB's bot and update types over our own network door, the limits and manners of the Bot API."""
