"""The library pane: every job of the profile as a card."""
