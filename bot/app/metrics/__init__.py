"""Metrics: what machines watch of the running service, in the words of Prometheus."""
