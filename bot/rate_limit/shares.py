"""How much of a channel's limit is used, and for whom: for the pacing, and for telling how long it takes."""

USED = 0.997
"""Of the permitted rate, what is used: the rest absorbs what the network shifts together."""

RESERVED = 0.1
"""Of the permitted rate, what is kept free for replies as long as anybody is talking."""
