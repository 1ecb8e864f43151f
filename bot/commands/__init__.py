"""Commands of `sobat` that have commands of their own."""
