"""What the house can carry, measured: `python -m benchmarks NAME [--json]`."""
