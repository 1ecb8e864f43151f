"""Channels: one file each. A channel turns messages into its channel's form and back."""
