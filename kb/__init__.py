"""A knowledge base about making neural networks small and fast: data in `catalog/`, everything else derived from it."""
