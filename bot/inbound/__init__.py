"""Incoming messages: kept in the inbox, answered in order for each person, in one transaction each."""
