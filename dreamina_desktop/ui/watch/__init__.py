"""WATCH: the clip, frame by frame."""
