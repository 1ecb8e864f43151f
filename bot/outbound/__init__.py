"""Outgoing deliveries: claimed under a lease, sent at the channel's pace, settled with what happened."""
