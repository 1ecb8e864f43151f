"""The ground floor: what Kartu Prakerja is. Data with sources, pure functions over it, and the ports the roof fills."""
