"""The roof: wiring, the command line, messenger channels and the store."""
