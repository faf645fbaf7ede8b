"""Two clips, or a clip and its picture, held against each other."""
