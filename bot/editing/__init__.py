"""Editing: how what the programme says is changed by two of the staff, and whom that touches."""
