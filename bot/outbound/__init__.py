"""Outgoing deliveries: claimed under a lease, sent at the messenger's pace, settled with what happened."""
