"""The words of the reminders, found at the moment of sending."""
