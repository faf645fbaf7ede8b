"""What a person can set: the dialog, and the one screen of the first run."""
