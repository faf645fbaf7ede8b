"""Clips as files: their facts and frames."""
