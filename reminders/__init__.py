"""The other wing: what is owed to whom, and when."""
