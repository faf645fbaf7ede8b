"""WIRE: the provider's HTTP interface."""
