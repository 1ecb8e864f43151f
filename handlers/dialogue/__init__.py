"""The engine of conversations: turn, question, reply, replay, router, register, and what is remembered."""
