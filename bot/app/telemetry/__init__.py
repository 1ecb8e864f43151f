"""Telemetry: spans and errors that leave this machine, only where an operator names where to, and nothing personal."""
