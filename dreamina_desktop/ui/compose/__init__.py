"""The compose pane: a picture, a prompt, a length and a seed become a take."""
