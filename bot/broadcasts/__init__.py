"""Broadcasts to many people: ordered and changed by staff, sent and told about by the ticks."""
