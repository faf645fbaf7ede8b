"""COMPOSITION ROOT of the window: builds every object, and registers each clean-up beside it."""
