"""Bot and people share one conversation: who hears what, what staff may do with a ticket, and the words for it."""
