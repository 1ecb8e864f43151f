"""Evaluation by answers: dialogues from files are played, and their last answers judged."""
