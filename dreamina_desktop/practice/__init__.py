"""The practice server: a real HTTP server on loopback that speaks the provider's whole contract."""
