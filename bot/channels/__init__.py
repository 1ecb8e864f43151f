"""Messengers: one file each. A channel turns messages into its messenger's form and back."""
