"""The console: the pages on which the staff see a wave, reach it and help it."""
