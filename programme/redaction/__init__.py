"""What in a text is a secret: one file a kind, and what they share."""
