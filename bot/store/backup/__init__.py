"""Backup: a copy of everything in one file, and what follows when it is put back."""
