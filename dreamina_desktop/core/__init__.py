"""RULES: what the program knows without a window, a network or a disk."""
