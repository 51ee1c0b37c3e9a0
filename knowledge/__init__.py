"""The official texts of the awards, quoted, with a stable id for every provision."""
