"""What runs here: settings, wiring, processes, jobs and health."""
