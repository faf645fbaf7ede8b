"""A clip's frame becomes the picture of the next take."""
