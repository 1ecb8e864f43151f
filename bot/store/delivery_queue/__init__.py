"""The delivery queue (outbox): planned, claimed under a lease, rechecked and settled."""
