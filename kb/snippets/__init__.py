"""Snippets: the runnable files of techniques, run apart from everything else, recorded, compared,
and made into notebooks.
"""
