"""A knowledge base about small and fast neural networks: `catalog/` and what is derived from it."""
