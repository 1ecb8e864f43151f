"""The web page: a phone to chat with Sobat and, in the demonstration, a clock that can be moved."""
