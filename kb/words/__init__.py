"""Every word that the interface shows, in English and Chinese, a module for each place.

Pages, search, maps and scripts take their words from here. Field names, code and rule pages are
English only.
"""
