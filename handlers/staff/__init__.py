"""Conversations of the staff: nobody else finds them."""
