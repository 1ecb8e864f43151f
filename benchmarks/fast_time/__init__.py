"""A night of a wave in fast time: its clock, processes, people, and what came of it. Begin with `benchmarks.night`."""
