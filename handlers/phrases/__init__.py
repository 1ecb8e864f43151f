"""Phrases and parsers that several conversations share."""
