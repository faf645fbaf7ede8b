"""USE CASES: the engine that carries jobs from a click to a clip."""
