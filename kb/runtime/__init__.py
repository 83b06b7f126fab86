"""The runtime: Python and NumPy for the browser, fetched once through package clients, checked byte
by byte, kept outside of the site.
"""
