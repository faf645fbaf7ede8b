"""The wall: up to nine takes side by side, playing in step."""
