"""The web page as a channel."""
