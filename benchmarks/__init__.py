"""What the app can carry, measured: `python -m benchmarks NAME [--json]`."""
