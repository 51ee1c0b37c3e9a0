"""Measurements beside other rule engines; see README.md."""
