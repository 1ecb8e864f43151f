"""The staff's forum groups on Telegram: one topic a ticket."""
