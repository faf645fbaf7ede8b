"""Dreamina Desktop: a picture becomes a short video clip, and no clip is lost or paid for twice."""

__version__ = "0.1.0"
